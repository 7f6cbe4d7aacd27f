import type { Place, Polygon, Position, Ring } from './point.ts';

/** West, south, east, north, in degrees. */
export type Box = [number, number, number, number];

/** Half the longer axis of the WGS-84 ellipsoid in metres, and the square of its eccentricity. */
const AXIS = 6_378_137;
const ECCENTRICITY = 0.006_694_379_990_14;
const RADIANS = Math.PI / 180;

/** Metres of one degree of latitude, and of one degree of longitude at the equator of the sphere that fits there. */
function metresPerDegree(lat: number): { north: number; round: number } {
  const flattening = 1 - ECCENTRICITY * Math.sin(lat * RADIANS) ** 2;
  const round = (AXIS / Math.sqrt(flattening)) * RADIANS;
  return { north: (round * (1 - ECCENTRICITY)) / flattening, round };
}

/** The box around the polygons. */
export function boxOf(polygons: readonly Polygon[]): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of polygons) {
    for (const ring of polygon) {
      for (const [lng, lat] of ring) {
        if (lng < box[0]) box[0] = lng;
        if (lat < box[1]) box[1] = lat;
        if (lng > box[2]) box[2] = lng;
        if (lat > box[3]) box[3] = lat;
      }
    }
  }
  return box;
}

/** The box, larger by at least so many metres on every side. */
export function widened([west, south, east, north]: Box, metres: number): Box {
  // One per cent more, for the changing curvature of the earth.
  const up = (metres * 1.01) / metresPerDegree(0).north;
  // Degrees of longitude shrink towards the poles.
  const farthest = Math.min(89.9, Math.max(Math.abs(south), Math.abs(north)) + up);
  const across = up / Math.cos(farthest * RADIANS);
  return [west - across, south - up, east + across, north + up];
}

/** Whether the place is in the box or on its edge. */
export const isIn = ([west, south, east, north]: Box, { lng, lat }: Place): boolean =>
  lng >= west && lng <= east && lat >= south && lat <= north;

/**
 * Metres from a place to the nearest edge of the rings, whose edges are straight in degrees (as GeoJSON has it). The nearest
 * point of each edge is found on a plane laid to the WGS-84 ellipsoid at the place, and its distance reckoned at the latitude
 * half way there: true to 0.2 % within 100 km, at any inhabited latitude. Infinite when there are no edges.
 */
export function distanceToRings(rings: readonly Ring[], { lng, lat }: Place): number {
  const { north, round } = metresPerDegree(lat);
  const east = round * Math.cos(lat * RADIANS);
  // How east and west narrow per metre to the north, and the square of the latitude half way per square metre.
  const halfWay = RADIANS / 2 / north;
  const narrowing = Math.tan(lat * RADIANS) * halfWay;
  const bending = (halfWay * halfWay) / 2;
  let nearest = Number.POSITIVE_INFINITY;
  for (const ring of rings) {
    let ax = 0;
    let ay = 0;
    for (let at = 0; at < ring.length; at++) {
      const [cornerLng, cornerLat] = ring[at] as Position;
      const bx = (cornerLng - lng) * east;
      const by = (cornerLat - lat) * north;
      if (at > 0) {
        const along = nearestShare(ax, ay, bx, by);
        const y = ay + along * (by - ay);
        const x = (ax + along * (bx - ax)) * (1 - y * (narrowing + y * bending));
        nearest = Math.min(nearest, x * x + y * y);
      }
      ax = bx;
      ay = by;
    }
  }
  return Math.sqrt(nearest);
}

/** How far along the segment, from 0 to 1, its nearest point to the origin is. */
function nearestShare(ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  return length === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length));
}
