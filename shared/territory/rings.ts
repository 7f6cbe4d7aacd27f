import { area } from '@turf/area';
import pointInPolygon from 'point-in-polygon-hao';
import findCrossings from 'sweepline-intersections';
import type { FieldError } from '../platform/problem.ts';
import type { Polygon, Ring, Territory } from './territory.ts';

/** A ring closes and encloses something from four positions on (the last is the first again). */
const FEWEST = 4;
/** Square metres under which a ring encloses nothing. */
const NEEDLE = 1;

const squareMetres = (ring: Ring): number => area({ type: 'Polygon', coordinates: [ring] });

/** Where the lines of a polygon cross, other than by touching at a corner. */
function crossings(polygon: Polygon): [number, number][] {
  const corners = new Set(polygon.flat().map(String));
  const found = findCrossings(
    { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: polygon } },
    false,
  );
  return found.filter((place) => !corners.has(String(place)));
}

/** What is wrong with one ring by itself. */
function ringProblem(ring: Ring): string | undefined {
  if (ring.length < FEWEST) return `a ring needs at least ${FEWEST} positions, the first again as the last`;
  if (String(ring[0]) !== String(ring.at(-1))) return 'the ring is not closed: the last position must be the first again';
  if (squareMetres(ring) < NEEDLE) return 'the ring encloses nothing';
  return undefined;
}

function placeProblem([lng, lat]: [number, number]): string | undefined {
  if (Math.abs(lat) > 90) {
    return Math.abs(lng) <= 90 ? `latitude ${lat} is out of range: are longitude and latitude swapped?` : `latitude ${lat} is out of range`;
  }
  return Math.abs(lng) > 180 ? `longitude ${lng} is out of range` : undefined;
}

function polygonProblems(polygon: Polygon, path: string): FieldError[] {
  const errors: FieldError[] = [];
  polygon.forEach((ring, at) => {
    const misplaced = ring.map(placeProblem).findIndex((problem) => problem !== undefined);
    const place = ring[misplaced];
    if (place) errors.push({ path: `${path}.${at}.${misplaced}`, message: placeProblem(place) ?? '' });
    const problem = place ? undefined : ringProblem(ring);
    if (problem) errors.push({ path: `${path}.${at}`, message: problem });
  });
  if (errors.length > 0) return errors;
  const crossing = crossings(polygon)[0];
  if (crossing) return [{ path, message: `the boundary crosses itself at ${crossing[0]}, ${crossing[1]}` }];
  const [shell = [], ...holes] = polygon;
  return holes.flatMap((hole, at) =>
    hole.every((corner) => pointInPolygon(corner, [shell]) !== false)
      ? []
      : [{ path: `${path}.${at + 1}`, message: 'the hole is outside its shell' }],
  );
}

/** What is wrong with a territory's boundary, each at the path of its ring or position below `path`. */
export function boundaryProblems({ geometry }: Territory, path: string, single: boolean): FieldError[] {
  return geometry.flatMap((polygon, at) =>
    polygonProblems(polygon, single ? `${path}.coordinates` : `${path}.coordinates.${at}`),
  );
}
