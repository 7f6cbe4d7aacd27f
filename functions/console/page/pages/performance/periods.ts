const DAY = 24 * 3600 * 1000;

/** The ISO week that a day is in. */
function weekOf(day: Date): string {
  const thursday = new Date(day.getTime() + (4 - (day.getUTCDay() || 7)) * DAY);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

const monthOf = (day: Date): string => day.toISOString().slice(0, 7);
const quarterOf = (day: Date): string => `${day.getUTCFullYear()}-Q${Math.floor(day.getUTCMonth() / 3) + 1}`;

/** The periods one looks at most: the quarter, month, week and year that it is, and those before. The first is shown first. */
export function periods(now: Date): string[] {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  const before = (months: number) => new Date(Date.UTC(year, month - months, 1));
  return [
    quarterOf(now),
    quarterOf(before(3)),
    monthOf(now),
    monthOf(before(1)),
    weekOf(now),
    weekOf(new Date(now.getTime() - 7 * DAY)),
    String(year),
  ];
}

/** The first day of a period, by its name. */
function firstDayOf(name: string): Date {
  const [year = '', part = ''] = name.split('-');
  if (part.startsWith('W')) {
    const fourth = new Date(Date.UTC(Number(year), 0, 4));
    const monday = fourth.getTime() - ((fourth.getUTCDay() || 7) - 1) * DAY;
    return new Date(monday + (Number(part.slice(1)) - 1) * 7 * DAY);
  }
  const month = part.startsWith('Q') ? (Number(part.slice(1)) - 1) * 3 : Number(part || 1) - 1;
  return new Date(Date.UTC(Number(year), month, 1));
}

/** The period of the same kind before one (`2026-Q4`: `2026-Q3`). */
export function periodBefore(name: string): string {
  const day = new Date(firstDayOf(name).getTime() - DAY);
  if (name.includes('W')) return weekOf(day);
  if (name.includes('Q')) return quarterOf(day);
  return name.includes('-') ? monthOf(day) : String(day.getUTCFullYear());
}

/** The last week, month, quarter and year that are over. */
export const periodsOver = (now: Date): string[] =>
  [weekOf(now), monthOf(now), quarterOf(now), String(now.getUTCFullYear())].map(periodBefore);
