import { area } from '@turf/area';
import Flatbush from 'flatbush';
import { difference, intersection } from 'polyclip-ts';
import { areApart, type Edges, edgesOf } from './apart.ts';
import { type Box, boxOf } from './measure.ts';
import type { Polygon } from './point.ts';
import type { Territory } from './territory.ts';

/** Two territories that share ground. */
export interface Overlap {
  a: string;
  b: string;
  squareKilometres: number;
}

/** Square metres under which shared or lost ground is a rounding of a shared border. */
const SLIVER = 100;

const squareMetres = (geometry: Polygon[]): number => area({ type: 'MultiPolygon', coordinates: geometry });

/** To a hundred square metres, the smallest that is told. */
const squareKilometres = (metres: number): number => Math.round(metres / 100) / 10_000;

/** For some ground, the territories whose boxes touch its box. */
function neighbours(territories: readonly Territory[]): (geometry: Polygon[]) => Territory[] {
  if (territories.length === 0) return () => [];
  const boxes = new Flatbush(territories.length);
  for (const { geometry } of territories) boxes.add(...boxOf(geometry));
  boxes.finish();
  return (geometry) => boxes.search(...boxOf(geometry)).flatMap((at) => territories[at] ?? []);
}

const byName = (a: Overlap, b: Overlap): number => (a.a === b.a ? (a.b < b.b ? -1 : 1) : a.a < b.a ? -1 : 1);

/** What two boxes have in common; empty (west beyond east) when they have nothing. */
const common = (a: Box, b: Box): Box => [
  Math.max(a[0], b[0]),
  Math.max(a[1], b[1]),
  Math.min(a[2], b[2]),
  Math.min(a[3], b[3]),
];

/** Every two territories (of different ids, with sound boundaries) that share ground, sorted by their ids. */
export function overlapsOf(territories: readonly Territory[]): Overlap[] {
  const near = neighbours(territories);
  const edges = new Map<Territory, Edges>();
  const edgesFor = (territory: Territory): Edges => {
    const known = edges.get(territory) ?? edgesOf(territory.geometry);
    edges.set(territory, known);
    return known;
  };
  return territories
    .flatMap((a) =>
      near(a.geometry)
        .filter((b) => a.territoryId < b.territoryId)
        .filter((b) => !areApart(edgesFor(a), edgesFor(b), common(boxOf(a.geometry), boxOf(b.geometry))))
        .map((b) => ({
          a: a.territoryId,
          b: b.territoryId,
          metres: squareMetres(intersection(a.geometry, b.geometry)),
        })),
    )
    .filter(({ metres }) => metres > SLIVER)
    .map(({ a, b, metres }) => ({ a, b, squareKilometres: squareKilometres(metres) }))
    .sort(byName);
}

/** Ground of the version before that is in no territory any more, by the territory that it was in. */
export function lostGround(
  before: readonly Territory[],
  after: readonly Territory[],
): { territoryId: string; squareKilometres: number }[] {
  const near = neighbours(after);
  const kept = new Map(after.map(({ territoryId, geometry }) => [territoryId, JSON.stringify(geometry)]));
  return before
    .filter(({ territoryId, geometry }) => kept.get(territoryId) !== JSON.stringify(geometry))
    .flatMap(({ territoryId, geometry }) => {
      const covering = near(geometry).map((territory) => territory.geometry);
      const left = squareMetres(covering.length === 0 ? geometry : difference(geometry, ...covering));
      return left > SLIVER ? [{ territoryId, squareKilometres: squareKilometres(left) }] : [];
    });
}
