import dayjs from 'dayjs';
import businessTime from 'dayjs-business-time';
import { dueAfter, type WorkingHours } from '../../shared/sla/calendar.ts';
import { drawn } from '../drawn.ts';
import { perSecond } from './measure.ts';

const HOUR = 3600 * 1000;
const DEADLINES = 2000;

const hours: WorkingHours = {
  timeZone: 'UTC',
  shifts: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }],
  holidays: 'none',
};

/** What a deadline four working hours ahead costs, beside dayjs-business-time: both in UTC, where the peer is right too. */
export function benchCalendar() {
  // The peer reckons in the process's own zone.
  process.env.TZ = 'UTC';
  dayjs.extend(businessTime);
  const day = [{ start: '09:00:00', end: '18:00:00' }];
  dayjs.setBusinessTime({
    sunday: null,
    monday: day,
    tuesday: day,
    wednesday: day,
    thursday: day,
    friday: day,
    saturday: null,
  });
  const draw = drawn(3);
  const begin = Date.parse('2026-01-05T00:00:00Z');
  const starts = Array.from({ length: DEADLINES }, () => new Date(begin + Math.floor(draw() * 300 * 24) * HOUR));
  const at = (n: number): Date => starts[n] ?? new Date(begin);
  const ours = (n: number) => dueAfter(at(n), 4 * HOUR, hours);
  const theirs = (n: number) => dayjs(at(n)).addBusinessHours(4).toDate();
  if (starts.some((_, n) => ours(n).getTime() !== theirs(n).getTime())) throw new Error('the calendars disagree');
  const plain = (n: number) => dueAfter(at(n), 4 * HOUR, { ...hours, timeZone: 'Asia/Shanghai', holidays: 'china' });
  const rates = Array.from(
    { length: 3 },
    () => [perSecond(1, DEADLINES, ours), perSecond(1, DEADLINES, theirs)] as const,
  );
  return {
    deadlinesPerSecond: Math.max(...rates.map(([rate]) => rate)),
    peerPerSecond: Math.max(...rates.map(([, rate]) => rate)),
    /** With China's holidays and make-up days, in its own time zone. */
    inChinaPerSecond: perSecond(2, DEADLINES, plain),
  };
}
