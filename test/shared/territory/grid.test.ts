import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellAt, gridOver } from '../../../shared/territory/grid.ts';
import {
  type Box,
  boxOf,
  planeAt,
  squareDistance,
  squareDistanceToBox,
  widened,
} from '../../../shared/territory/measure.ts';
import { rectangle } from './shapes.ts';

const degrees = (most: number) => fc.integer({ min: 0, max: most * 10 }).map((n) => n / 10);
const box = fc
  .tuple(degrees(20), degrees(20), degrees(8), degrees(8))
  .map(([x, y, width, height]): Box => [x, y, x + width + 0.1, y + height + 0.1]);

describe('a grid over boxes', () => {
  it('has in each place’s cell every box that holds the place, once', () => {
    fc.assert(
      fc.property(fc.array(box, { minLength: 1, maxLength: 40 }), degrees(29), degrees(29), (boxes, x, y) => {
        const grid = gridOver(boxes);
        const cell = cellAt(grid, x, y);
        const [west, south, east, north] = grid.box;
        const outside = x < west || x > east || y < south || y > north;
        expect(cell < 0).toBe(outside);
        if (outside) return;
        expect(cell).toBeLessThan(grid.columns * grid.rows);
        const here = [...grid.entries.subarray(grid.cellFrom[cell], grid.cellFrom[cell + 1])];
        expect(new Set(here).size).toBe(here.length);
        for (const [at, [left, low, right, up]] of boxes.entries())
          if (left <= x && x <= right && low <= y && y <= up) expect(here).toContain(at);
      }),
    );
  });

  it('is fine where boxes are small, and coarse where they are large', () => {
    const small = gridOver(Array.from({ length: 25 }, (_, n): Box => [n, n, n + 0.1, n + 0.1]));
    expect([small.columns, small.rows]).toEqual([20, 20]);
    const large = gridOver(Array.from({ length: 25 }, (): Box => [0, 0, 10, 10]));
    expect(large.columns).toBe(5);
    expect(large.entries.length).toBeLessThanOrEqual(64 * 25);
    expect(large.cellFrom.at(-1)).toBe(large.entries.length);
    expect([...gridOver([[0, 0, 1, 1]]).entries].every((each) => each === 0)).toBe(true);
  });

  it('over nothing has nothing', () => {
    const none = gridOver([]);
    expect([none.columns, none.rows, none.entries.length, cellAt(none, 0, 0)]).toEqual([1, 1, 0, -1]);
  });

  it('has its corners in it, and nothing beyond', () => {
    const grid = gridOver([
      [0, 0, 10, 10],
      [20, 20, 30, 30],
    ]);
    expect([cellAt(grid, 0, 0), cellAt(grid, 30, 30)]).toEqual([0, grid.columns * grid.rows - 1]);
    for (const [x, y] of [
      [-0.1, 5],
      [30.1, 5],
      [5, -0.1],
      [5, 30.1],
    ] as const)
      expect(cellAt(grid, x, y)).toBe(-1);
  });
});

describe('a box', () => {
  it('is as large as what is in it', () => {
    expect(boxOf([[rectangle(1, 2, 3, 4)], [rectangle(-1, 3, 2, 5)]])).toEqual([-1, 2, 3, 5]);
  });

  it('widened by metres holds all that is so near, and little more', () => {
    fc.assert(
      fc.property(fc.integer({ min: -70, max: 70 }), fc.integer({ min: 100, max: 50_000 }), (south, metres) => {
        const [west, low, east, up] = widened([10, south, 11, south + 1], metres);
        for (const [lng, lat] of [
          [west, south],
          [east, south + 1],
          [10, low],
          [11, up],
        ] as const) {
          const plane = planeAt({ lng, lat });
          const corners = Float64Array.from(rectangle(10, south, 11, south + 1).flat());
          const away = Math.sqrt(squareDistance(corners, 0, 4, plane));
          expect(away).toBeGreaterThanOrEqual(metres);
          expect(away).toBeLessThan(metres * 1.1);
        }
      }),
    );
  });

  it('is never reckoned to be farther than an edge in it, and hardly nearer', () => {
    const near = fc.record({
      lng: fc.integer({ min: -300, max: 1300 }).map((n) => 10 + n / 1000),
      lat: fc.integer({ min: -300, max: 1300 }).map((n) => n / 1000),
    });
    fc.assert(
      fc.property(fc.constantFrom(-60, -20, 0, 31, 65), near, (south, { lng, lat }) => {
        const plane = planeAt({ lng, lat: south + lat });
        const corners = Float64Array.from(rectangle(10, south, 11, south + 1).flat());
        const [toBox, toEdges] = [
          Math.sqrt(squareDistanceToBox(Float64Array.from([10, south, 11, south + 1]), 0, plane)),
          Math.sqrt(squareDistance(corners, 0, 4, plane)),
        ];
        expect(toBox).toBeLessThanOrEqual(toEdges + 1e-6);
        const inside = lng >= 10 && lng <= 11 && lat >= 0 && lat <= 1;
        if (inside) expect(toBox).toBe(0);
        else expect(toBox).toBeGreaterThan(toEdges * 0.9);
      }),
    );
  });
});
