import { shiftsOn } from '../sla/calendar.ts';
import type { PerformanceRules } from './model.ts';
import { daysBetween, type PeriodKind, periodNameOf, periodOf } from './period.ts';

/** Which days are worked, and how many of them there are in the period of a kind that a day is in. */
export interface Workdays {
  readonly worked: (day: string) => boolean;
  readonly around: (day: string, kind: PeriodKind) => { name: string; worked: number };
}

/** The days that are worked by these rules; reckoned once. */
export function workdaysOf({ days, holidays }: PerformanceRules['workdays']): Workdays {
  const shifts = [{ days, from: '09:00', to: '18:00' }];
  const byDay = new Map<string, boolean>();
  const byPeriod = new Map<string, { name: string; worked: number }>();
  const names = new Map<string, string>();
  const worked = (day: string): boolean => {
    let known = byDay.get(day);
    if (known === undefined) {
      known = shiftsOn(day, { shifts, holidays }).length > 0;
      byDay.set(day, known);
    }
    return known;
  };
  const around = (day: string, kind: PeriodKind) => {
    const key = `${kind} ${day}`;
    const name = names.get(key) ?? periodNameOf(day, kind);
    names.set(key, name);
    let found = byPeriod.get(name);
    if (!found) {
      const period = periodOf(name);
      found = { name, worked: period ? [...daysBetween(period.from, period.to)].filter(worked).length : 0 };
      byPeriod.set(name, found);
    }
    return found;
  };
  return { worked, around };
}
