import type { FieldError } from '../platform/problem.ts';
import { isInACountry } from './countries.ts';
import { lostGround, type Overlap, overlapsOf } from './ground.ts';
import { boxOf } from './measure.ts';
import type { Position } from './point.ts';
import { boundaryProblems, withoutNeedles } from './rings.ts';
import type { Territory } from './territory.ts';

/** What a check found. Nothing is published while there are errors. */
export interface TerritoryCheck {
  errors: FieldError[];
  /** The territories as they would be published: without rings that enclose nothing. */
  territories: Territory[];
  overlaps: Overlap[];
  warnings: string[];
}

/** What the territories are checked against. */
export interface CheckAgainst {
  knownRepIds: ReadonlySet<string>;
  activeRepIds: ReadonlySet<string>;
  /** The version in force. */
  previous?: readonly Territory[];
  /** As which type of geometry each was drawn, for the paths; by default a single polygon as a Polygon. */
  drawn?: readonly ('Polygon' | 'MultiPolygon')[];
}

/** Degrees within which the territories of one company lie together, for telling swapped coordinates. */
const TOGETHER = 20;

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

/** So many are named. */
const NAMED = 20;
const someOf = (names: readonly string[]): string =>
  names.slice(0, NAMED).join(', ') + (names.length > NAMED ? ` and ${names.length - NAMED} more` : '');

function staffing(territories: readonly Territory[], active: ReadonlySet<string>): string[] {
  const placed = new Set(territories.flatMap(({ repIds }) => repIds));
  const unstaffed = territories
    .filter(({ repIds }) => !repIds.some((repId) => active.has(repId)))
    .map(({ territoryId, repIds }) => `${territoryId} has no ${repIds.length === 0 ? 'rep' : 'active rep'}`);
  const idle = [...active].filter((repId) => !placed.has(repId)).sort();
  return [...unstaffed, ...(idle.length > 0 ? [`active reps in no territory: ${someOf(idle)}`] : [])];
}

function centreOf({ geometry }: Territory): Position {
  const [west, south, east, north] = boxOf(geometry);
  return [(west + east) / 2, (south + north) / 2];
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Territories far from the company's others that would lie among them with longitude and latitude the other way round. */
function swapped(territories: readonly Territory[], previous: readonly Territory[]): string[] {
  const centres = (previous.length > 0 ? previous : territories).map(centreOf);
  const [lng, lat] = [median(centres.map((centre) => centre[0])), median(centres.map((centre) => centre[1]))];
  const near = (x: number, y: number): boolean => Math.abs(x - lng) <= TOGETHER && Math.abs(y - lat) <= TOGETHER;
  return territories
    .filter((territory) => {
      const [x, y] = centreOf(territory);
      return !near(x, y) && near(y, x);
    })
    .map(({ territoryId }) => `${territoryId} lies far from the others: are its longitudes and latitudes swapped?`);
}

/** Territories in no country that would be in one with longitude and latitude the other way round. */
const abroad = (territories: readonly Territory[]): FieldError[] =>
  territories.flatMap((territory, at) => {
    const [lng, lat] = centreOf(territory);
    const otherwise = Math.abs(lng) <= 90 && isInACountry({ lng: lat, lat: lng });
    if (!otherwise || isInACountry({ lng, lat })) return [];
    const message = `${territory.territoryId} is in no country: are its longitudes and latitudes swapped?`;
    return [{ path: `features.${at}.geometry`, message }];
  });

/** What was left out because it encloses nothing. */
const leftOut = (drawn: readonly Territory[], clean: readonly Territory[]): string[] =>
  drawn.flatMap(({ territoryId, geometry }, at) => {
    const rings = geometry.flat().length - (clean[at]?.geometry.flat().length ?? 0);
    return rings === 0
      ? []
      : [`${rings} ${rings === 1 ? 'ring' : 'rings'} of ${territoryId} enclose nothing: left out`];
  });

/**
 * Checks territories before they are published: boundaries, ids and reps (errors, each with the path in the
 * FeatureCollection), and, if there are none, overlaps with their area and what an admin should know (warnings).
 */
export function checkTerritories(territories: readonly Territory[], against: CheckAgainst): TerritoryCheck {
  const { previous = [], drawn = [] } = against;
  const errors = [
    ...(territories.length === 0 ? [{ path: 'features', message: 'there is no territory' }] : []),
    ...territories.flatMap(({ geometry }, at) =>
      boundaryProblems(
        geometry,
        `features.${at}.geometry`,
        drawn[at] ?? (geometry.length > 1 ? 'MultiPolygon' : 'Polygon'),
      ),
    ),
    ...repeatedIds(territories),
    ...repErrors(territories, against.knownRepIds),
  ];
  if (errors.length === 0) errors.push(...abroad(territories));
  if (errors.length > 0) return { errors, territories: [], overlaps: [], warnings: [] };
  const clean = territories.map((territory) => ({ ...territory, geometry: withoutNeedles(territory.geometry) }));
  const lost = lostGround(previous, clean).map(
    ({ territoryId, squareKilometres }) =>
      `${squareKilometres} square kilometres that were in ${territoryId} are in no territory any more`,
  );
  const warnings = [
    ...staffing(clean, against.activeRepIds),
    ...lost,
    ...swapped(clean, previous),
    ...leftOut(territories, clean),
  ];
  return { errors, territories: clean, overlaps: overlapsOf(clean), warnings };
}
