import { benchmarks, type Range, rangeOf, ranges } from '../../shared/response/response.ts';
import { type Month, type Posted, places } from './month.ts';
import { type Habit, isStaff } from './reps.ts';
import { DAY, type Minute } from './time.ts';

/** What became of a post. */
export interface Outcome {
  posted: Posted;
  /** Recognised as somebody's whose lead is open. */
  duplicate?: boolean;
  /** First given to whom, and when. */
  givenTo?: string | undefined;
  givenAt?: Minute | undefined;
  /** When people were asked to place it. */
  toPeopleAt?: Minute | undefined;
  /** When the customer was first called; undefined: never within the month. */
  calledAt?: Minute | undefined;
}

/** On time is within so many minutes: reps are told before they could call. */
const ON_TIME = 10;

/** Whether a customer buys who is called then: the sooner, the likelier, by the article's column of the industry. */
export const buys = ({ posted, calledAt }: Outcome): boolean =>
  calledAt !== undefined && posted.luck < benchmarks[rangeOf(calledAt - posted.at)].industry;

/** Whether a lead was given right, and if not, why not. */
export const verdicts = ['right', 'people', 'late', 'elsewhere', 'absent', 'nobody'] as const;
export type Verdict = (typeof verdicts)[number];

/** Where the customer may be, as far as anybody can know from the post: in a city with several territories, any of them. */
const mayBeIn = ({ says, place }: Posted): string[] =>
  says === 'city'
    ? places.filter(({ city }) => city === place.city).map(({ territoryId }) => territoryId)
    : [place.territoryId];

/**
 * Right: given within ten minutes to somebody who was at work by HR's books just then and serves the place where the customer really is
 * (where only the city was said, one of the city's). Right, too, that people were asked within ten minutes where nothing was said of
 * the place; else the first thing that is wrong with it.
 */
export function verdictOf(habits: readonly Habit[], { posted, givenTo, givenAt, toPeopleAt }: Outcome): Verdict {
  const onTime = (at: Minute | undefined): boolean => at !== undefined && at - posted.at <= ON_TIME;
  if (posted.says === 'nothing' && onTime(toPeopleAt)) return 'people';
  const habit = habits.find(({ repId }) => repId === givenTo);
  if (!habit || givenAt === undefined) return 'nobody';
  if (!isStaff(habit, givenAt)) return 'absent';
  if (!mayBeIn(posted).includes(habit.territoryId)) return 'elsewhere';
  return onTime(givenAt) ? 'right' : 'late';
}

/** How many leads a rep got, and how many for each day's work: those there for half the days are due half as many. */
export interface Share {
  repId: string;
  territoryId: string;
  leads: number;
  perDay: number;
}

/** A month in figures. */
export interface Figures {
  leads: number;
  duplicates: number;
  /** Minutes to the first call, sorted; who was never called waits to the month's end. */
  waited: number[];
  meanHours: number;
  medianHours: number;
  neverCalled: number;
  verdicts: Record<Verdict, number>;
  /** Shares of 1. */
  right: number;
  conversion: number;
  buckets: { range: Range; leads: number; won: number; conversion: number }[];
  perRep: Share[];
  /** How evenly reps of the same territory were served, by day's work: the least over the most, on average over the territories. */
  fairness: number;
  /** Messages to the group of the admins, by day and kind. */
  alerts: Readonly<Record<string, readonly number[]>>;
  alertsPerDay: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Days that a rep was there; half-time counts half. */
const daysOf = (habit: Habit, days: number): number =>
  (habit.weight ?? 1) *
  Array.from({ length: days }, (_, day) => day * DAY + DAY / 2).filter((at) => isStaff(habit, at)).length;

function sharesOf({ habits, days }: Month, own: readonly Outcome[]): Share[] {
  const counts = new Map<string, number>();
  for (const { givenTo } of own) if (givenTo !== undefined) counts.set(givenTo, (counts.get(givenTo) ?? 0) + 1);
  return habits.map((habit) => {
    const leads = counts.get(habit.repId) ?? 0;
    return {
      repId: habit.repId,
      territoryId: habit.territoryId,
      leads,
      perDay: leads / Math.max(1, daysOf(habit, days)),
    };
  });
}

function fairnessOf(shares: readonly Share[]): number {
  const territories = [...new Set(shares.map(({ territoryId }) => territoryId))];
  const ratios = territories
    .map((id) => shares.filter(({ territoryId }) => territoryId === id).map(({ perDay }) => perDay))
    .map((each) => Math.min(...each) / Math.max(...each, Number.MIN_VALUE));
  return sum(ratios) / ratios.length;
}

/** The figures of a month from its outcomes and the messages to its admins. */
export function figuresOf(
  month: Month,
  outcomes: readonly Outcome[],
  alerts: Readonly<Record<string, readonly number[]>> = {},
): Figures {
  const own = outcomes.filter(({ duplicate }) => !duplicate);
  const end = month.days * DAY;
  const waited = own.map(({ posted, calledAt }) => (calledAt ?? end) - posted.at).sort((a, b) => a - b);
  const counted = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const outcome of own) counted[verdictOf(month.habits, outcome)] += 1;
  const perRep = sharesOf(month, own);
  return {
    leads: own.length,
    duplicates: outcomes.length - own.length,
    waited,
    meanHours: sum(waited) / own.length / 60,
    medianHours: (waited[Math.floor(waited.length / 2)] ?? 0) / 60,
    neverCalled: own.filter(({ calledAt }) => calledAt === undefined).length,
    verdicts: counted,
    right: (counted.right + counted.people) / own.length,
    conversion: own.filter(buys).length / own.length,
    buckets: ranges.map(({ range }) => {
      const some = own.filter(
        ({ posted, calledAt }) => rangeOf((calledAt ?? Number.POSITIVE_INFINITY) - posted.at) === range,
      );
      const won = some.filter(buys).length;
      return { range, leads: some.length, won, conversion: some.length === 0 ? 0 : won / some.length };
    }),
    perRep,
    fairness: fairnessOf(perRep),
    alerts,
    alertsPerDay: sum(Object.values(alerts).map(sum)) / month.days,
  };
}
