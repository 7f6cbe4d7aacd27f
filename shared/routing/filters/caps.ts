import type { Filter } from './filter.ts';

const periods = ['day', 'week', 'month'] as const;

/** Passes over reps who were given as many leads in this day, week or month as they may be. */
export const caps: Filter = {
  cause: 'all-reps-at-capacity',
  bases: ['preference', 'history', 'territory'],
  passOver: ({ caps: most, taken }) => {
    const full = most && periods.find((period) => taken[period] >= (most[period] ?? Number.POSITIVE_INFINITY));
    return full && `has had the most leads for a ${full} (${taken[full]} of ${most?.[full]})`;
  },
};
