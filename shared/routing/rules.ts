import * as z from 'zod';
import { breakerRules, defaultBreakerRules, keptBreakerRules } from '../breaker/breaker.ts';
import { type Shift, shift, timeZone } from '../org/hours.ts';
import { grades } from '../scoring/rules.ts';
import { holidays, type WorkingHours } from '../sla/calendar.ts';

/** Ways in which a rep comes to be considered; the first in the configured order that leaves somebody decides. */
export const bases = ['preference', 'history', 'territory'] as const;

/** Reasons to pass a rep over, by the name of their file; asked in the configured order. */
export const filterNames = ['product-line', 'available', 'working-hours', 'caps', 'capacity'] as const;

/** What decides among those who are left, by the name of its file; asked in the configured order. */
export const preferenceNames = ['newcomers', 'win-rate', 'fair-share'] as const;

/** Without these the transaction that assigns would refuse what the decision chose. */
const always: readonly (typeof filterNames)[number][] = ['available', 'capacity'];

const each = <T extends string>(names: readonly T[]): boolean => new Set(names).size === names.length;
const share = z.number().min(0).max(1);

const teamsWith = (shifts: z.ZodType<Shift[]>) =>
  z
    .record(
      z.string(),
      z.strictObject({
        timeZone: timeZone.optional(),
        shifts: shifts.optional(),
        holidays: holidays.default('china').optional(),
      }),
    )
    .default({});

/** How leads find their reps. */
export const routingRules = z.strictObject({
  order: z.array(z.enum(bases)).min(1).refine(each, 'each basis once'),
  filters: z
    .array(z.enum(filterNames))
    .refine(each, 'each filter once')
    .refine((names) => always.every((name) => names.includes(name)), `${always.join(' and ')} cannot be switched off`)
    .default([...filterNames]),
  preferences: z
    .array(z.enum(preferenceNames))
    .refine(each, 'each preference once')
    .refine((names) => names.at(-1) === 'fair-share', 'fair-share comes last: it tells equals apart')
    .default([...preferenceNames]),
  /** Whether the rep who serves somebody of the same company counts as serving this customer. */
  companyHistory: z.boolean().default(true),
  /** Newcomers, by their date of hiring, are guaranteed this share of the leads of these grades. */
  newcomers: z
    .strictObject({ share, months: z.number().min(0).max(120), grades: z.array(z.enum(grades)).min(1) })
    .default({ share: 0.2, months: 3, grades: ['A', 'B'] }),
  winRate: z
    .strictObject({
      /** Expected win rates that are no farther apart than this are equal. */
      tolerance: share,
      /** How much a full rep's expected win rate suffers: at 0.5 it counts half. */
      load: share,
      /** The share of leads, drawn by their ids, that go to one of the others, so that these can prove themselves. */
      exploration: share,
    })
    // At 0.02 luck told equals apart: with 300 leads, half of such pairs had one who got less than half of what the other did.
    .default({ tolerance: 0.05, load: 0.5, exploration: 0.03 }),
  /** Leads that somebody who joins or returns gets in advance of equals; the rest of what they missed is forgiven. */
  catchUp: z.number().min(0).max(100).default(3),
  /** The time zone of days, weeks and months where neither rep nor team has one. */
  timeZone: timeZone.default('Asia/Shanghai'),
  /** Hours in which the reps of a team work who have none of their own, and whose public holidays it keeps, by team. */
  teams: teamsWith(z.array(shift).min(1, 'leave shifts out where a team works around the clock').max(50)),
  handover: z
    .strictObject({
      /** Days of absence after which a rep's open leads are handed over. */
      afterLeaveDays: z.number().min(0).max(365),
      /** Who gets a lead that was contacted already: whoever the rules choose, or the supervisor decides. */
      contacted: z.enum(['route', 'supervisor']),
      /** Whether the supervisor is asked who looks after a customer who was won. */
      won: z.enum(['keep', 'supervisor']),
    })
    .default({ afterLeaveDays: 3, contacted: 'route', won: 'supervisor' }),
  /** Seconds to wait after the first, second, … attempt that found nobody. */
  retryAfterSeconds: z.array(z.number().min(0).max(900)).min(1).max(10),
  /** Attempts in a row that find nobody before the manual group takes over. */
  attemptsBeforeManual: z.int().min(1).max(10),
  /** When leads that fail for one cause go to the manual group at once, and how it is found out that they need not any more. */
  breaker: breakerRules.default(defaultBreakerRules),
});

/** What earlier versions were: a team's shifts could be none, with which nobody of it was ever on duty; and any breaker. */
export const keptRoutingRules = routingRules.extend({
  teams: teamsWith(z.array(shift).max(50)),
  breaker: keptBreakerRules.default(defaultBreakerRules),
});

/** How leads find their reps. */
export type RoutingRules = z.infer<typeof routingRules>;

/** The rules that decide; they lie in each audit record, so that it can be run again. */
export type DecisionRules = Omit<
  RoutingRules,
  'retryAfterSeconds' | 'attemptsBeforeManual' | 'handover' | 'companyHistory' | 'breaker'
>;

/** The rules that decide, of all the rules. */
export function decisionRules(rules: RoutingRules): DecisionRules {
  const { retryAfterSeconds, attemptsBeforeManual, handover, companyHistory, breaker, ...deciding } = rules;
  return deciding;
}

/** The customer's wish, then who serves them already, then the territory; three attempts, some seconds apart. */
export const defaultRoutingRules: RoutingRules = routingRules.parse({
  order: ['preference', 'history', 'territory'],
  retryAfterSeconds: [1, 3],
  attemptsBeforeManual: 3,
});

/** When a rep works: their own shifts, else their team's; undefined around the clock. */
export function hoursOf(
  rep: { shifts?: Shift[]; timeZone?: string; teamId?: string },
  rules: Pick<RoutingRules, 'teams' | 'timeZone'>,
): WorkingHours | undefined {
  const team = rep.teamId === undefined ? undefined : rules.teams[rep.teamId];
  const shifts = rep.shifts ?? team?.shifts;
  // Own shifts are as they are said; and of teams in records of earlier versions, no holidays are known.
  const kept = rep.shifts ? 'none' : (team?.holidays ?? 'none');
  return shifts && { timeZone: zoneOf(rep, rules), shifts, holidays: kept };
}

/** The time zone of a rep's days, weeks and months. */
export const zoneOf = (
  { timeZone: own, teamId }: { timeZone?: string; teamId?: string },
  { teams, timeZone: everybodys }: Pick<RoutingRules, 'teams' | 'timeZone'>,
): string => own ?? (teamId === undefined ? undefined : teams[teamId]?.timeZone) ?? everybodys;
