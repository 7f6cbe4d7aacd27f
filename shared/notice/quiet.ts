import * as z from 'zod';
import { localTime } from '../org/hours.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day, such as 22:00');

/** Hours of the day in which somebody is not told of things; `to` before `from` is on the next day. */
export const quietHours = z
  .strictObject({ from: time, to: time })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'quiet hours end at another time than they begin' });

/** Hours of the day in which somebody is not told of things. */
export type QuietHours = z.infer<typeof quietHours>;

const MINUTE = 60_000;
const DAY = 24 * 60;

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** When the quiet that a moment falls into ends; undefined when it is not quiet. Exact where the clocks change meanwhile. */
export function quietUntil({ from, to }: QuietHours, at: Date, zone: string): Date | undefined {
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  const isQuiet = (moment: Date): boolean => {
    const { minutes } = localTime(moment, zone);
    return begin < end ? minutes >= begin && minutes < end : minutes >= begin || minutes < end;
  };
  if (!isQuiet(at)) return undefined;
  const whole = new Date(Math.floor(at.getTime() / MINUTE) * MINUTE);
  const left = (end - localTime(whole, zone).minutes + DAY) % DAY;
  let moment = new Date(whole.getTime() + left * MINUTE);
  // A change of the clocks in between makes the guess too early or too late, by that change.
  while (isQuiet(moment)) moment = new Date(moment.getTime() + MINUTE);
  while (!isQuiet(new Date(moment.getTime() - MINUTE))) moment = new Date(moment.getTime() - MINUTE);
  return moment;
}
