import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkTerritories } from '../../../shared/territory/check.ts';
import type { Polygon, Position } from '../../../shared/territory/point.ts';
import type { Territory } from '../../../shared/territory/territory.ts';
import { closed, crossesSomewhere, rectangle, territory } from './shapes.ts';

const reps = { knownRepIds: new Set(['rep-li', 'rep-wang']), activeRepIds: new Set(['rep-li']) };
const check = (...territories: Territory[]) => checkTerritories(territories, reps);
const good = territory('good', rectangle(120, 31, 121, 32));
const withRings = (...rings: Polygon) => territory('bad', [], { geometry: [rings] });
const shell = rectangle(122, 31, 123, 32);

describe('what is no territory is refused by its path:', () => {
  test.each([
    [
      'an open ring',
      withRings(shell.slice(0, 4)),
      '0',
      'the ring is not closed: the last position must be the first again',
    ],
    [
      'three positions',
      withRings([
        [1, 1],
        [2, 2],
        [1, 1],
      ]),
      '0',
      'a ring needs at least 4 positions, the first again as the last',
    ],
    [
      'a needle',
      withRings([
        [1, 1],
        [2, 2],
        [3, 3],
        [1, 1],
      ]),
      '0',
      'the ring encloses nothing',
    ],
    [
      'a bow tie',
      withRings([
        [1, 1],
        [2, 2],
        [2, 1],
        [1, 2],
        [1, 1],
      ]),
      '0',
      'the ring crosses itself at 1.5, 1.5',
    ],
    [
      'a ring through its own edge at a corner',
      withRings([
        [1, 1],
        [5, 1],
        [5, 3],
        [3, 1],
        [2, 0],
        [1, 1],
      ]),
      '0',
      'the ring crosses itself at 3, 1',
    ],
    ['a hole outside', withRings(shell, rectangle(124, 31, 125, 32)), '1', 'the hole is outside its shell'],
    [
      'a hole half outside',
      withRings(shell, rectangle(122.5, 31.5, 123.5, 31.6)),
      '1',
      'the hole is outside its shell',
    ],
    [
      'an open hole',
      withRings(shell, rectangle(122.1, 31.1, 122.2, 31.2).slice(0, 4)),
      '1',
      'the ring is not closed: the last position must be the first again',
    ],
    ['latitude 91', withRings([...shell.slice(0, 2), [123, 91], [122, 31]]), '0.2', 'latitude 91 is out of range'],
    ['longitude 181', withRings([[181, 31], ...shell]), '0.0', 'longitude 181 is out of range'],
    [
      'swapped coordinates',
      withRings(shell.map(([lng, lat]): Position => [lat, lng])),
      '0.0',
      'latitude 122 is out of range: are longitude and latitude swapped?',
    ],
  ])('%s', (_, bad, ring, message) => {
    const path = `features.1.geometry.coordinates.${ring}`;
    expect(check(good, bad)).toEqual({ errors: [{ path, message }], territories: [], overlaps: [], warnings: [] });
  });

  test('a bad part of a territory of several polygons', () => {
    const parts = territory('parts', [], { geometry: [[rectangle(1, 1, 2, 2)], [rectangle(3, 1, 4, 2).slice(0, 4)]] });
    expect(check(parts).errors).toMatchObject([{ path: 'features.0.geometry.coordinates.1.0' }]);
    const single = territory('single', [], { geometry: [[shell.slice(0, 4)]] });
    const { errors } = checkTerritories([single], { ...reps, drawn: ['MultiPolygon'] });
    expect(errors).toMatchObject([{ path: 'features.0.geometry.coordinates.0.0' }]);
  });
});

describe('a sound boundary', () => {
  test.each([
    [
      'a hole that touches its shell at a corner',
      [
        rectangle(0, 0, 4, 4),
        [
          [0, 0],
          [2, 1],
          [1, 2],
          [0, 0],
        ],
      ],
    ],
    [
      'a hole whose corner touches an edge of its shell',
      [
        rectangle(0, 0, 4, 4),
        [
          [2, 0],
          [3, 1],
          [1, 1],
          [2, 0],
        ],
      ],
    ],
    [
      'a hole whose corner touches a slanting edge',
      [
        [
          [0, 0],
          [0.7, 0.1],
          [0.3, 0.9],
          [0, 0],
        ],
        [
          [0.07, 0.01],
          [0.2, 0.2],
          [0.3, 0.3],
          [0.07, 0.01],
        ],
      ],
    ],
    [
      'a ring that touches itself at a corner',
      [
        [
          [0, 0],
          [4, 0],
          [2, 2],
          [4, 4],
          [0, 4],
          [2, 2],
          [0, 0],
        ],
      ],
    ],
    [
      'a ring that touches its own edge',
      [
        [
          [0, 0],
          [4, 0],
          [4, 4],
          [2, 0],
          [0, 4],
          [0, 0],
        ],
      ],
    ],
  ] as [string, Polygon][])('may have %s', (_, rings) => {
    expect(check(withRings(...rings)).errors).toEqual([]);
  });

  test('is any star, and none with two of its corners exchanged so that edges cross', () => {
    const radii = fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(radii, fc.nat(), (lengths, at) => {
        const corners = lengths.map((length, turn): Position => {
          const angle = (turn / lengths.length) * 2 * Math.PI;
          return [120 + length * Math.cos(angle), 31 + length * Math.sin(angle)];
        });
        expect(check(withRings(closed(corners))).errors).toEqual([]);
        const from = at % (corners.length - 1);
        const tangled = corners.with(from, corners[from + 1] ?? [0, 0]).with(from + 1, corners[from] ?? [0, 0]);
        const { errors } = check(withRings(closed(tangled)));
        expect(errors.length).toBe(crossesSomewhere(closed(tangled)) ? 1 : 0);
      }),
    );
  });
});

test('a ring is refused wherever two of its edges go through each other', () => {
  const corner = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }));
  fc.assert(
    fc.property(fc.array(corner, { minLength: 4, maxLength: 12 }), (corners) => {
      fc.pre(crossesSomewhere(closed(corners)));
      expect(check(withRings(closed(corners))).errors).toEqual([
        { path: 'features.0.geometry.coordinates.0', message: expect.stringMatching(/^the ring crosses itself at /) },
      ]);
    }),
    { numRuns: 500 },
  );
});
