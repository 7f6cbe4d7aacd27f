/** Minutes since the month began. */
export type Minute = number;
export const HOUR = 60;
export const DAY = 24 * HOUR;
/** Minutes that pass at once: everything happens at a whole one. */
export const SLOT = 10;
/** After midnight, HR pushes its roster. */
export const NIGHT = 2 * HOUR;

/** The company's midnight is so much before UTC's (China), in milliseconds. */
const AHEAD = 8 * 3600 * 1000;
const A_DAY = 24 * 3600 * 1000;
/** 5 January 1970 was the first Monday. */
const MONDAY = 4 * A_DAY;
const A_WEEK = 7 * A_DAY;

/** The weekday on which every month begins, 0 for Sunday: were it the day's own, one seed would give other months on other days. */
export const FIRST_DAY = 1;

/** The next Monday's midnight where the company is, at or after a time; both in milliseconds since 1970. */
export const beginsAt = (now: number): number => Math.ceil((now + AHEAD - MONDAY) / A_WEEK) * A_WEEK + MONDAY - AHEAD;
