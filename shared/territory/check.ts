import { area } from '@turf/area';
import Flatbush from 'flatbush';
import { difference, intersection } from 'polyclip-ts';
import type { FieldError } from '../platform/problem.ts';
import { boxOf } from './measure.ts';
import { boundaryProblems } from './rings.ts';
import type { Polygon, Territory } from './territory.ts';

/** Two territories that share ground. */
export interface Overlap {
  a: string;
  b: string;
  squareKilometres: number;
}

/** What a check found. Nothing is published while there are errors. */
export interface TerritoryCheck {
  errors: FieldError[];
  overlaps: Overlap[];
  warnings: string[];
}

/** What the territories are checked against. */
export interface CheckAgainst {
  knownRepIds: ReadonlySet<string>;
  activeRepIds: ReadonlySet<string>;
  previous?: readonly Territory[];
}

/** Square kilometres under which shared ground is a rounding of a shared border. */
const SLIVER = 0.0001;

const squareKilometres = (geometry: Polygon[]): number =>
  area({ type: 'MultiPolygon', coordinates: geometry }) / 1_000_000;

const rounded = (squareKm: number): number => Math.round(squareKm * 10_000) / 10_000;

/** For a box, the territories whose boxes touch it. */
function neighbours(territories: readonly Territory[]): (geometry: Polygon[]) => Territory[] {
  if (territories.length === 0) return () => [];
  const boxes = new Flatbush(territories.length);
  for (const { geometry } of territories) boxes.add(...boxOf(geometry));
  boxes.finish();
  return (geometry) => boxes.search(...boxOf(geometry)).flatMap((at) => territories[at] ?? []);
}

function overlapsOf(territories: readonly Territory[]): Overlap[] {
  const near = neighbours(territories);
  return territories.flatMap((a) =>
    near(a.geometry)
      .filter((b) => a.territoryId < b.territoryId)
      .map((b) => ({
        a: a.territoryId,
        b: b.territoryId,
        squareKilometres: rounded(squareKilometres(intersection(a.geometry, b.geometry))),
      }))
      .filter((overlap) => overlap.squareKilometres > SLIVER),
  );
}

/** Ground of the version before that belongs to nobody any more. */
function lost(before: readonly Territory[], after: readonly Territory[]): string[] {
  const near = neighbours(after);
  return before.flatMap(({ territoryId, geometry }) => {
    const covering = near(geometry).map((territory) => territory.geometry);
    const left = covering.length === 0 ? geometry : difference(geometry, ...covering);
    const size = rounded(squareKilometres(left));
    return size > SLIVER ? [`${size} km² of ${territoryId} before belong to no territory any more`] : [];
  });
}

function repErrors(territories: readonly Territory[], known: ReadonlySet<string>): FieldError[] {
  return territories.flatMap(({ repIds }, at) =>
    repIds.flatMap((repId, index) =>
      known.has(repId)
        ? []
        : [{ path: `features.${at}.properties.repIds.${index}`, message: `${repId} is not on the roster` }],
    ),
  );
}

function repeatedIds(territories: readonly Territory[]): FieldError[] {
  const seen = new Set<string>();
  return territories.flatMap(({ territoryId }, at) => {
    const repeated = seen.has(territoryId);
    seen.add(territoryId);
    const path = `features.${at}.properties.territoryId`;
    return repeated ? [{ path, message: `${territoryId} occurs twice` }] : [];
  });
}

function staffing(territories: readonly Territory[], active: ReadonlySet<string>): string[] {
  const placed = new Set(territories.flatMap(({ repIds }) => repIds));
  const unstaffed = territories
    .filter(({ repIds }) => !repIds.some((repId) => active.has(repId)))
    .map(({ territoryId, repIds }) => `${territoryId} has no ${repIds.length === 0 ? 'rep' : 'active rep'}`);
  const idle = [...active].filter((repId) => !placed.has(repId)).sort();
  return [...unstaffed, ...(idle.length > 0 ? [`in no territory: ${idle.join(', ')}`] : [])];
}

/**
 * Checks territories before they are published: boundaries, ids and reps (errors, each with its path), overlaps with their
 * area, and what an admin should know (warnings).
 */
export function checkTerritories(territories: readonly Territory[], against: CheckAgainst): TerritoryCheck {
  const errors = [
    ...territories.flatMap((territory, at) =>
      boundaryProblems(territory, `features.${at}.geometry`, territory.geometry.length === 1),
    ),
    ...repeatedIds(territories),
    ...repErrors(territories, against.knownRepIds),
  ];
  if (errors.length > 0) return { errors, overlaps: [], warnings: [] };
  const warnings = [...staffing(territories, against.activeRepIds), ...lost(against.previous ?? [], territories)];
  return { errors, overlaps: overlapsOf(territories), warnings };
}
