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
