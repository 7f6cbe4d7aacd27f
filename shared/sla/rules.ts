import * as z from 'zod';
import { grades } from '../scoring/rules.ts';
import type { Grade } from '../scoring/score.ts';
import { type WorkingHours, workingHours } from './calendar.ts';
import { type Duration, duration, keptDuration, lasting } from './duration.ts';

/** When something happens to a lead that nobody contacted, counted from its receipt. What is left out does not happen, or as otherwise said. */
const steps = (duration: Duration) => ({
  /** The owner is reminded. */
  remindAfter: duration.optional(),
  supervisorAfter: duration.optional(),
  exceptionAfter: duration.optional(),
  /** Somebody else gets the lead, who has not let it lie. */
  reassignAfter: duration.optional(),
  /** It goes to the team's pool, if nobody contacted the customer until then … */
  poolAfter: duration.optional(),
  /** … or so long after the last contact or move of a deal that was contacted. */
  protectAfter: duration.optional(),
});
const byGrade = (duration: Duration) => z.partialRecord(z.enum(grades), z.strictObject(steps(duration))).default({});

const written = (duration: Duration) =>
  z.strictObject({
    ...steps(duration),
    supervisorAfter: duration,
    exceptionAfter: duration,
    /** Working hours in which time passes; without, it passes around the clock. */
    hours: workingHours.optional(),
    grades: byGrade(duration),
    teams: z
      .record(
        z.string(),
        z.strictObject({
          ...steps(duration),
          hours: z.union([workingHours, z.literal('around-the-clock')]).optional(),
          grades: byGrade(duration),
        }),
      )
      .default({}),
    /** So often a lead is given to somebody else. */
    reassignAtMost: z.int().min(1).max(5).default(2),
    /** Whoever let a lead lie gets no new ones until they say that they are back. */
    offline: z.boolean().default(false),
    pool: z
      .strictObject({
        /** So many leads a rep may take out of the pool in a day. */
        claimsPerDay: z.int().min(1).max(1000),
        /** So long a former owner may not take their lead again. */
        coolDown: duration,
      })
      .default({ claimsPerDay: 10, coolDown: 'P3D' }),
  });

/** What earlier versions were: a duration could be of any length, and the owner reminded last. */
export const keptSlaRules = written(keptDuration);

/** Deadlines for escalation. */
export type SlaRules = z.infer<typeof keptSlaRules>;

/** When a lead that nobody contacted is escalated, by team and grade: the narrowest that says something counts. */
export const slaRules = written(duration).superRefine((rules, context) => {
  for (const [path, { remindMs, supervisorMs, exceptionMs }] of combinations(rules)) {
    const refuse = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [...path, name], message });
    if (exceptionMs <= supervisorMs) refuse('exceptionAfter', 'must be longer than supervisorAfter');
    if (remindMs !== undefined && remindMs >= supervisorMs)
      refuse('remindAfter', 'must be shorter than supervisorAfter');
  }
});

/** 2 h to the supervisor, 4 h to the exception report, around the clock. */
export const defaultSlaRules: SlaRules = slaRules.parse({ supervisorAfter: 'PT2H', exceptionAfter: 'PT4H' });

/** What holds for one lead: milliseconds of working time from its receipt. */
export interface Deadlines {
  supervisorMs: number;
  exceptionMs: number;
  remindMs?: number;
  reassignMs?: number;
  poolMs?: number;
  protectMs?: number;
  hours?: WorkingHours;
}

/** The deadlines of a lead of this grade with somebody of this team; as far as either is known. */
export function deadlines(
  rules: SlaRules,
  lead: { grade?: Grade | undefined; teamId?: string | undefined } = {},
): Deadlines {
  const team = lead.teamId === undefined ? undefined : rules.teams[lead.teamId];
  const graded = (from: { grades: SlaRules['grades'] } | undefined) =>
    lead.grade === undefined ? undefined : from?.grades[lead.grade];
  const inOrder = [graded(team), team, graded(rules), rules];
  const ms = (name: keyof ReturnType<typeof steps>): number | undefined => {
    const said = inOrder.find((each) => each?.[name] !== undefined)?.[name];
    return said === undefined ? undefined : lasting(said);
  };
  const optional = {
    remindMs: ms('remindAfter'),
    reassignMs: ms('reassignAfter'),
    poolMs: ms('poolAfter'),
    protectMs: ms('protectAfter'),
  };
  const hours = team?.hours === 'around-the-clock' ? undefined : (team?.hours ?? rules.hours);
  return {
    supervisorMs: ms('supervisorAfter') ?? 0,
    exceptionMs: ms('exceptionAfter') ?? 0,
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Partial<Deadlines>),
    ...(hours ? { hours } : {}),
  };
}

/** The deadlines of every team and grade that the rules name, each with where it is said. */
function combinations(rules: SlaRules): [path: string[], Deadlines][] {
  const everybody = [undefined, ...grades].map((grade): [string[], Deadlines] => [
    grade === undefined ? [] : ['grades', grade],
    deadlines(rules, { grade }),
  ]);
  const teams = Object.keys(rules.teams).flatMap((teamId) =>
    [undefined, ...grades].map((grade): [string[], Deadlines] => [
      ['teams', teamId, ...(grade === undefined ? [] : ['grades', grade])],
      deadlines(rules, { grade, teamId }),
    ]),
  );
  return [...everybody, ...teams];
}
