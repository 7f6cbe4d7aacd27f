import * as z from 'zod';
import type { DayFacts, FactName } from './facts.ts';
import { allFacts } from './facts.ts';
import { daysBetween, type Period } from './period.ts';

const amount = z.number().min(0).max(1e12);
const some = z.string().min(1).max(64);
const reps = z.array(z.strictObject({ repId: some, target: amount })).max(1000);

/** What adding up fractions loses is far less. */
const EXACT = 1e-6;

function amiss(parts: readonly { target: number }[], whole: number): string | undefined {
  const sum = parts.reduce((all, { target }) => all + target, 0);
  return parts.length === 0 || Math.abs(sum - whole) < EXACT
    ? undefined
    : `sum to ${Number(sum.toFixed(6))}, not ${whole}`;
}

const twice = (ids: readonly string[]): number => ids.findIndex((id, at) => ids.indexOf(id) < at);

/** What is to be reached in a period: by the company, its teams, their people; each the sum of its parts, as far as it has some. */
export const targetSheet = z
  .strictObject({
    measure: z.enum(allFacts),
    company: amount,
    teams: z
      .array(z.strictObject({ teamId: some, target: amount, reps: reps.default([]) }))
      .max(500)
      .default([]),
  })
  .superRefine(({ company, teams }, context) => {
    const issue = (path: PropertyKey[], message: string | undefined) =>
      message === undefined ? undefined : context.addIssue({ code: 'custom', path, message });
    issue(['teams'], amiss(teams, company));
    for (const [at, team] of teams.entries()) issue(['teams', at, 'reps'], amiss(team.reps, team.target));
    const [team, rep] = [
      twice(teams.map(({ teamId }) => teamId)),
      twice(teams.flatMap((each) => each.reps.map(({ repId }) => repId))),
    ];
    if (team >= 0) issue(['teams', team, 'teamId'], 'is named twice');
    if (rep >= 0) issue(['teams'], 'somebody is named twice');
  });

/** What is to be reached in a period. */
export type TargetSheet = z.infer<typeof targetSheet>;

/** How far one is: of the target, and of what is due by now, day by day. */
export interface Progress {
  target: number;
  actual: number;
  /** What would be reached by now if each working day brought the same. */
  due: number;
  days: { day: string; actual: number; due: number }[];
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** The progress by day until today. */
export function progressOf(
  target: number,
  measure: FactName,
  counted: readonly DayFacts[],
  { period, worked, today }: { period: Period; worked: (day: string) => boolean; today: string },
): Progress {
  const byDay = new Map<string, number>();
  for (const { day, facts } of counted) byDay.set(day, (byDay.get(day) ?? 0) + (facts[measure] ?? 0));
  const all = [...daysBetween(period.from, period.to)];
  const working = all.filter(worked).length;
  let [actual, passed] = [0, 0];
  const days = all
    .filter((day) => day <= today)
    .map((day) => {
      actual += byDay.get(day) ?? 0;
      passed += Number(worked(day));
      return { day, actual: round(actual), due: round(working === 0 ? target : (target * passed) / working) };
    });
  return { target, actual: round(actual), due: days.at(-1)?.due ?? 0, days };
}
