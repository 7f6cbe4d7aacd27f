import type { RepSeen } from '../inputs.ts';
import type { Filter } from './filter.ts';

const periods = ['day', 'week', 'month'] as const;

/** A period of which leads are counted. */
export type Period = (typeof periods)[number];

/** The periods in which the rep was given as many leads as they may be. */
export const reachedCaps = ({ caps: most, taken }: RepSeen): Period[] =>
  most ? periods.filter((period) => taken[period] >= (most[period] ?? Number.POSITIVE_INFINITY)) : [];

/** Passes over reps who were given as many leads in this day, week or month as they may be. */
export const caps: Filter = {
  cause: 'all-reps-at-capacity',
  bases: ['preference', 'history', 'territory'],
  passOver: (rep) => {
    const [full] = reachedCaps(rep);
    return full && `has had the most leads for a ${full} (${rep.taken[full]} of ${rep.caps?.[full]})`;
  },
};
