import type { Place, Ring } from '../../../shared/territory/point.ts';

const A = 6_378_137;
const F = 1 / 298.257223563;
const B = A * (1 - F);
const rad = (degrees: number): number => (degrees * Math.PI) / 180;

/** Metres between two places on the WGS-84 ellipsoid by Vincenty's inverse formula. */
export function geodesic(from: Place, to: Place): number {
  const L = rad(to.lng - from.lng);
  const [u1, u2] = [Math.atan((1 - F) * Math.tan(rad(from.lat))), Math.atan((1 - F) * Math.tan(rad(to.lat)))];
  const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = L;
  for (let round = 0; round < 100; round++) {
    const [sl, cl] = [Math.sin(lambda), Math.cos(lambda)];
    const sinSigma = Math.hypot(c2 * sl, c1 * s2 - s1 * c2 * cl);
    if (sinSigma === 0) return 0;
    const cosSigma = s1 * s2 + c1 * c2 * cl;
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (c1 * c2 * sl) / sinSigma;
    const cos2Alpha = 1 - sinAlpha ** 2;
    const mid = cos2Alpha === 0 ? 0 : cosSigma - (2 * s1 * s2) / cos2Alpha;
    const C = (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha));
    const before = lambda;
    lambda = L + (1 - C) * F * sinAlpha * (sigma + C * sinSigma * (mid + C * cosSigma * (2 * mid ** 2 - 1)));
    if (Math.abs(lambda - before) > 1e-12) continue;
    const u = (cos2Alpha * (A ** 2 - B ** 2)) / B ** 2;
    const P = 1 + (u / 16384) * (4096 + u * (u * (320 - 175 * u) - 768));
    const Q = (u / 1024) * (256 + u * (u * (74 - 47 * u) - 128));
    const third = (Q / 6) * mid * (4 * sinSigma ** 2 - 3) * (4 * mid ** 2 - 3);
    return B * P * (sigma - Q * sinSigma * (mid + (Q / 4) * (cosSigma * (2 * mid ** 2 - 1) - third)));
  }
  throw new Error('the places are nearly antipodal');
}

/** Metres to the nearest of very many places on a ring's edges: slow, and owing nothing to planes. */
export function metresToRing(ring: Ring, place: Place, steps = 400): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const [at, to] of ring.slice(1).entries()) {
    const from = ring[at] ?? to;
    const metres = (share: number): number =>
      geodesic(place, { lng: from[0] + share * (to[0] - from[0]), lat: from[1] + share * (to[1] - from[1]) });
    let [best, least] = [0, Number.POSITIVE_INFINITY];
    for (let step = 0; step <= steps; step++) {
      const here = metres(step / steps);
      if (here < least) [best, least] = [step / steps, here];
    }
    // Closing in on the best stretch by thirds.
    let [low, high] = [Math.max(0, best - 1 / steps), Math.min(1, best + 1 / steps)];
    for (let round = 0; round < 40; round++) {
      const third = (high - low) / 3;
      if (metres(low + third) < metres(high - third)) high -= third;
      else low += third;
    }
    nearest = Math.min(nearest, metres((low + high) / 2), least);
  }
  return nearest;
}
