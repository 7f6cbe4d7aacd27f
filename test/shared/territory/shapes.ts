import type { Polygon, Position, Ring } from '../../../shared/territory/point.ts';
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

/** The ring through the corners. */
export const closed = (corners: Ring): Ring => [...corners, corners[0] ?? [0, 0]];

/** Whether any two edges properly cross: every pair is tried. */
export function crossesSomewhere(ring: Ring): boolean {
  const side = (a: Position, b: Position, c: Position) =>
    Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  const edges = ring.slice(1).map((to, at): [Position, Position] => [ring[at] ?? to, to]);
  return edges.some(([a, b]) =>
    edges.some(([c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0),
  );
}
