import type { Ground } from './card.ts';
import { type Facts, sumOf } from './facts.ts';
import type { PerformanceRules } from './model.ts';
import type { Period } from './period.ts';
import { segmentsOf } from './posts.ts';
import type { Person } from './standing.ts';
import type { Workdays } from './workdays.ts';

/** What cards of a period are made by. */
export interface By {
  readonly period: Period;
  readonly rules: PerformanceRules;
  readonly version: number;
  readonly workdays: Workdays;
  /** The day of a time where the company is. */
  readonly dayOf: (time: string) => string;
}

/**
 * Whether a plan is appraised in periods of a kind: weekly plans in weeks, the others in months, quarters and years. Who has
 * no such plan in a period is shown by the one they have.
 */
export const appraisedBy = (cycle: string, kind: Period['kind']): boolean => (cycle === 'week') === (kind === 'week');

/**
 * What is left of what was counted: of what was all taken back there is no record. Left out here, and not where a card is made, so
 * that cards that were frozen with it are made again as they were.
 */
const leftOf = (facts: Facts): Facts => Object.fromEntries(Object.entries(facts).filter(([, by]) => by !== 0));

/** What a card of a person is made of: what was counted, by the stretch of the period in which it was. */
export function groundOf(person: Person, counted: readonly { day: string; facts: Facts }[], by: By): Ground {
  const { repId, name, teamId } = person;
  const all = segmentsOf(person, by.period, by.rules, by.workdays, by.dayOf);
  const cycles = new Map(by.rules.plans.map(({ planId, cycle }) => [planId, cycle]));
  const own = all.filter(({ planId }) => appraisedBy(cycles.get(planId) ?? '', by.period.kind));
  const segments = own.length > 0 ? own : all;
  // What happened on a day outside of all counts where they were last; but days of another plan are that plan's.
  const of = (day: string) =>
    segments.find(({ from, to }) => day >= from && day < to) ??
    (all.some(({ from, to }) => day >= from && day < to)
      ? undefined
      : (segments.findLast(({ to }) => to <= day) ?? segments[0]));
  const bySegment = Map.groupBy(counted, ({ day }) => of(day));
  const done = segments.map((segment) => ({
    segment,
    facts: leftOf(sumOf((bySegment.get(segment) ?? []).map(({ facts }) => facts))),
  }));
  return { repId, name, ...(teamId === undefined ? {} : { teamId }), period: by.period, done };
}
