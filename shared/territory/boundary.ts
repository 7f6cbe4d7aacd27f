import Flatbush from 'flatbush';
import pointInPolygon from 'point-in-polygon-hao';
import { type Box, boxOf, distanceToRings, isIn, widened } from './measure.ts';
import type { Place, Ring } from './point.ts';
import type { Territory } from './territory.ts';

/** Territories ready for looking places up. */
export interface TerritoryIndex {
  readonly entries: readonly { territory: Territory; rings: readonly Ring[]; box: Box }[];
  /** Over the entries' boxes, each widened by the widest buffer of all. */
  readonly boxes: Flatbush | undefined;
}

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

/** Metres within which a place is on a boundary: what is lost in reckoning with degrees is far less. */
const ON_BOUNDARY = 0.001;

/** Indexes checked territories (closed rings in WGS-84; none across the antimeridian: GeoJSON splits those). */
export function compileTerritories(territories: readonly Territory[]): TerritoryIndex {
  const entries = territories.map((territory) => ({
    territory,
    rings: territory.geometry.flat(),
    box: boxOf(territory.geometry),
  }));
  if (entries.length === 0) return { entries, boxes: undefined };
  const widest = territories.reduce((most, { bufferMetres }) => Math.max(most, bufferMetres), ON_BOUNDARY);
  const boxes = new Flatbush(entries.length);
  for (const { box } of entries) boxes.add(...widened(box, widest));
  boxes.finish();
  return { entries, boxes };
}

/** Whether the place is in the territory; its boundary, holes' included, counts as in. */
const contains = ({ geometry }: Territory, { lng, lat }: Place): boolean =>
  geometry.some((polygon) => pointInPolygon([lng, lat], polygon) !== false);

interface Near {
  territory: Territory;
  inside: boolean;
  metres: number;
}

/** The entry as seen from the place, unless its box shows that it is farther away than `reach` metres. */
function look(
  { territory, rings, box }: TerritoryIndex['entries'][number],
  place: Place,
  reach: number,
): Near | undefined {
  if (!isIn(widened(box, Math.max(reach, ON_BOUNDARY)), place)) return undefined;
  const metres = distanceToRings(rings, place);
  return { territory, inside: metres <= ON_BOUNDARY || (isIn(box, place) && contains(territory, place)), metres };
}

const widestOf = (found: readonly Near[]): number =>
  found.reduce((most, { territory }) => Math.max(most, territory.bufferMetres), 0);

/**
 * The territories of a place: those it is in, and those whose border is so near that their reps are candidates too. That is
 * so within the buffer of either side: of the territory it is in, or of the neighbour. On a border, both sides are hit
 * whatever the buffer.
 *
 * Order: by priority, highest first; then those it is in before the others; then, of those it is in, the one it is deepest
 * in, and of the others the nearest; then by id. So a place has one answer, in whatever order the territories were given.
 */
export function locate({ entries, boxes }: TerritoryIndex, place: Place): TerritoryHit[] {
  const near = (boxes?.search(place.lng, place.lat, place.lng, place.lat) ?? []).flatMap((at) => entries[at] ?? []);
  const within = near.flatMap((entry) => look(entry, place, 0) ?? []).filter(({ inside }) => inside);
  const containing = new Set(within.map(({ territory }) => territory));
  const reach = widestOf(within);
  const beside = near
    .filter(({ territory }) => !containing.has(territory))
    .flatMap((entry) => look(entry, place, Math.max(reach, entry.territory.bufferMetres)) ?? [])
    .filter(({ territory, metres }) => metres <= Math.max(reach, territory.bufferMetres));
  // A neighbour that reaches over the border makes it fuzzy for the territory that the place is in, too.
  const reached = widestOf(beside.filter(({ territory, metres }) => metres <= territory.bufferMetres));
  const buffer = ({ territory, inside }: Near) =>
    Math.max(territory.bufferMetres, inside ? reached : reach, ON_BOUNDARY);
  return [...within, ...beside].sort(byRank).map((hit) => ({
    territoryId: hit.territory.territoryId,
    inside: hit.inside,
    insideBuffer: hit.metres <= buffer(hit),
    metresToBoundary: Math.round(hit.metres * 10) / 10,
  }));
}

function byRank(a: Near, b: Near): number {
  return (
    b.territory.priority - a.territory.priority ||
    Number(b.inside) - Number(a.inside) ||
    (a.inside ? b.metres - a.metres : a.metres - b.metres) ||
    (a.territory.territoryId < b.territory.territoryId ? -1 : 1)
  );
}
