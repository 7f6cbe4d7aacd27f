import { cellAt } from './grid.ts';
import { ON_BOUNDARY, type Properties, type TerritoryIndex } from './index-file.ts';
import { type Plane, planeAt, squareDistanceToBox } from './measure.ts';
import { isInside, metresTo } from './nearest.ts';
import type { Place } from './point.ts';

/** A territory that a place belongs to. */
export interface TerritoryHit {
  territoryId: string;
  /** Inside the boundary, or on it. */
  inside: boolean;
  /** So near to the border that the reps of both sides are candidates. */
  insideBuffer: boolean;
  /** Metres to the nearest point of the boundary, to 0.1 m. */
  metresToBoundary: number;
}

interface Near {
  territory: number;
  buffer: number;
  inside: boolean;
  metres: number;
}

const boxHolds = (boxes: Float64Array, polygon: number, lng: number, lat: number): boolean =>
  lng >= (boxes[polygon * 4] as number) &&
  lng <= (boxes[polygon * 4 + 2] as number) &&
  lat >= (boxes[polygon * 4 + 1] as number) &&
  lat <= (boxes[polygon * 4 + 3] as number);

/** Places in the index of the territories that the place is in; edges count to one side only (see {@link locate} for both). */
export function containing(index: TerritoryIndex, { lng, lat }: Place): number[] {
  const { grid, polygonBoxes, territoryOf } = index;
  const found: number[] = [];
  const cell = cellAt(grid, lng, lat);
  if (cell < 0) return found;
  for (let at = grid.cellFrom[cell] as number; at < (grid.cellFrom[cell + 1] as number); at += 1) {
    const polygon = grid.entries[at] as number;
    if (!boxHolds(polygonBoxes, polygon, lng, lat) || !isInside(index, polygon, lng, lat)) continue;
    const territory = territoryOf[polygon] as number;
    if (!found.includes(territory)) found.push(territory);
  }
  return found;
}

const widestOf = (found: readonly Near[]): number => found.reduce((most, { buffer }) => Math.max(most, buffer), 0);

/** Territories one of whose polygons may be within `reach` metres. */
function within(index: TerritoryIndex, polygons: Uint32Array, plane: Plane, reach: (n: number) => number) {
  const found = new Set<number>();
  for (const polygon of polygons) {
    const territory = index.territoryOf[polygon] as number;
    if (squareDistanceToBox(index.polygonBoxes, polygon * 4, plane) <= reach(territory) ** 2) found.add(territory);
  }
  return [...found];
}

/**
 * The territories of a place: those it is in, and those whose border is so near that their reps are candidates too. That is
 * so within the buffer of either side: of the territory it is in, or of the neighbour. On a border, both sides are hit
 * whatever the buffer.
 *
 * Order: by priority, highest first; then those it is in before the others; then, of those it is in, the one it is deepest
 * in, and of the others the nearest; then by id. So a place has one answer, in whatever order the territories were given.
 */
export const locate = (index: TerritoryIndex, place: Place): TerritoryHit[] =>
  found(index, place).map(({ hit }) => hit);

/** As {@link locate}, with what is known of each territory. */
export function found(index: TerritoryIndex, place: Place): { hit: TerritoryHit; properties: Properties }[] {
  const cell = cellAt(index.grid, place.lng, place.lat);
  if (cell < 0) return [];
  const polygons = index.grid.entries.subarray(index.grid.cellFrom[cell], index.grid.cellFrom[cell + 1]);
  if (polygons.length === 0) return [];
  const plane = planeAt(place);
  const bufferOf = (territory: number): number => index.bufferMetres[territory] as number;
  const inner = new Set(containing(index, place));
  const seen = (territory: number, reach: number): Near => {
    const metres = metresTo(index, territory, plane, reach);
    const inside = metres <= ON_BOUNDARY || inner.has(territory);
    return { territory, buffer: bufferOf(territory), inside, metres };
  };
  const around = [...inner].map((territory) => seen(territory, Number.POSITIVE_INFINITY));
  const touching = within(index, polygons, plane, () => ON_BOUNDARY)
    .filter((territory) => !inner.has(territory))
    .map((territory) => seen(territory, ON_BOUNDARY))
    .filter(({ inside }) => inside);
  const holding = [...around, ...touching];
  const held = new Set(holding.map(({ territory }) => territory));
  const reach = widestOf(holding);
  const reachOf = (territory: number): number => Math.max(reach, bufferOf(territory));
  const beside = within(index, polygons, plane, reachOf)
    .filter((territory) => !held.has(territory))
    .map((territory) => seen(territory, reachOf(territory)))
    .filter(({ metres }) => metres !== Number.POSITIVE_INFINITY);
  // A neighbour that reaches over the border makes it fuzzy for the territory that the place is in, too.
  const reached = widestOf(beside.filter(({ metres, buffer }) => metres <= buffer));
  return [...holding, ...beside]
    .map((near) => ({ near, properties: index.propertiesAt(near.territory) }))
    .sort(byRank)
    .map(({ near: { buffer, inside, metres }, properties }) => ({
      properties,
      hit: {
        territoryId: properties.territoryId,
        inside,
        insideBuffer: metres <= Math.max(buffer, inside ? reached : reach, ON_BOUNDARY),
        metresToBoundary: Math.round(metres * 10) / 10,
      },
    }));
}

interface Ranked {
  near: Near;
  properties: Properties;
}

function byRank(a: Ranked, b: Ranked): number {
  return (
    b.properties.priority - a.properties.priority ||
    Number(b.near.inside) - Number(a.near.inside) ||
    (a.near.inside ? b.near.metres - a.near.metres : a.near.metres - b.near.metres) ||
    (a.properties.territoryId < b.properties.territoryId ? -1 : 1)
  );
}
