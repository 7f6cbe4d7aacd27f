import { isOn, localTime } from '../../org/hours.ts';
import { zoneOf } from '../rules.ts';
import type { Filter } from './filter.ts';

/** Passes over reps outside their shifts: their own, else their team's, else around the clock. */
export const workingHours: Filter = {
  cause: 'all-reps-unavailable',
  bases: ['preference', 'history', 'territory'],
  passOver: (rep, { at, rules }) => {
    const hours = rep.shifts ?? (rep.teamId === undefined ? undefined : rules.teams[rep.teamId]?.shifts);
    if (!hours) return undefined;
    const zone = zoneOf(rep, rules);
    const now = localTime(new Date(at), zone);
    if (hours.some((each) => isOn(each, now))) return undefined;
    const time = `${String(Math.floor(now.minutes / 60)).padStart(2, '0')}:${String(now.minutes % 60).padStart(2, '0')}`;
    return `is off duty (${now.day} ${time} in ${zone})`;
  },
};
