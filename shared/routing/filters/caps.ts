import { type Period, reached } from '../../org/tally.ts';
import { WHENEVER } from '../../platform/clock.ts';
import type { RepSeen } from '../inputs.ts';
import type { Filter } from './filter.ts';

/** The periods in which the rep was given as many leads as they may be; none that is over at this time (ISO 8601). */
export const reachedCaps = ({ caps: most, taken, renews }: RepSeen, at: string): Period[] => {
  const counted = (period: Period): number => ((renews?.[period] ?? WHENEVER) <= at ? 0 : taken[period]);
  return reached(most, { ...taken, day: counted('day'), week: counted('week'), month: counted('month') });
};

/** Passes over reps who were given as many leads in this day, week or month as they may be. */
export const caps: Filter = {
  cause: 'all-reps-at-capacity',
  bases: ['preference', 'history', 'territory'],
  passOver: (rep, { at }) => {
    const [full] = reachedCaps(rep, at);
    return full && `has had the most leads for a ${full} (${rep.taken[full]} of ${rep.caps?.[full]})`;
  },
};
