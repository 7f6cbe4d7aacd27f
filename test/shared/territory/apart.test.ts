import { area } from '@turf/area';
import fc from 'fast-check';
import { intersection } from 'polyclip-ts';
import { describe, expect, it } from 'vitest';
import { areApart, edgesOf } from '../../../shared/territory/apart.ts';
import { boxOf } from '../../../shared/territory/measure.ts';
import type { Polygon } from '../../../shared/territory/point.ts';
import { boundaryProblems } from '../../../shared/territory/rings.ts';

/** Small shapes on a coarse grid, so that corners, edges and T-junctions in common are the rule; some with a hole. */
const corner = fc.tuple(fc.nat(4), fc.nat(4)).map(([x, y]): [number, number] => [120 + x / 10, 31 + y / 10]);
const ring = fc
  .uniqueArray(corner, { minLength: 3, maxLength: 7, selector: String })
  .map((corners) => [...corners, corners[0] ?? [0, 0]]);
const hole = fc.constant<Polygon[number]>([
  [120.1, 31.1],
  [120.2, 31.1],
  [120.2, 31.2],
  [120.1, 31.2],
  [120.1, 31.1],
]);
const shape = fc
  .oneof(
    { weight: 4, arbitrary: ring.map((each): Polygon => [each]) },
    { weight: 1, arbitrary: fc.tuple(ring, hole).map(([shell, inner]): Polygon => [shell, inner]) },
    { weight: 1, arbitrary: hole.map((each): Polygon => [each]) },
  )
  .filter((polygon) => boundaryProblems([polygon], '', 'Polygon').length === 0);

const apart = (a: Polygon[], b: Polygon[]) => {
  const [left, right] = [boxOf(a), boxOf(b)];
  const both = [0, 1].map((at) => Math.max(left[at] ?? 0, right[at] ?? 0));
  const upper = [2, 3].map((at) => Math.min(left[at] ?? 0, right[at] ?? 0));
  return areApart(edgesOf(a), edgesOf(b), [...both, ...upper]);
};

describe('territories that are told to be apart without clipping', () => {
  it('share no ground', () => {
    let [drawn, told] = [0, 0];
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        drawn += 1;
        if (!apart([a], [b])) return;
        told += 1;
        expect(area({ type: 'MultiPolygon', coordinates: intersection(a, b) })).toBeLessThan(100);
      }),
      { numRuns: 3000 },
    );
    expect(told / drawn).toBeGreaterThan(1 / 30);
  });

  it('are neighbours along a border, a territory in the hole of another, and such that meet in a corner', () => {
    const box = (x: number, y: number, size = 0.1): Polygon => [
      [
        [x, y],
        [x + size, y],
        [x + size, y + size],
        [x, y + size],
        [x, y],
      ],
    ];
    const island = box(120.1, 31.1, 0.1);
    const sea: Polygon = [...box(120, 31, 0.3), island[0] ?? []];
    expect(apart([sea], [island])).toBe(true);
    expect(apart([box(120, 31)], [box(120.1, 31.1)])).toBe(true);
    expect(apart([island], [island])).toBe(false);
    expect(apart([box(120, 31, 0.3)], [island])).toBe(false);
    expect(apart([box(120, 31)], [box(120.05, 31)])).toBe(false);
  });
});
