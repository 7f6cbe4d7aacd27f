import type { MultiPolygon, Polygon } from 'geojson';

/** A territory as it is drawn. */
export interface Territory {
  type: 'Feature';
  properties: {
    territoryId: string;
    name: string;
    repIds: string[];
    teamId?: string;
    bufferMetres?: number;
    priority?: number;
    covers?: string[];
    postcodes?: string[];
  };
  geometry: Polygon | MultiPolygon;
}

/** Territories as they are sent, kept in a file, and drawn. */
export interface Draft {
  type: 'FeatureCollection';
  crs?: 'WGS84' | 'GCJ02' | 'BD09';
  features: Territory[];
}

/** Ids that no territory has yet, one after the other. */
function* freeIds(territories: readonly Territory[]): Generator<{ id: string; number: number }, never> {
  const taken = new Set(territories.map(({ properties }) => properties.territoryId));
  for (let number = territories.length + 1; ; number += 1) {
    const id = `territory-${number}`;
    if (!taken.has(id)) yield { id, number };
  }
}

/** The draft with one territory put in place of the one that was there. */
export const withTerritory = (draft: Draft, at: number, territory: Territory): Draft => ({
  ...draft,
  features: draft.features.map((each, index) => (index === at ? territory : each)),
});

/** The draft without one territory. */
export const without = (draft: Draft, at: number): Draft => ({
  ...draft,
  features: draft.features.filter((_, index) => index !== at),
});

/** A territory that was just drawn, with an id that no other has. */
export function drawn(draft: Draft, geometry: Territory['geometry'], name: string): Territory {
  const { id, number } = freeIds(draft.features).next().value;
  return {
    type: 'Feature',
    properties: { territoryId: id, name: `${name} ${number}`, repIds: [], bufferMetres: 0, priority: 0 },
    geometry,
  };
}

type Read = Partial<Omit<Territory, 'properties'>> & { properties?: Partial<Territory['properties']> | null };

const isArea = ({ geometry }: Read): boolean => geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon';
const isOurs = ({ properties }: Read): boolean => typeof properties?.territoryId === 'string';

/**
 * Reads a file of territories: ours as they are, and the areas of any other map under their names, if they have any, with ids of
 * their own and nobody to look after them yet.
 * @param name what areas without a name are called, with a number
 * @throws SyntaxError when it is no GeoJSON FeatureCollection, or has no area
 */
export function fromFile(text: string, name: string): Draft {
  const { type, features, ...rest } = JSON.parse(text) as Partial<Omit<Draft, 'features'>> & { features?: Read[] };
  if (type !== 'FeatureCollection' || !Array.isArray(features)) throw new SyntaxError('no FeatureCollection');
  const areas = features.filter((each) => isOurs(each) || isArea(each));
  if (areas.length === 0 && features.length > 0) throw new SyntaxError('no areas');
  const ids = freeIds(areas.filter(isOurs) as Territory[]);
  return {
    ...rest,
    type,
    features: areas.map((area): Territory => {
      if (isOurs(area)) return area as Territory;
      const { id, number } = ids.next().value;
      const own = area.properties?.name;
      return {
        type: 'Feature',
        properties: {
          ...{ territoryId: id, name: typeof own === 'string' && own.trim() !== '' ? own.trim() : `${name} ${number}` },
          ...{ repIds: [], bufferMetres: 0, priority: 0 },
        },
        geometry: area.geometry as Territory['geometry'],
      };
    }),
  };
}
