import type { Basis } from './basis.ts';

/** The reps of the territories in which, or in whose buffer zone, the customer is. */
export const territory: Basis = {
  name: 'territory',
  because: 'the customer is in their territory',
  candidates: ({ territories }) => [...new Set(territories.flatMap(({ repIds }) => repIds))],
};
