import Flatbush from 'flatbush';
import pointInPolygon from 'point-in-polygon-hao';
import type { Polygon, Position, Ring } from './point.ts';

/** A territory's edges, all with its ground to their left, and an index over them. */
export interface Edges {
  readonly geometry: readonly Polygon[];
  readonly from: readonly Position[];
  readonly to: readonly Position[];
  readonly boxes: Flatbush;
}

const same = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1];

/** Twice the area to the left of the ring. */
const turning = (ring: Ring): number => {
  const [x0, y0] = ring[0] ?? [0, 0];
  return ring.slice(1).reduce((sum, [x, y], at) => {
    const [px, py] = ring[at] as Position;
    return sum + (px - x0) * (y - y0) - (x - x0) * (py - y0);
  }, 0);
};

/** The edges of polygons with closed rings. */
export function edgesOf(geometry: readonly Polygon[]): Edges {
  const from: Position[] = [];
  const to: Position[] = [];
  for (const polygon of geometry) {
    for (const [at, ring] of polygon.entries()) {
      const leftward = turning(ring) > 0 === (at === 0);
      for (let n = 1; n < ring.length; n += 1) {
        const [a, b] = [ring[n - 1] as Position, ring[n] as Position];
        if (same(a, b)) continue;
        from.push(leftward ? a : b);
        to.push(leftward ? b : a);
      }
    }
  }
  const boxes = new Flatbush(Math.max(1, from.length));
  from.forEach(([x, y], at) => {
    const [toX, toY] = to[at] as Position;
    boxes.add(Math.min(x, toX), Math.min(y, toY), Math.max(x, toX), Math.max(y, toY));
  });
  if (from.length === 0) boxes.add(0, 0, 0, 0);
  boxes.finish();
  return { geometry, from, to, boxes };
}

/** Degrees (0.1 mm): nearer than this, two places may be the same. */
const TOUCH = 1e-9;

/** How far the place is to the left of the line, in degrees; 0 when it may be on it. */
function leftOf(a: Position, b: Position, [x, y]: Position): number {
  const across = (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]);
  return Math.abs(across) <= TOUCH * Math.hypot(b[0] - a[0], b[1] - a[1]) ? 0 : across;
}

/** Whether two edges that are not the same one may meet anywhere but in a corner of both. */
function mayMeet(a: Position, b: Position, c: Position, d: Position): boolean {
  const [common, end, other] = same(a, c) ? [a, b, d] : same(a, d) ? [a, b, c] : same(b, c) ? [b, a, d] : [b, a, c];
  if (same(common, c) || same(common, d)) {
    // From a common corner they go different ways, unless one lies on the other.
    if (leftOf(common, end, other) !== 0 || leftOf(common, other, end) !== 0) return false;
    return (end[0] - common[0]) * (other[0] - common[0]) + (end[1] - common[1]) * (other[1] - common[1]) > 0;
  }
  const [c1, d1, a1, b1] = [leftOf(a, b, c), leftOf(a, b, d), leftOf(c, d, a), leftOf(c, d, b)];
  return !((c1 > 0 && d1 > 0) || (c1 < 0 && d1 < 0) || (a1 > 0 && b1 > 0) || (a1 < 0 && b1 < 0));
}

/** The edges of `a` that are not also edges of `b`, in the other direction; undefined when the two may share ground there. */
function ownEdges(a: Edges, b: Edges, [west, south, east, north]: readonly number[]): number[] | undefined {
  const own: number[] = [];
  for (const at of a.boxes.search(west as number, south as number, east as number, north as number)) {
    const [from, to] = [a.from[at], a.to[at]];
    if (!from || !to) continue;
    const [left, right] = from[0] < to[0] ? [from[0], to[0]] : [to[0], from[0]];
    const [low, high] = from[1] < to[1] ? [from[1], to[1]] : [to[1], from[1]];
    let shared = false;
    for (const other of b.boxes.search(left - TOUCH, low - TOUCH, right + TOUCH, high + TOUCH)) {
      const [begin, end] = [b.from[other], b.to[other]];
      if (!begin || !end) continue;
      if (same(from, end) && same(to, begin)) shared = true;
      else if (same(from, begin) && same(to, end)) return undefined;
      else if (mayMeet(from, to, begin, end)) return undefined;
    }
    if (!shared) own.push(at);
  }
  return own;
}

const isInside = (geometry: readonly Polygon[], [x, y]: Position): boolean =>
  geometry.some((polygon) => pointInPolygon([x, y], polygon) !== false);

/** Whether none of these edges of `a` runs inside `b`: they do not meet its edges, so the middle of each tells. */
const outside = (edges: readonly number[], a: Edges, b: Edges): boolean =>
  edges.every((at) => {
    const [from, to] = [a.from[at] as Position, a.to[at] as Position];
    return !isInside(b.geometry, [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]);
  });

/**
 * Whether two territories certainly share no ground: where they touch, they have the very same edges or corners, with their
 * ground to different sides, and no edge of one runs inside the other. False when that is not certain. Much quicker than
 * clipping one by the other. `both` is the box (west, south, east, north) that both of their boxes have in common.
 */
export function areApart(a: Edges, b: Edges, both: readonly number[]): boolean {
  const ofA = ownEdges(a, b, both);
  const ofB = ofA && ownEdges(b, a, both);
  return ofB !== undefined && outside(ofA ?? [], a, b) && outside(ofB, b, a);
}
