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
  const taken = new Set(draft.features.map(({ properties }) => properties.territoryId));
  let number = draft.features.length + 1;
  while (taken.has(`territory-${number}`)) number += 1;
  return {
    type: 'Feature',
    properties: {
      territoryId: `territory-${number}`,
      name: `${name} ${number}`,
      repIds: [],
      bufferMetres: 0,
      priority: 0,
    },
    geometry,
  };
}

/** Reads a file of territories. @throws SyntaxError when it is no GeoJSON FeatureCollection */
export function fromFile(text: string): Draft {
  const read = JSON.parse(text) as Partial<Draft>;
  if (read.type !== 'FeatureCollection' || !Array.isArray(read.features)) throw new SyntaxError('no FeatureCollection');
  return read as Draft;
}
