import type { Filter } from './filter.ts';

/** Passes over reps who are on leave, leaving or gone, or who paused. */
export const available: Filter = {
  cause: 'all-reps-unavailable',
  bases: ['preference', 'history', 'territory'],
  passOver: ({ status, pausedUntil }, { at }) => {
    if (status !== 'active') return `is ${status}`;
    return pausedUntil !== undefined && pausedUntil > at ? `paused until ${pausedUntil}` : undefined;
  },
};
