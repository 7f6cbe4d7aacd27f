import * as z from 'zod';
import { localTime } from './hours.ts';

const leads = z.int().min(0).max(1_000_000);

/** The most leads given to a rep in a calendar day, an ISO week, a calendar month of their time zone. */
export const caps = z.strictObject({ day: leads.optional(), week: leads.optional(), month: leads.optional() });

/** The most leads given to a rep in a calendar day, week, month. */
export type Caps = z.infer<typeof caps>;

const periods = ['day', 'week', 'month'] as const;

/** A period of which leads are counted. */
export type Period = (typeof periods)[number];

/** How many leads a rep was given, kept in the transactions that give them. */
export interface Tally {
  /** All leads ever given; also what two transactions that give at once collide on. */
  total: number;
  /**
   * What they have, each open lead weighing {@link strideOf} the rep, and what they are taken to have had when they joined or came
   * back: whoever has least is next among equals.
   */
  turns: number;
  day: { of: string; leads: number };
  week: { of: string; leads: number };
  /** `good`: those of the grades of which newcomers have a guaranteed share. */
  month: { of: string; leads: number; good: number };
}

/** Nothing given yet. */
export const emptyTally: Tally = {
  total: 0,
  turns: 0,
  day: { of: '', leads: 0 },
  week: { of: '', leads: 0 },
  month: { of: '', leads: 0, good: 0 },
};

/** Leads given in the periods that are running now. */
export interface Taken {
  day: number;
  week: number;
  month: number;
  /** In this month, of the grades of which newcomers have a guaranteed share. */
  good: number;
}

/** What of a tally counts at this time, in this time zone. A new day, week or month begins at nothing. */
export function takenAt(tally: Tally, at: Date, zone: string): Taken {
  if (tally.total === 0) return { day: 0, week: 0, month: 0, good: 0 };
  const now = localTime(at, zone);
  const thisMonth = tally.month.of === now.month;
  return {
    day: tally.day.of === now.day ? tally.day.leads : 0,
    week: tally.week.of === now.week ? tally.week.leads : 0,
    month: thisMonth ? tally.month.leads : 0,
    good: thisMonth ? tally.month.good : 0,
  };
}

/** The periods in which as many leads were given as may be. */
export const reached = (most: Caps | undefined, taken: Taken): Period[] =>
  most ? periods.filter((period) => taken[period] >= (most[period] ?? Number.POSITIVE_INFINITY)) : [];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Longer than any of its kind, in hours. */
const LONGER_THAN = { day: 26, week: 8 * 24, month: 32 * 24 };

/** When the next day, week or month begins in a time zone: at midnight, or later where the clock on the wall leaps over it. */
export function nextBegins(period: Period, at: Date, zone: string): Date {
  const running = localTime(at, zone)[period];
  let before = Math.floor(at.getTime() / MINUTE) * MINUTE;
  let after = before + LONGER_THAN[period] * HOUR;
  while (after - before > MINUTE) {
    const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
    if (localTime(new Date(middle), zone)[period] === running) before = middle;
    else after = middle;
  }
  return new Date(after);
}

/** When each cap that is reached renews (ISO 8601); undefined when none does: one of no leads at all never. */
export function renewals(
  most: Caps | undefined,
  taken: Taken,
  at: Date,
  zone: string,
): Partial<Record<Period, string>> | undefined {
  const full = reached(most, taken).filter((period) => most?.[period] !== 0);
  if (full.length === 0) return undefined;
  return Object.fromEntries(full.map((period) => [period, nextBegins(period, at, zone).toISOString()]));
}

/** One weighed lead of a rep with weight 1 and room for one lead; whole numbers, so that equal reps stay exactly equal. */
const UNIT = 1_000_000_000;

/** What one lead weighs for a rep: twice the weight or twice the room, and it weighs half. */
export const strideOf = (rep: { weight: number; capacity: number }): number =>
  Math.max(1, Math.round(UNIT / (rep.weight * Math.max(1, rep.capacity))));

/** The tally after one more lead; `turns` is what the decision made of the rep's turns, this lead included. */
export function tallied(tally: Tally, turns: number, good: boolean, at: Date, zone: string): Tally {
  const now = localTime(at, zone);
  const taken = takenAt(tally, at, zone);
  return {
    total: tally.total + 1,
    turns,
    day: { of: now.day, leads: taken.day + 1 },
    week: { of: now.week, leads: taken.week + 1 },
    month: { of: now.month, leads: taken.month + 1, good: taken.good + Number(good) },
  };
}
