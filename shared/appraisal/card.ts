import type { Measured } from './measure.ts';
import type { PerformanceRules } from './model.ts';
import { type Consequences, consequencesOf } from './pay.ts';
import type { Period } from './period.ts';
import { type Change, composition, type Done, raises } from './score.ts';

/** All that a card is made of: who, when, what was done in each segment of the period. Kept as it is when a period is closed. */
export interface Ground {
  readonly repId: string;
  readonly name: string;
  readonly teamId?: string;
  readonly period: Period;
  readonly done: readonly Done[];
}

/** Somebody's score for a period, and all that it is made of. */
export interface Card extends Consequences {
  repId: string;
  name: string;
  teamId?: string;
  period: Period;
  /** The version of the rules that it was made by. */
  version: number;
  score: number | null;
  /** Why there is no score. */
  why?: string;
  segments: (Done['segment'] & { planName: string })[];
  components: Measured[];
  /** Measures that are missing: their weight was shared among the others. */
  missing: { segment: number; id: string; because: string }[];
  raises: Change[];
}

/** Whether there is any record of what somebody did: without one there is no score. */
const isRecorded = ({ facts }: Done): boolean => Object.keys(facts).length > 0;

/** The card that the records and the rules make. The same of the same, always. */
export function cardOf(ground: Ground, rules: PerformanceRules, version: number): Card {
  const { repId, name, teamId, period, done } = ground;
  const plans = new Map(rules.plans.map((plan) => [plan.planId, plan]));
  const { score: reckoned, components } = composition(done, plans);
  const score = done.some(isRecorded) ? reckoned : null;
  const why =
    score !== null
      ? undefined
      : done.length === 0
        ? 'not employed in the period'
        : done.some(isRecorded)
          ? 'nothing could be measured'
          : 'nothing was recorded';
  return {
    ...{ repId, name, ...(teamId === undefined ? {} : { teamId }), period, version, score },
    ...(why === undefined ? {} : { why }),
    ...consequencesOf(rules, score, components),
    segments: done.map(({ segment }) => ({ ...segment, planName: plans.get(segment.planId)?.name ?? segment.planId })),
    components,
    missing: components.flatMap(({ segment, id, missing }) => (missing ? [{ segment, id, because: missing }] : [])),
    raises: raises(components),
  };
}
