import type { Basis } from './basis.ts';

/** The rep whom the customer asked for. */
export const chosenRep: Basis = {
  name: 'preference',
  because: () => 'the customer asked for them',
  candidates: ({ preferredRepId }) => (preferredRepId === undefined ? [] : [preferredRepId]),
};
