import type { Basis } from './basis.ts';

/** The rep who already serves this customer. */
export const knownRep: Basis = {
  name: 'history',
  because: () => 'they serve this customer already',
  candidates: ({ knownRepId }) => (knownRepId === undefined ? [] : [knownRepId]),
};
