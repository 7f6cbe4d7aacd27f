import { DAY, HOUR, type Minute, SLOT } from './time.ts';

/** A rep's way of working. */
export interface Habit {
  repId: string;
  /** The one of the demo company whom this one is like. */
  like: string;
  territoryId: string;
  /** Half of the calls come within so many minutes of knowing. */
  median: Minute;
  /** Half-time: half as many leads. */
  weight?: number;
  /** Hired just before the month. */
  newcomer?: boolean;
  /** From … to … they are away, and what HR calls it. */
  away?: { from: Minute; to: Minute; status: 'on-leave' | 'left' };
}

const NEVER_BACK = 400 * DAY;

/** Fast and slow ones, one of them half-time, one on leave, one who leaves, and a newcomer; by day of a month of thirty. */
const kinds = (day: (of30: number) => Minute): Omit<Habit, 'repId'>[] => [
  { like: 'rep-li', territoryId: 'suzhou-sip', median: 12 },
  { like: 'rep-wang', territoryId: 'suzhou-sip', median: 35 },
  { like: 'rep-zhao', territoryId: 'suzhou-west', median: 25 },
  { like: 'rep-chen', territoryId: 'suzhou-west', median: 50, newcomer: true },
  {
    like: 'rep-zhang',
    territoryId: 'shanghai-puxi',
    median: 20,
    away: { from: day(14) + 11 * HOUR, to: NEVER_BACK, status: 'left' },
  },
  { like: 'rep-liu', territoryId: 'shanghai-puxi', median: 150 },
  {
    like: 'rep-yang',
    territoryId: 'shanghai-pudong',
    median: 30,
    away: { from: day(8), to: day(13), status: 'on-leave' },
  },
  { like: 'rep-huang', territoryId: 'shanghai-pudong', median: 70, weight: 0.5 },
];

/** The reps of a company that is so many times the demo company. */
export const habitsOf = (times: number, day: (of30: number) => Minute): Habit[] =>
  Array.from({ length: times }, (_, nth) =>
    kinds(day).map((kind) => ({ ...kind, repId: nth === 0 ? kind.like : `${kind.like}-${nth + 1}` })),
  ).flat();

/** The reps of a territory. */
export const repsOf = (habits: readonly Habit[], territoryId: string): string[] =>
  habits.filter((habit) => habit.territoryId === territoryId).map(({ repId }) => repId);

/** Whether a rep is at work in the company's books at a minute: not left, not on leave. */
export const isStaff = ({ away }: Habit, at: Minute): boolean => !away || at < away.from || at >= away.to;

const OPENS = 8 * HOUR + 30;
const CLOSES = 20 * HOUR;

/** The next minute at which people work, at or after this one. */
export function atWork(at: Minute): Minute {
  const [day, minute] = [Math.floor(at / DAY), at % DAY];
  if (minute < OPENS) return day * DAY + OPENS;
  return minute < CLOSES ? at : (day + 1) * DAY + OPENS;
}

/** Of how many leads a rep never thinks by themselves. */
const FORGOTTEN = 0.06;

/** When a rep who learns of a lead calls: some minutes later, some much later, all while people work. Undefined: never by themselves. */
export function callsAt({ median }: Habit, knows: Minute, draw: () => number): Minute | undefined {
  if (draw() < FORGOTTEN) return undefined;
  // Half of them within the median; the others trail off.
  const spread = Math.exp(1.1 * Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw()));
  return atWork(atWork(knows) + Math.max(SLOT, Math.round((median * spread) / SLOT) * SLOT));
}
