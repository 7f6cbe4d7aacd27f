import type { Filter } from './filter.ts';

/** Passes over reps who are on leave, leaving or gone. */
export const available: Filter = {
  cause: 'all-reps-unavailable',
  bases: ['preference', 'history', 'territory'],
  passOver: (rep) => (rep.status === 'active' ? undefined : `is ${rep.status}`),
};
