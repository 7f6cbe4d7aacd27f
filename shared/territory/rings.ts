import pointInPolygon from 'point-in-polygon-hao';
import findCrossings from 'sweepline-intersections';
import type { FieldError } from '../platform/problem.ts';
import { isOnEarth } from './crs.ts';
import { distanceToRings } from './measure.ts';
import type { Polygon, Position, Ring } from './point.ts';

/** A ring closes and encloses something from four positions on (the last is the first again). */
const FEWEST = 4;
/** Square metres under which a ring encloses nothing. */
const NEEDLE = 1;
/** Roughly; on the sphere of the earth's mean radius. */
const METRES_PER_DEGREE = 111_195;
/** Degrees (0.1 mm) within which a place is a corner. */
const TOUCH = 1e-9;

/** Area of a ring as drawn on a sheet of degrees, whose straight lines are those of the boundary. */
function squareMetres(ring: Ring): number {
  const [[x0, y0] = [0, 0]] = ring;
  let twice = 0;
  let [south, north] = [y0, y0];
  for (const [at, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[at + 1] ?? [x, y];
    twice += (x - x0) * (nextY - y0) - (nextX - x0) * (y - y0);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  // Where it is widest: at a pole, where a ring may begin, a degree of longitude has no length.
  const nearestEquator = Math.max(south, -north, 0);
  return (Math.abs(twice) / 2) * METRES_PER_DEGREE ** 2 * Math.cos((nearestEquator * Math.PI) / 180);
}

const isSame = ([ax, ay]: Position, [bx, by]: Position): boolean =>
  Math.abs(ax - bx) <= TOUCH && Math.abs(ay - by) <= TOUCH;

/** Which side of the line from a to b the place is on: -1, 1, or 0 on it. */
function sideOf([ax, ay]: Position, [bx, by]: Position, [x, y]: Position): number {
  const across = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / Math.hypot(bx - ax, by - ay);
  return Math.abs(across) <= TOUCH ? 0 : Math.sign(across);
}

/** Whether the lines go through each other at this corner, instead of one touching the other and turning back. */
function passesThrough(rings: Polygon, corner: Position): boolean {
  const edges = rings.flatMap((ring) => ring.slice(1).map((to, at): [Position, Position] => [ring[at] ?? to, to]));
  const ending = edges.filter(([from, to]) => isSame(from, corner) !== isSame(to, corner));
  const through = edges.filter(
    ([from, to]) =>
      !isSame(from, corner) &&
      !isSame(to, corner) &&
      sideOf(from, to, corner) === 0 &&
      (corner[0] - from[0]) * (corner[0] - to[0]) + (corner[1] - from[1]) * (corner[1] - to[1]) < 0,
  );
  const ways = [...ending.flat().filter((end) => !isSame(end, corner)), ...through.flat()];
  return through.some(([from, to]) => new Set(ways.map((way) => sideOf(from, to, way)).filter(Boolean)).size > 1);
}

/** The first place where the rings' lines cross each other or themselves; touching at a corner is no crossing. */
function crossing(rings: Polygon): Position | undefined {
  // The sweep loses its way on edges of no length.
  const coordinates = rings.map((ring) => ring.filter((corner, at) => String(corner) !== String(ring[at - 1])));
  const met = findCrossings({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates } }, false);
  return met.find((place) => {
    const corner = rings.flat().find((known) => isSame(known, place));
    return corner === undefined || passesThrough(rings, corner);
  });
}

function placeProblem([lng, lat]: Position): string {
  if (Math.abs(lat) <= 90) return `longitude ${lng} is out of range`;
  const hint = Math.abs(lng) <= 90 && Math.abs(lat) <= 180 ? ': are longitude and latitude swapped?' : '';
  return `latitude ${lat} is out of range${hint}`;
}

/** What is wrong with one ring by itself. */
function ringProblem(ring: Ring, path: string): FieldError | undefined {
  const misplaced = ring.findIndex((corner) => !isOnEarth(corner));
  const place = ring[misplaced];
  if (place) return { path: `${path}.${misplaced}`, message: placeProblem(place) };
  if (String(ring[0]) !== String(ring.at(-1))) {
    return { path, message: 'the ring is not closed: the last position must be the first again' };
  }
  if (ring.length < FEWEST) {
    return { path, message: `a ring needs at least ${FEWEST} positions, the first again as the last` };
  }
  const met = crossing([ring]);
  if (met) return { path, message: `the ring crosses itself at ${met.join(', ')}` };
  return enclosesNothing(ring) ? { path, message: NOTHING } : undefined;
}

const NOTHING = 'the ring encloses nothing';

const enclosesNothing = (ring: Ring): boolean => squareMetres(ring) < NEEDLE;

/**
 * The polygons without holes and parts that enclose nothing, such as simplifying leaves behind. What would leave nothing of a
 * polygon or of the whole stays, for the check to name.
 */
export function withoutNeedles(geometry: Polygon[]): Polygon[] {
  const whole = geometry.map((rings) => rings.filter((ring, at) => at === 0 || !enclosesNothing(ring)));
  const parts = whole.filter(([shell]) => shell && !enclosesNothing(shell));
  return parts.length > 0 ? parts : whole;
}

const isInOrOn = (shell: Ring, [lng, lat]: Position): boolean =>
  pointInPolygon([lng, lat], [shell]) !== false || distanceToRings([shell], { lng, lat }) < 0.001;

/** What is wrong with a polygon; that a ring encloses nothing is no error where it can be left out (see withoutNeedles). */
function polygonProblems(polygon: Polygon, path: string, isOneOfSeveral: boolean): FieldError[] {
  const errors = polygon
    .flatMap((ring, at) => ringProblem(ring, `${path}.${at}`) ?? [])
    .filter((error) => error.message !== NOTHING || (error.path === `${path}.0` && !isOneOfSeveral));
  const [shell, ...holes] = polygon;
  if (!shell) return [{ path, message: 'the polygon has no ring' }];
  if (errors.length > 0 || holes.length === 0) return errors;
  const astray = holes.flatMap((hole, at) =>
    enclosesNothing(hole) || hole.every((corner) => isInOrOn(shell, corner))
      ? []
      : [{ path: `${path}.${at + 1}`, message: 'the hole is outside its shell' }],
  );
  if (astray.length > 0) return astray;
  const met = crossing(polygon.filter((ring, at) => at === 0 || !enclosesNothing(ring)));
  return met ? [{ path, message: `the polygon's rings cross each other at ${met.join(', ')}` }] : [];
}

/**
 * What is wrong with a territory's boundary, each at the path of its ring or position below `path`; `drawn` says as which
 * type of GeoJSON geometry it was given.
 */
export function boundaryProblems(geometry: Polygon[], path: string, drawn: 'Polygon' | 'MultiPolygon'): FieldError[] {
  if (geometry.length === 0) return [{ path: `${path}.coordinates`, message: 'the territory has no polygon' }];
  const solid = geometry.filter(([shell]) => shell && !enclosesNothing(shell)).length > 0;
  return geometry.flatMap((polygon, at) =>
    polygonProblems(polygon, drawn === 'Polygon' ? `${path}.coordinates` : `${path}.coordinates.${at}`, solid),
  );
}
