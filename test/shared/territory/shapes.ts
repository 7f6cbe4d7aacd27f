import type { Polygon, Ring } from '../../../shared/territory/point.ts';
import type { Territory } from '../../../shared/territory/territory.ts';

/** A rectangle from west, south to east, north. */
export const rectangle = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

/** A territory of one rectangle. */
export function territory(territoryId: string, ring: Ring, more: Partial<Territory> = {}): Territory {
  return {
    territoryId,
    name: territoryId,
    repIds: ['rep-li'],
    bufferMetres: 0,
    priority: 0,
    geometry: [[ring]],
    ...more,
  };
}

/** The collection that somebody would send to publish these polygons. */
export const drawn = (...polygons: Polygon[]) => ({
  type: 'FeatureCollection',
  features: polygons.map((coordinates, at) => ({
    type: 'Feature',
    properties: { territoryId: `t${at}`, name: `Territory ${at}`, repIds: ['rep-li'] },
    geometry: { type: 'Polygon', coordinates },
  })),
});
