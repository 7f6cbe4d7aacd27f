import type { TerritorySeen } from '../inputs.ts';
import type { Basis } from './basis.ts';

function whereabouts({ by, because, inside, insideBuffer, metresToBoundary }: TerritorySeen): string {
  if (by !== 'point' && by !== 'geocoder') return because ?? `the ${by} says so`;
  const place = inside ? 'the customer is in their territory' : 'the customer is beside their territory';
  return insideBuffer ? `${place}, ${metresToBoundary} m from its border, within the buffer` : place;
}

/** The reps of the territories in which, or in whose buffer zone, the customer is. */
export const territory: Basis = {
  name: 'territory',
  because: (repId, { territories }) => {
    const theirs = territories.find(({ repIds }) => repIds.includes(repId));
    return theirs ? whereabouts(theirs) : 'the customer is in their territory';
  },
  candidates: ({ territories }) => [...new Set(territories.flatMap(({ repIds }) => repIds))],
};
