import * as z from 'zod';

const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds, or undefined when it is none. */
export function milliseconds(duration: string): number | undefined {
  const parts = DURATION.exec(duration);
  if (!parts || !/\d/.test(duration)) return undefined;
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

/** Ten years: longer than anybody waits for anything, and short enough that every time of today and it make a date. */
const LONGEST = 3650 * 24 * 3600 * 1000;

/** So many milliseconds, or ten years: of what was kept before there was a longest. */
export const atMostLongest = (ms: number): number => Math.min(ms, LONGEST);

/** Milliseconds of a duration in rules; ten years of one that an earlier version has longer. */
export const lasting = (duration: string): number => atMostLongest(milliseconds(duration) ?? 0);

/** A duration as rules of earlier versions may have it: however long. */
export const keptDuration = z
  .string()
  // Who wrote none is not told as well how it compares with others.
  .refine((text) => (milliseconds(text) ?? 0) > 0, { error: 'an ISO 8601 duration such as PT2H', abort: true })
  .meta({ example: 'PT2H' });

/** An ISO 8601 duration of weeks, days, hours, minutes and seconds, longer than nothing and not above ten years. */
export const duration = keptDuration
  .refine((text) => (milliseconds(text) ?? 0) <= LONGEST, { error: 'at most ten years (P3650D)', abort: true })
  .meta({
    example: 'PT2H',
    description: 'ISO 8601: weeks, days, hours, minutes and seconds, at most ten years (P3650D)',
  });

/** Either: what is published now, or was earlier. */
export type Duration = typeof duration;
