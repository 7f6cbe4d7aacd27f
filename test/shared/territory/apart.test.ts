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

  const ring = (...corners: [number, number][]): Polygon => [[...corners, corners[0] ?? [0, 0]]];
  const square = ring([120, 31], [121, 31], [121, 32], [120, 32]);
  const reversed = (polygon: Polygon): Polygon => polygon.map((each) => each.toReversed());

  it.each([
    ['nothing in common', ring([122, 31], [123, 31], [123, 32])],
    ['the same edge', ring([121, 31], [122, 31], [122, 32], [121, 32])],
    ['the same edge below', ring([120, 30], [121, 30], [121, 31], [120, 31])],
    ['the same slanting edges, corner by corner', ring([121, 31], [122, 31.5], [121, 32])],
    ['a corner, and both its edges leading away', ring([121, 32], [122, 32.5], [121.5, 33])],
    ['a corner, with an edge that goes on along the line of the other', ring([121, 32], [122, 32], [122, 33])],
    ['a corner, with an edge that goes on upwards', ring([121, 32], [121, 33], [120.5, 33])],
    ['boxes alone', ring([121.5, 31.6], [121.5, 32.5], [120.6, 32.5])],
  ])('are such with %s, whichever way their rings run', (_, other) => {
    for (const [a, b] of [
      [square, other],
      [reversed(square), other],
      [square, reversed(other)],
      [reversed(square), reversed(other)],
    ] as const) {
      expect(apart([a], [b])).toBe(true);
      expect(apart([b], [a])).toBe(true);
    }
  });

  it.each([
    ['crosses an edge', ring([120.5, 31.5], [122, 31.4], [122, 31.6])],
    ['ends in the middle of an edge', ring([121, 31.5], [122, 31.4], [122, 31.6])],
    ['shares a part of an edge', ring([121, 31.2], [122, 31.2], [122, 31.8], [121, 31.8])],
    ['shares an edge longer than ours', ring([121, 30.5], [122, 30.5], [122, 32.5], [121, 32.5])],
    ['shares an edge and a corner, from the same side', ring([121, 31], [121, 32], [120.5, 31.5])],
    ['lies within', ring([120.2, 31.2], [120.8, 31.2], [120.5, 31.8])],
    ['lies around', ring([119, 30], [122, 30], [122, 33], [119, 33])],
    ['shares a corner, and runs along the edge beside it', ring([121, 32], [121, 31.5], [122, 31.5])],
    ['shares a corner, and runs along the edge below', ring([121, 31], [120.5, 31], [120.5, 30])],
    ['shares a corner, and leads inside', ring([121, 32], [120.5, 31.4], [120.4, 31.6])],
    ['covers it, by other corners', ring([120, 31], [120.5, 31], [121, 31], [121, 32], [120, 32])],
    ['crosses it like a cross', ring([119, 31.4], [122, 31.4], [122, 31.6], [119, 31.6])],
  ])('are not certainly such where one %s', (_, other) => {
    for (const [a, b] of [
      [square, other],
      [other, square],
      [reversed(square), other],
      [square, reversed(other)],
    ] as const)
      expect(apart([a], [b])).toBe(false);
  });

  it('are such only if each part is', () => {
    const [far, near] = [ring([130, 31], [131, 31], [131, 32]), ring([120.2, 31.2], [120.8, 31.2], [120.5, 31.8])];
    expect(apart([square], [far, ring([122, 31], [123, 31], [123, 32])])).toBe(true);
    expect(apart([square], [far, near])).toBe(false);
    expect(apart([far, square], [near])).toBe(false);
  });

  it('may have corners that are repeated, and nothing at all', () => {
    expect(apart([ring([122, 31], [122, 31], [123, 31], [123, 32])], [square])).toBe(true);
    expect(apart([ring([121, 31], [121, 31], [122, 31], [122, 32], [121, 32])], [square])).toBe(true);
    expect(edgesOf([]).from).toEqual([]);
  });
});
