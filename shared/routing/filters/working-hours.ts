import { localTime } from '../../org/hours.ts';
import { isWorking } from '../../sla/calendar.ts';
import { zoneOf } from '../rules.ts';
import type { Filter } from './filter.ts';

/** Passes over reps outside their shifts: their own, else their team's, else around the clock. */
export const workingHours: Filter = {
  cause: 'all-reps-unavailable',
  bases: ['preference', 'history', 'territory'],
  passOver: (rep, { at, rules }) => {
    const team = rep.teamId === undefined ? undefined : rules.teams[rep.teamId];
    const shifts = rep.shifts ?? team?.shifts;
    if (!shifts) return undefined;
    const zone = zoneOf(rep, rules);
    const now = localTime(new Date(at), zone);
    // Own shifts are as they are said; and of teams in records of earlier versions, no holidays are known.
    const holidays = rep.shifts ? 'none' : (team?.holidays ?? 'none');
    if (isWorking(now, { shifts, holidays })) return undefined;
    const time = `${String(Math.floor(now.minutes / 60)).padStart(2, '0')}:${String(now.minutes % 60).padStart(2, '0')}`;
    return `is off duty (${now.day} ${time} in ${zone})`;
  },
};
