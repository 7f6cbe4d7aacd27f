import { benchmarks, type Range, rangeOf, ranges } from '../../shared/response/response.ts';
import type { Minute, Month, Posted } from './month.ts';
import { DAY, isStaff, repsOf } from './month.ts';

/** What became of a lead. */
export interface Outcome {
  posted: Posted;
  /** Recognised as somebody's who is known already. */
  duplicate?: boolean;
  /** First given to whom, and when. */
  givenTo?: string | undefined;
  givenAt?: Minute | undefined;
  /** When the customer was first called; undefined: never within the month. */
  calledAt?: Minute | undefined;
}

/** On time is within so many minutes. */
const ON_TIME = 10;

/** Whether a customer buys who is called then: the sooner, the likelier, by the article's column of the industry. */
export const buys = ({ posted, calledAt }: Outcome): boolean =>
  calledAt !== undefined && posted.luck < benchmarks[rangeOf(calledAt - posted.at)].industry;

/** Given on time to somebody who works there, in whose territory the customer is. */
const isRight = (month: Month, { posted, givenTo, givenAt }: Outcome): boolean => {
  const habit = month.habits.find(({ repId }) => repId === givenTo);
  if (!habit || givenAt === undefined || givenAt - posted.at > ON_TIME) return false;
  return isStaff(habit, givenAt) && (repsOf[posted.place.territoryId] ?? []).includes(habit.repId);
};

/** A month in figures. */
export interface Figures {
  leads: number;
  duplicates: number;
  /** Hours to the first call: of those called, and of all when those never called wait to the month's end. */
  meanHours: number;
  medianHours: number;
  neverCalled: number;
  /** Shares of 1. */
  right: number;
  conversion: number;
  buckets: { range: Range; leads: number; won: number; conversion: number }[];
  perRep: { repId: string; leads: number }[];
  /** How evenly those who were there all month were served: the least over the most. */
  fairness: number;
  alertsPerDay: number;
}

/** The figures of a month from its outcomes. `alerts` is how many messages admins got. */
export function figuresOf(month: Month, outcomes: readonly Outcome[], alerts: number): Figures {
  const own = outcomes.filter(({ duplicate }) => !duplicate);
  const waited = own.map(({ posted, calledAt }) => (calledAt ?? month.days * DAY) - posted.at).sort((a, b) => a - b);
  const won = own.filter(buys).length;
  const perRep = month.habits.map(({ repId }) => ({
    repId,
    leads: own.filter(({ givenTo }) => givenTo === repId).length,
  }));
  const there = perRep.filter((_, at) => !month.habits[at]?.away).map(({ leads }) => leads);
  return {
    leads: own.length,
    duplicates: outcomes.length - own.length,
    meanHours: waited.reduce((sum, minutes) => sum + minutes, 0) / own.length / 60,
    medianHours: (waited[Math.floor(waited.length / 2)] ?? 0) / 60,
    neverCalled: own.filter(({ calledAt }) => calledAt === undefined).length,
    right: own.filter((outcome) => isRight(month, outcome)).length / own.length,
    conversion: won / own.length,
    buckets: ranges.map(({ range }) => {
      const some = own.filter(
        ({ posted, calledAt }) => rangeOf((calledAt ?? Number.POSITIVE_INFINITY) - posted.at) === range,
      );
      const bought = some.filter(buys).length;
      return { range, leads: some.length, won: bought, conversion: some.length === 0 ? 0 : bought / some.length };
    }),
    perRep,
    fairness: Math.min(...there) / Math.max(...there),
    alertsPerDay: alerts / month.days,
  };
}
