import * as z from 'zod';

/** A time zone by its IANA name, such as Asia/Shanghai. */
export const timeZone = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, 'not a time zone, such as Asia/Shanghai');

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day, such as 09:00');

/** A stretch of the week; days 1 (Monday) to 7, times of day. `to` before `from` ends on the next day. */
export const shift = z
  .strictObject({ days: z.array(z.int().min(1).max(7)).min(1).max(7), from: clock, to: clock })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'a shift ends at another time than it begins' });

/** A stretch of the week. */
export type Shift = z.infer<typeof shift>;

/** What the clock on somebody's wall says. */
export interface LocalTime {
  /** `2026-11-23` */
  day: string;
  /** The ISO week: `2026-W48`. */
  week: string;
  /** `2026-11` */
  month: string;
  /** 1 (Monday) to 7. */
  weekday: number;
  /** Minutes since midnight. */
  minutes: number;
}

const DAY = 24 * 3600 * 1000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}

/** The ISO week of a date (`2026-11-23`): the week belongs to the year of its Thursday. */
function isoWeek(date: Date): string {
  const thursday = new Date(date.getTime() + (4 - weekdayOf(date)) * DAY);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

const weekdayOf = (date: Date): number => date.getUTCDay() || 7;

/** The time of day and the date in a time zone. */
export function localTime(at: Date, zone: string): LocalTime {
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const month = `${part.year}-${part.month}`;
  const day = `${month}-${part.day}`;
  const date = new Date(`${day}T00:00:00Z`);
  const minutes = Number(part.hour) * 60 + Number(part.minute);
  return { day, week: isoWeek(date), month, weekday: weekdayOf(date), minutes };
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Whether a shift is on. */
export function isOn({ days, from, to }: Shift, { weekday, minutes }: LocalTime): boolean {
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  if (begin < end) return days.includes(weekday) && minutes >= begin && minutes < end;
  const yesterday = weekday === 1 ? 7 : weekday - 1;
  return (days.includes(weekday) && minutes >= begin) || (days.includes(yesterday) && minutes < end);
}
