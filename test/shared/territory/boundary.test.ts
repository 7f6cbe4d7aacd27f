import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { locate } from '../../../shared/territory/boundary.ts';
import { compileTerritories } from '../../../shared/territory/index-file.ts';
import type { Place } from '../../../shared/territory/point.ts';
import type { Territory } from '../../../shared/territory/territory.ts';
import { metresToRing } from './geodesic.ts';
import { rectangle, territory } from './shapes.ts';

const find = (territories: Territory[], place: Place) => locate(compileTerritories(territories), place);
const ids = (territories: Territory[], place: Place) => find(territories, place).map(({ territoryId }) => territoryId);

/** West and east of 120.6° E, between 31.2° and 31.4° N. */
const west = (more: Partial<Territory> = {}) => territory('west', rectangle(120.4, 31.2, 120.6, 31.4), more);
const east = (more: Partial<Territory> = {}) => territory('east', rectangle(120.6, 31.2, 120.8, 31.4), more);
/** Longitude so many metres east of the border at 31.3° N. */
const beside = (metres: number): Place => ({ lng: 120.6 + metres / 95_219, lat: 31.3 });

describe('a place', () => {
  test('is in the territory around it and in no other', () => {
    expect(find([west(), east()], { lng: 120.5, lat: 31.3 })).toEqual([
      { territoryId: 'west', inside: true, insideBuffer: false, metresToBoundary: expect.closeTo(9_521, -2) },
    ]);
    expect(find([west(), east()], { lng: 100, lat: 31.3 })).toEqual([]);
    expect(find([], { lng: 100, lat: 31.3 })).toEqual([]);
  });

  test('on a shared edge, or on a shared corner, is in both territories', () => {
    const both = [
      { territoryId: 'east', inside: true, insideBuffer: true, metresToBoundary: 0 },
      { territoryId: 'west', inside: true, insideBuffer: true, metresToBoundary: 0 },
    ];
    expect(find([west(), east()], { lng: 120.6, lat: 31.3 })).toEqual(both);
    expect(find([west(), east()], { lng: 120.6, lat: 31.4 })).toEqual(both);
  });

  test('on a slanting shared edge is in both, though no number lies exactly on it', () => {
    const left = territory('left', [
      [120, 31],
      [120.7, 31],
      [120.3, 31.9],
      [120, 31.9],
      [120, 31],
    ]);
    const right = territory('right', [
      [120.7, 31],
      [121, 31],
      [121, 31.9],
      [120.3, 31.9],
      [120.7, 31],
    ]);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        const place = { lng: 120.7 + share * (120.3 - 120.7), lat: 31 + share * (31.9 - 31) };
        expect(
          find([left, right], place)
            .map(({ territoryId, inside }) => [territoryId, inside])
            .sort(),
        ).toEqual([
          ['left', true],
          ['right', true],
        ]);
      }),
    );
  });

  test('in a hole is outside, and on its edge inside', () => {
    const ring = territory('ring', [], {
      geometry: [[rectangle(120, 31, 121, 32), rectangle(120.4, 31.4, 120.6, 31.6)]],
      bufferMetres: 100,
    });
    expect(ids([ring], { lng: 120.5, lat: 31.5 })).toEqual([]);
    expect(find([ring], { lng: 120.4, lat: 31.5 })).toMatchObject([{ inside: true, metresToBoundary: 0 }]);
    expect(find([ring], { lng: 120.4005, lat: 31.5 })).toMatchObject([{ inside: false, insideBuffer: true }]);
    expect(find([ring], { lng: 120.39, lat: 31.5 })).toMatchObject([{ inside: true, insideBuffer: false }]);
  });

  test('in any part of a territory of several polygons is in it', () => {
    const parts = territory('parts', [], { geometry: [[rectangle(120, 31, 121, 32)], [rectangle(122, 31, 123, 32)]] });
    expect(ids([parts], { lng: 120.5, lat: 31.5 })).toEqual(['parts']);
    expect(ids([parts], { lng: 122.5, lat: 31.5 })).toEqual(['parts']);
    expect(ids([parts], { lng: 121.5, lat: 31.5 })).toEqual([]);
  });
});

