import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileTerritories, locate } from '../../../shared/territory/boundary.ts';
import { checkTerritories } from '../../../shared/territory/check.ts';
import { toWgs84 } from '../../../shared/territory/crs.ts';
import type { Polygon, Position, Ring } from '../../../shared/territory/point.ts';
import { normaliseCollection, type Territory, TerritoryCollection } from '../../../shared/territory/territory.ts';
import { rectangle, territory } from './shapes.ts';

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
    expect(check(good, bad)).toEqual({ errors: [{ path, message }], overlaps: [], warnings: [] });
  });

  test('a bad part of a territory of several polygons', () => {
    const parts = territory('parts', [], { geometry: [[rectangle(1, 1, 2, 2)], [rectangle(3, 1, 4, 2).slice(0, 4)]] });
    expect(check(parts).errors).toMatchObject([{ path: 'features.0.geometry.coordinates.1.0' }]);
    const single = territory('single', [], { geometry: [[shell.slice(0, 4)]] });
    const { errors } = checkTerritories([single], { ...reps, drawn: ['MultiPolygon'] });
    expect(errors).toMatchObject([{ path: 'features.0.geometry.coordinates.0.0' }]);
  });

  test('an id that occurs twice, a rep whom nobody knows, nothing at all', () => {
    const again = territory('good', rectangle(1, 1, 2, 2), { repIds: ['rep-li', 'rep-nobody'] });
    expect(check(good, again).errors).toEqual([
      { path: 'features.1.properties.territoryId', message: 'good occurs twice' },
      { path: 'features.1.properties.repIds.1', message: 'rep-nobody is not on the roster' },
    ]);
    expect(check().errors).toEqual([{ path: 'features', message: 'there is no territory' }]);
    expect(check(territory('none', [], { geometry: [] })).errors).toMatchObject([
      { path: 'features.0.geometry.coordinates' },
    ]);
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
  ] as [string, Polygon][])('may be %s', (_, rings) => {
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

const closed = (corners: Ring): Ring => [...corners, corners[0] ?? [0, 0]];

/** Whether any two edges properly cross: every pair is tried. */
function crossesSomewhere(ring: Ring): boolean {
  const side = (a: Position, b: Position, c: Position) =>
    Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  const edges = ring.slice(1).map((to, at): [Position, Position] => [ring[at] ?? to, to]);
  return edges.some(([a, b]) =>
    edges.some(([c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0),
  );
}

describe('overlaps', () => {
  test('are told with their true area', () => {
    const other = territory('a', rectangle(120.5, 31.5, 121.5, 32.5));
    // Half a degree by half a degree at 31.75° N on the sphere of the earth's area.
    const area = (0.5 * 111.195) ** 2 * Math.cos((31.75 * Math.PI) / 180);
    const { overlaps, errors } = check(good, other);
    expect(errors).toEqual([]);
    expect(overlaps).toEqual([{ a: 'a', b: 'good', squareKilometres: expect.any(Number) }]);
    expect(Math.abs((overlaps[0]?.squareKilometres ?? 0) / area - 1)).toBeLessThan(0.01);
  });

  test('are no matter of shared borders, slivers, or a hole that is filled', () => {
    const neighbour = territory('neighbour', rectangle(121, 31, 122, 32));
    const sliver = territory('sliver', rectangle(119, 31, 120 + 5e-10, 32));
    const ring = territory('ring', [], { geometry: [[rectangle(110, 31, 113, 34), rectangle(111, 32, 112, 33)]] });
    const filling = territory('filling', rectangle(111, 32, 112, 33));
    expect(check(good, neighbour, sliver, ring, filling).overlaps).toEqual([]);
  });

  test('are the same in whatever order the territories are given', () => {
    const many = [0, 1, 2, 3, 4].map((at) => territory(`t${at}`, rectangle(120 + at * 0.4, 31, 121 + at * 0.4, 32)));
    expect(check(...many.toReversed()).overlaps).toEqual(check(...many).overlaps);
    expect(check(...many).overlaps).toHaveLength(7);
  });
});

describe('an admin is warned of', () => {
  test('territories without reps and reps without territories', () => {
    const none = territory('none', rectangle(1, 1, 2, 2), { repIds: [] });
    const away = territory('away', rectangle(3, 1, 4, 2), { repIds: ['rep-wang'] });
    expect(check(none, away).warnings).toEqual([
      'none has no rep',
      'away has no active rep',
      'active reps in no territory: rep-li',
    ]);
  });

  test('ground that is lost against the version before', () => {
    const previous = [good, territory('gone', rectangle(121, 31, 122, 32))];
    const now = [territory('good', rectangle(120, 31, 121, 31.5)), territory('new', rectangle(121, 31, 122, 32))];
    const { warnings } = checkTerritories(now, { ...reps, previous });
    expect(warnings).toEqual([
      expect.stringMatching(/^5\d{3}(\.\d+)? square kilometres that were in good are in no territory any more$/),
    ]);
    expect(checkTerritories(previous, { ...reps, previous }).warnings).toEqual([]);
  });

  test('a territory that looks as if its coordinates were swapped', () => {
    const germany = [0, 1, 2].map((at) => territory(`de${at}`, rectangle(8 + at, 50, 9 + at, 51)));
    const astray = territory('astray', rectangle(51, 8, 52, 9));
    const warning = 'astray lies far from the others: are its longitudes and latitudes swapped?';
    expect(check(...germany, astray).warnings).toEqual([warning]);
    expect(checkTerritories([astray], { ...reps, previous: germany }).warnings).toContain(warning);
    expect(check(...germany).warnings).toEqual([]);
  });
});

describe('the demo company', () => {
  const file = new URL('../../../scripts/demo/territories.geojson', import.meta.url);
  const territories = normaliseCollection(TerritoryCollection.parse(JSON.parse(readFileSync(file, 'utf8'))));
  const everybody = new Set(territories.flatMap(({ repIds }) => repIds));

  test('has four sound territories that share borders and no ground', () => {
    const against = { knownRepIds: everybody, activeRepIds: everybody };
    expect(checkTerritories(territories, against)).toEqual({ errors: [], overlaps: [], warnings: [] });
    expect(territories.map(({ territoryId, bufferMetres }) => [territoryId, bufferMetres])).toEqual([
      ['suzhou-sip', 300],
      ['suzhou-west', 300],
      ['shanghai-puxi', 500],
      ['shanghai-pudong', 500],
    ]);
  });

  test.each([
    ['suzhou-sip', { lng: 120.73, lat: 31.26, crs: 'GCJ02' }],
    ['shanghai-puxi', { lng: 121.45, lat: 31.23, crs: 'WGS84' }],
    ['shanghai-pudong', { lng: 121.55, lat: 31.22, crs: 'WGS84' }],
  ] as const)('has its first leads well inside %s', (territoryId, point) => {
    const hits = locate(compileTerritories(territories), toWgs84(point));
    expect(hits).toEqual([{ territoryId, inside: true, insideBuffer: false, metresToBoundary: expect.any(Number) }]);
  });

  test('has candidates of both sides on the Bund', () => {
    const hits = locate(compileTerritories(territories), { lng: 121.4905, lat: 31.2385 });
    expect(hits.map(({ territoryId }) => territoryId)).toEqual(['shanghai-puxi', 'shanghai-pudong']);
  });
});
