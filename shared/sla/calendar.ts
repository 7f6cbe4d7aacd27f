import * as z from 'zod';
import { isOn, type LocalTime, localTime, type Shift, shift, timeZone } from '../org/hours.ts';
import { OFF, STATUTORY, WORKED } from './holidays-of-china.ts';

/** Whose public holidays are kept. */
export const holidays = z.enum(['china', 'none']);

/** When a team works: the shifts of its week, and whose public holidays it keeps. */
export const workingHours = z.strictObject({
  timeZone: timeZone.default('Asia/Shanghai'),
  shifts: z.array(shift).min(1).max(50),
  /** `china`: public holidays off, make-up working days worked as a Monday. */
  holidays: holidays.default('china'),
});

/** When a team works. */
export type WorkingHours = z.infer<typeof workingHours>;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MONDAY = 1;
/** Longer than any team is off, in days; so far its hours are looked at, and beyond all time passes. */
const LONGEST_PAUSE = 400;

/** Whether all holidays of a day's year are known. Beyond, only those by law are off, and no weekend is worked for more. */
export const isKnown = (day: string): boolean => OFF[day.slice(0, 4)] !== undefined;

const among = (list: Readonly<Record<string, string>>, day: string): boolean =>
  list[day.slice(0, 4)]?.includes(day.slice(5).replace('-', '')) ?? false;

const nextDay = (day: string, days = 1): string => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
const weekdayOf = (day: string): number => new Date(day).getUTCDay() || 7;

/** The shifts that begin on a day (`2026-11-23`). */
export function shiftsOn(day: string, { shifts, holidays }: Pick<WorkingHours, 'shifts' | 'holidays'>): Shift[] {
  const weekday = weekdayOf(day);
  const of = (which: number) => shifts.filter(({ days }) => days.includes(which));
  if (holidays === 'none') return of(weekday);
  if (among(OFF, day) || among(STATUTORY, day)) return [];
  return among(WORKED, day) && of(weekday).length === 0 ? of(MONDAY) : of(weekday);
}

/** Whether it is working time when the clock on the wall says so: in a shift of the day, or in one of the evening before. */
export function isWorking(now: LocalTime, hours: Pick<WorkingHours, 'shifts' | 'holidays'>): boolean {
  const begunOn = (day: string): Shift[] => shiftsOn(day, hours).map((each) => ({ ...each, days: [weekdayOf(day)] }));
  return [...begunOn(now.day), ...begunOn(nextDay(now.day, -1))].some((each) => isOn(each, now));
}

/** How far the clock on the wall is ahead of UTC, in milliseconds. */
function offsetAt(at: number, zone: string): number {
  const { day, minutes } = localTime(new Date(at), zone);
  return Date.parse(day) + minutes * MINUTE - Math.floor(at / MINUTE) * MINUTE;
}

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

/** The moment between two at which the clock on the wall is changed, to the minute. */
function changeBetween(from: number, to: number, zone: string): number {
  let [before, after] = [from, to];
  const first = offsetAt(from, zone);
  while (after - before > MINUTE) {
    const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
    if (offsetAt(middle, zone) === first) before = middle;
    else after = middle;
  }
  return after;
}

/** All moments at which the clock on the wall shows a time from … to: one stretch, or two around a change of it. */
function momentsOf(from: number, to: number, zone: string): [number, number][] {
  const [early, late] = [from - DAY, to + DAY];
  const [before, after] = [offsetAt(early, zone), offsetAt(late, zone)];
  if (before === after) return [[from - before, to - before]];
  const change = changeBetween(early, late, zone);
  return [
    [from - before, Math.min(to - before, change)],
    [Math.max(from - after, change), to - after],
  ];
}

/** The stretches of work that begin on a day, as moments. */
function stretchesOn(day: string, hours: WorkingHours): [number, number][] {
  return shiftsOn(day, hours).flatMap(({ from, to }) => {
    const [begin, end] = [minutesOf(from), minutesOf(to)];
    const last = end <= begin ? nextDay(day) : day;
    return momentsOf(Date.parse(day) + begin * MINUTE, Date.parse(last) + end * MINUTE, hours.timeZone);
  });
}

/**
 * The moment at which so many milliseconds of working time have passed since `start`; without hours, of all time. Never outside
 * of working hours, but for more of them than there are in 400 days.
 */
export function dueAfter(start: Date, ms: number, hours: WorkingHours | undefined): Date {
  // No more than all time passes in the days that are looked at.
  if (!hours || ms > (LONGEST_PAUSE + 2) * DAY) return new Date(start.getTime() + ms);
  let left = ms;
  let now = start.getTime();
  // A shift of the evening before may last until now.
  const first = nextDay(localTime(start, hours.timeZone).day, -1);
  for (let days = 0; days < LONGEST_PAUSE + 2; days += 1) {
    const stretches = stretchesOn(nextDay(first, days), hours).sort(([a], [b]) => a - b);
    for (const [begin, end] of stretches) {
      const from = Math.max(now, begin);
      if (from >= end) continue;
      if (from + left <= end) return new Date(from + left);
      left -= end - from;
      now = end;
    }
  }
  // More than is worked in all these days, or nobody ever works by this calendar: better too early than never.
  return new Date(Math.max(now, start.getTime() + ms));
}
