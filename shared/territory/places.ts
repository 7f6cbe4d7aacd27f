import { type Coverage, coverageOf, namedBy, type Words } from '../address/coverage.ts';
import { divisionsOfPostcode } from '../address/postcode.ts';
import type { TerritorySeen } from '../routing/inputs.ts';
import { found } from './boundary.ts';
import { allProperties, type Properties, type TerritoryIndex } from './index-file.ts';
import type { Place } from './point.ts';

/** Where a customer is, as far as it is known. */
export interface Whereabouts {
  point?: Place | undefined;
  /** Whether the point is a geocoder's, and not the customer's own. */
  geocoded?: boolean | undefined;
  words?: Words | undefined;
}

const servedBy = ({ repIds, priority }: Properties): Pick<TerritorySeen, 'repIds' | 'priority'> =>
  priority === 0 ? { repIds } : { repIds, priority };

/** The territories in which, or in whose buffer zone, a place (WGS-84 degrees) is; the best first. */
const around = (index: TerritoryIndex, place: Place, by: 'point' | 'geocoder'): TerritorySeen[] =>
  found(index, place).map(({ hit, properties }) => ({ ...hit, ...servedBy(properties), by }));

const coverages = new WeakMap<TerritoryIndex, Coverage>();

function coverageIn(index: TerritoryIndex): Coverage {
  const known = coverages.get(index) ?? coverageOf(allProperties(index));
  coverages.set(index, known);
  return known;
}

/** The territories that words name: an address's divisions, or a postcode as the last resort. */
function named(index: TerritoryIndex, words: Words): TerritorySeen[] {
  const ofPostcode = divisionsOfPostcode(words.postcode ?? '').map(({ code }) => code);
  return namedBy(coverageIn(index), words, ofPostcode).map(({ territory, by, because }) => {
    const properties = index.propertiesAt(territory);
    const { territoryId } = properties;
    return { territoryId, ...servedBy(properties), inside: true, insideBuffer: false, by, because };
  });
}

/** The territories of a customer: by their point; without one, or where only a geocoder's finds none, by words. */
export function territoriesAt(index: TerritoryIndex, { point, geocoded, words }: Whereabouts): TerritorySeen[] {
  const near = point ? around(index, point, geocoded ? 'geocoder' : 'point') : [];
  return near.length > 0 || (point && !geocoded) || !words ? near : named(index, words);
}
