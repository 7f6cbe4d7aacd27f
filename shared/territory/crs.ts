import gcoord from 'gcoord';
import type { Place, Point, Polygon, Position, Ring } from './point.ts';

/** The coordinate systems understood. */
export type Crs = Point['crs'];

const systems = { WGS84: gcoord.WGS84, GCJ02: gcoord.GCJ02, BD09: gcoord.BD09 } as const;

/** Degrees between the corners that are put into a long straight edge before it is converted. */
const STEP = 0.01;
/** Corners put into one edge at most. */
const MOST = 1000;

/** The place in WGS-84, from whatever system it was given in. The systems lie some 400 m apart in China. */
export function toWgs84({ lng, lat, crs }: Point): Place {
  const [x, y] = convert([lng, lat], crs);
  return { lng: x, lat: y };
}

/**
 * The polygons in WGS-84. A line that is straight in GCJ-02 or BD-09 is not quite straight in WGS-84 (tens of metres on a
 * long one), so long edges get corners on the way; an edge that two neighbours share gets the same ones in both. A ring
 * with a corner that is no place on earth stays as it is, for the check to name.
 */
export function polygonsToWgs84(polygons: Polygon[], crs: Crs): Polygon[] {
  if (crs === 'WGS84') return polygons;
  return polygons.map((rings) =>
    rings.map((ring) => (ring.every(isOnEarth) ? densified(ring).map((corner) => convert(corner, crs)) : ring)),
  );
}

/** Whether longitude and latitude are within range. */
export const isOnEarth = ([lng, lat]: Position): boolean => Math.abs(lng) <= 180 && Math.abs(lat) <= 90;

function convert([lng, lat]: Position, crs: Crs): Position {
  if (crs === 'WGS84') return [lng, lat];
  const [x, y] = gcoord.transform([lng, lat], systems[crs], gcoord.WGS84);
  return [x, y];
}

function densified(ring: Ring): Ring {
  return ring.flatMap((corner, at) => {
    const next = ring[at + 1];
    return next ? [corner, ...between(corner, next)] : [corner];
  });
}

/** Corners on the way, at round degrees of the axis along which the edge is longer. */
function between(from: Position, to: Position): Position[] {
  const axis = Math.abs(to[0] - from[0]) >= Math.abs(to[1] - from[1]) ? 0 : 1;
  // Always reckoned from the same end, so that a shared edge gives the same corners both ways round.
  const [low, high] = from[axis] < to[axis] ? [from, to] : [to, from];
  const length = high[axis] - low[axis];
  const step = Math.max(STEP, length / MOST);
  const corners: Position[] = [];
  for (let count = Math.floor(low[axis] / step) + 1; count * step < high[axis]; count++) {
    const share = (count * step - low[axis]) / length;
    corners.push([low[0] + share * (high[0] - low[0]), low[1] + share * (high[1] - low[1])]);
  }
  return low === from ? corners : corners.reverse();
}
