import { localTime } from '../../org/hours.ts';

const DAY = 24 * 3600 * 1000;

/** The Monday of the week of a moment, as a zone's calendar has it (`2026-11-23`). */
export function mondayOf(at: Date, zone: string): string {
  const { day } = localTime(at, zone);
  const noon = new Date(`${day}T12:00:00.000Z`);
  const sinceMonday = (noon.getUTCDay() + 6) % 7;
  return new Date(noon.getTime() - sinceMonday * DAY).toISOString().slice(0, 10);
}

/** The Monday before one. */
export const weekBefore = (monday: string): string =>
  new Date(Date.parse(`${monday}T12:00:00.000Z`) - 7 * DAY).toISOString().slice(0, 10);
