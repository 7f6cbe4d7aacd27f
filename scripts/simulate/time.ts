/** Minutes since the month began. */
export type Minute = number;
export const HOUR = 60;
export const DAY = 24 * HOUR;
/** Minutes that pass at once: everything happens at a whole one. */
export const SLOT = 10;
/** After midnight, HR pushes its roster. */
export const NIGHT = 2 * HOUR;
