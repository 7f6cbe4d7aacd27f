import type { RoutingInputs, TerritorySeen } from '../inputs.ts';
import type { Preference } from '../preferences/preference.ts';
import type { Basis } from './basis.ts';

function whereabouts({ by, because, inside, insideBuffer, metresToBoundary }: TerritorySeen): string {
  if (by !== 'point' && by !== 'geocoder') return because ?? `the ${by} says so`;
  const place = inside ? 'the customer is in their territory' : 'the customer is beside their territory';
  return insideBuffer ? `${place}, ${metresToBoundary} m from its border, within the buffer` : place;
}

/** The highest priority among the territories by which the rep is considered. */
export const priorityOf = (repId: string, { territories }: Pick<RoutingInputs, 'territories'>): number =>
  Math.max(...territories.filter(({ repIds }) => repIds.includes(repId)).map(({ priority = 0 }) => priority));

/** Where territories of different priority overlap, the reps of the highest come first; the others if none of these can. */
const ofHighest: Preference = (reps, inputs) => {
  const highest = Math.max(...reps.map(({ repId }) => priorityOf(repId, inputs)));
  const first = reps.filter(({ repId }) => priorityOf(repId, inputs) === highest);
  if (first.length === reps.length) return undefined;
  return {
    reps: first,
    because: `their territory has the highest priority (${highest})`,
    passOver: ({ repId }) =>
      `their territory has a lower priority (${priorityOf(repId, inputs)} instead of ${highest})`,
  };
};

/** The reps of the territories in which, or in whose buffer zone, the customer is. */
export const territory: Basis = {
  name: 'territory',
  because: (repId, { territories }) => {
    const theirs = territories.find(({ repIds }) => repIds.includes(repId));
    return theirs ? whereabouts(theirs) : 'the customer is in their territory';
  },
  candidates: ({ territories }) => [...new Set(territories.flatMap(({ repIds }) => repIds))],
  preferred: ofHighest,
};