describe('within a buffer of a border', () => {
  test.each([
    ['the territory that the place is in', 0, 500],
    ['the territory across the border', 500, 0],
    ['both', 500, 500],
  ])('of %s, the reps of both sides are candidates', (_, westBuffer, eastBuffer) => {
    const both = [west({ bufferMetres: westBuffer }), east({ bufferMetres: eastBuffer })];
    expect(find(both, beside(300))).toEqual([
      { territoryId: 'east', inside: true, insideBuffer: true, metresToBoundary: expect.closeTo(300, 0) },
      { territoryId: 'west', inside: false, insideBuffer: true, metresToBoundary: expect.closeTo(300, 0) },
    ]);
    expect(find(both, beside(600))).toEqual([
      { territoryId: 'east', inside: true, insideBuffer: false, metresToBoundary: expect.closeTo(600, 0) },
    ]);
  });

  test('a place outside every territory belongs to those that reach it', () => {
    expect(find([east({ bufferMetres: 500 })], beside(-300))).toEqual([
      { territoryId: 'east', inside: false, insideBuffer: true, metresToBoundary: expect.closeTo(300, 0) },
    ]);
    expect(find([east({ bufferMetres: 500 })], beside(-501))).toEqual([]);
  });

  test('one side is a mirror of the other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.nat(2000), fc.nat(2000), (metres, a, b) => {
        fc.pre(Math.abs(metres - Math.max(a, b)) > 1);
        const territories = [west({ bufferMetres: a }), east({ bufferMetres: b })];
        const there = find(territories, beside(metres));
        const here = find(territories, beside(-metres));
        expect([there[0]?.territoryId, here[0]?.territoryId]).toEqual(['east', 'west']);
        expect([there.length, here.length]).toEqual(metres <= Math.max(a, b) ? [2, 2] : [1, 1]);
        expect(here.map(({ insideBuffer }) => insideBuffer)).toEqual(there.map(({ insideBuffer }) => insideBuffer));
      }),
    );
  });
});

describe('where territories overlap', () => {
  const small = (more: Partial<Territory> = {}) => territory('small', rectangle(120.5, 31.25, 120.6, 31.35), more);

  test('the higher priority comes first', () => {
    const place = { lng: 120.55, lat: 31.3 };
    expect(ids([west(), small({ priority: 1 })], place)).toEqual(['small', 'west']);
    expect(ids([west({ priority: 2 }), small({ priority: 1 })], place)).toEqual(['west', 'small']);
  });

  test('of the same priority, the one that the place is deepest in', () => {
    expect(ids([small(), west()], { lng: 120.55, lat: 31.26 })).toEqual(['west', 'small']);
  });

  test('a place inside comes before one that only reaches it', () => {
    expect(ids([east({ bufferMetres: 5000 }), west()], beside(-3000))).toEqual(['west', 'east']);
  });
});

const degrees = (min: number, max: number) =>
  fc.integer({ min: min * 20, max: max * 20 }).map((twentieth) => twentieth / 20);

test('every place has one answer, in whatever order the territories are given', () => {
  const some = fc.uniqueArray(
    fc.record({
      territoryId: fc.stringMatching(/^[a-z]{1,3}$/),
      west: degrees(0, 1),
      south: degrees(50, 51),
      wide: degrees(1, 2).map((size) => size / 4),
      bufferMetres: fc.constantFrom(0, 0, 500, 5000),
      priority: fc.constantFrom(0, 0, 1),
    }),
    { selector: ({ territoryId }) => territoryId, minLength: 1, maxLength: 8 },
  );
  const cases = some.chain((drawn) =>
    fc.tuple(fc.constant(drawn), fc.shuffledSubarray(drawn, { minLength: drawn.length })),
  );
  fc.assert(
    fc.property(cases, degrees(0, 1.5), degrees(50, 51.5), ([drawn, shuffled], lng, lat) => {
      const made = (list: typeof drawn) =>
        list.map(({ territoryId, west: w, south, wide, ...more }) =>
          territory(territoryId, rectangle(w, south, w + wide, south + wide), more),
        );
      expect(find(made(shuffled), { lng, lat })).toEqual(find(made(drawn), { lng, lat }));
    }),
  );
});

describe('the distance to the boundary', () => {
  test.each([0, 31, 50, 60])('is true to half a per cent of the ellipsoid at %i° N', (south) => {
    const offset = fc.double({ min: -0.4, max: 0.4, noNaN: true });
    fc.assert(
      fc.property(offset, offset, fc.double({ min: -0.2, max: 0.2, noNaN: true }), (x, y, slant) => {
        const ring = rectangle(7, south, 7.5, south + 0.4).map(([lng, lat]): [number, number] => [
          lng + slant * (lat - south),
          lat + slant * (lng - 7),
        ]);
        const place = { lng: 7.25 + x, lat: south + 0.2 + y };
        const [hit] = find([territory('t', ring, { bufferMetres: 50_000 })], place);
        const metres = metresToRing(ring, place);
        if (hit) expect(Math.abs(hit.metresToBoundary - metres)).toBeLessThanOrEqual(0.06 + 0.002 * metres);
        else expect(metres).toBeGreaterThan(49_900);
      }),
      { numRuns: 60 },
    );
  });
});
