import { draw } from '../../platform/random.ts';
import type { RepSeen, RoutingInputs } from '../inputs.ts';
import type { Preference } from './preference.ts';

/** Leads that newcomers are behind before they are caught up with at every second lead only: no flood for who joins late. */
const AT_ONCE = 2;

/** Whether the rep was hired within the configured months (of a twelfth of a year) before the decision. */
export function isNewcomer({ hiredAt }: Pick<RepSeen, 'hiredAt'>, { at, rules }: RoutingInputs): boolean {
  if (hiredAt === undefined) return false;
  const months = (timeOf(at) - timeOf(hiredAt)) / MONTH;
  return months >= 0 && months < rules.newcomers.months;
}

/** A twelfth of a year in milliseconds. */
const MONTH = (365.25 * 24 * 3600 * 1000) / 12;
const times = new Map<string, number>();

/** The same few dates are asked for again and again. */
function timeOf(date: string): number {
  let time = times.get(date);
  if (time === undefined) {
    if (times.size > 10_000) times.clear();
    time = Date.parse(date);
    times.set(date, time);
  }
  return time;
}

const good = (reps: readonly RepSeen[]): number => reps.reduce((sum, { taken }) => sum + taken.good, 0);

/**
 * Keeps newcomers' guaranteed share of the good leads: one goes to them when, with this one given to somebody else, they would
 * fall below it in this month, among those who may get it. As long as there are newcomers and others to choose from.
 */
export const newcomers: Preference = (reps, inputs) => {
  const { share, grades } = inputs.rules.newcomers;
  if (share === 0 || !grades.includes(inputs.grade)) return undefined;
  const fresh = reps.filter((rep) => isNewcomer(rep, inputs));
  if (fresh.length === 0 || fresh.length === reps.length) return undefined;
  const behind = share * (good(reps) + 1) - good(fresh);
  if (behind <= 0) return undefined;
  if (behind > AT_ONCE && draw(`newcomers/${inputs.leadId}`) >= 0.5) return undefined;
  const percent = `${Math.round(share * 100)} %`;
  return {
    reps: fresh,
    because: `newcomers are guaranteed ${percent} of such leads`,
    passOver: () => `is no newcomer: these are guaranteed ${percent} of such leads`,
  };
};
