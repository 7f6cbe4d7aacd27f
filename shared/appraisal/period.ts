/** The kinds of periods, and how each is written. */
export const periodKinds = ['week', 'month', 'quarter', 'year'] as const;
export type PeriodKind = (typeof periodKinds)[number];

/** Days from … until before `to` (`2026-11-23`). */
export interface Period {
  readonly name: string;
  readonly kind: PeriodKind;
  readonly from: string;
  readonly to: string;
}

const DAY = 24 * 3600 * 1000;

/** The day so many days later. */
export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

/**
 * The days of a period that have come, today included. What stands on days to come was not done yet: a promise is counted on the day
 * on which it falls due.
 */
export const soFar = ({ from, to }: Pick<Period, 'from' | 'to'>, today: string): Pick<Period, 'from' | 'to'> => ({
  from,
  to: to <= today ? to : plusDays(today, 1),
});

/** The days from … until before `to`. */
export function* daysBetween(from: string, to: string): Generator<string> {
  for (let day = from; day < to; day = plusDays(day, 1)) yield day;
}

const firstOf = (year: number, month: number): string => new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);

/** The Monday of a year's first ISO week: that of 4 January. */
function firstMonday(year: number): string {
  const fourth = new Date(Date.UTC(year, 0, 4));
  return plusDays(fourth.toISOString().slice(0, 10), -((fourth.getUTCDay() || 7) - 1));
}

/** The period of that name: `2026-W47`, `2026-11`, `2026-Q4`, `2026`; undefined when it names none. */
export function periodOf(name: string): Period | undefined {
  const parts = /^(20\d\d)(?:-(?:W(\d\d)|(\d\d)|Q([1-4])))?$/.exec(name);
  if (!parts) return undefined;
  const year = Number(parts[1]);
  if (parts[2] !== undefined) {
    const from = plusDays(firstMonday(year), 7 * (Number(parts[2]) - 1));
    if (Number(parts[2]) < 1 || from >= firstMonday(year + 1)) return undefined;
    return { name, kind: 'week', from, to: plusDays(from, 7) };
  }
  if (parts[3] !== undefined) {
    const month = Number(parts[3]) - 1;
    if (month < 0 || month > 11) return undefined;
    return { name, kind: 'month', from: firstOf(year, month), to: firstOf(year, month + 1) };
  }
  if (parts[4] !== undefined) {
    const month = 3 * (Number(parts[4]) - 1);
    return { name, kind: 'quarter', from: firstOf(year, month), to: firstOf(year, month + 3) };
  }
  return { name, kind: 'year', from: firstOf(year, 0), to: firstOf(year + 1, 0) };
}

/** The name of the period of a kind that a day is in. */
export function periodNameOf(day: string, kind: PeriodKind): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  if (kind === 'year') return String(year);
  if (kind === 'quarter') return `${year}-Q${Math.ceil(month / 3)}`;
  if (kind === 'month') return day.slice(0, 7);
  const thursday = plusDays(day, 4 - (new Date(day).getUTCDay() || 7));
  const of = Number(thursday.slice(0, 4));
  const week = Math.floor((Date.parse(thursday) - Date.parse(firstMonday(of))) / DAY / 7) + 1;
  return `${of}-W${String(week).padStart(2, '0')}`;
}

/** Whether two periods share a day. */
export const overlap = (a: Pick<Period, 'from' | 'to'>, b: Pick<Period, 'from' | 'to'>): boolean =>
  a.from < b.to && b.from < a.to;
