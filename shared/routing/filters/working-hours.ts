import { localTime } from '../../org/hours.ts';
import { isWorking } from '../../sla/calendar.ts';
import { hoursOf } from '../rules.ts';
import type { Filter } from './filter.ts';

/** Passes over reps outside their shifts: their own, else their team's, else around the clock. */
export const workingHours: Filter = {
  cause: 'all-reps-unavailable',
  bases: ['preference', 'history', 'territory'],
  passOver: (rep, { at, rules }) => {
    const hours = hoursOf(rep, rules);
    if (!hours) return undefined;
    const now = localTime(new Date(at), hours.timeZone);
    if (isWorking(now, hours)) return undefined;
    const time = `${String(Math.floor(now.minutes / 60)).padStart(2, '0')}:${String(now.minutes % 60).padStart(2, '0')}`;
    return `is off duty (${now.day} ${time} in ${hours.timeZone})`;
  },
};
