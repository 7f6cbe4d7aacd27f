import type { Filter } from './filter.ts';

/** Passes over reps who hold as many open leads as they may. */
export const capacity: Filter = {
  cause: 'all-reps-at-capacity',
  bases: ['preference', 'history', 'territory'],
  passOver: (rep) =>
    rep.openLeads < rep.capacity ? undefined : `is at capacity (${rep.openLeads} of ${rep.capacity} open leads)`,
};
