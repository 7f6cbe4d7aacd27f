import { describe, expect, it } from 'vitest';
import { polygonsToWgs84, toWgs84 } from '../../../shared/territory/crs.ts';
import { type Polygon, type Position, point, type Ring } from '../../../shared/territory/point.ts';
import { boundaryProblems, withoutNeedles } from '../../../shared/territory/rings.ts';
import { normaliseCollection, TerritoryCollection } from '../../../shared/territory/territory.ts';
import { closed, drawn, rectangle } from './shapes.ts';

const problems = (geometry: Polygon[], as: 'Polygon' | 'MultiPolygon' = 'Polygon') =>
  boundaryProblems(geometry, 'at', as).map(({ path, message }) => `${path}: ${message}`);
/** Corners on a sheet laid askew. */
const askew = (...corners: Position[]): Ring =>
  closed(corners.map(([x, y]): Position => [120 + 0.1 * x + 0.03 * y, 31 + 0.1 * y - 0.02 * x]));
const shell = askew([0, 0], [10, 0], [10, 10], [0, 10]);
const needle: Ring = closed([
  [120.3, 31.3],
  [120.4, 31.3],
  [120.35, 31.3],
]);

describe('a ring', () => {
  it('encloses nothing below a square metre, at any latitude', () => {
    const nothing = (side: number, lat: number) => problems([[rectangle(10, lat, 10 + side, lat + side)]]);
    for (const [large, small, lat] of [
      [0.95e-5, 0.85e-5, 0],
      [1.3e-5, 1.2e-5, 60],
    ] as const) {
      expect(nothing(large, lat)).toEqual([]);
      expect(nothing(small, lat)).toEqual(['at.coordinates.0: the ring encloses nothing']);
    }
  });

  it('may begin at a pole: the whole earth is something, for whatever no other territory holds', () => {
    expect(problems([[rectangle(-180, -90, 180, 90)]])).toEqual([]);
    expect(withoutNeedles([[shell], [rectangle(-180, -90, 180, -60)]])).toHaveLength(2);
  });

  it('may touch itself, with a corner on an edge or on a corner, but not go through itself there', () => {
    expect(problems([[askew([0, 0], [4, 0], [4, 4], [2, 0], [0, 4])]])).toEqual([]);
    expect(problems([[askew([0, 0], [4, 0], [4, 4], [2, 0], [1, -2], [-1, -2])]])).toEqual([
      expect.stringMatching(/^at\.coordinates\.0: the ring crosses itself at 120\.2/),
    ]);
    expect(problems([[askew([0, 0], [2, 2], [4, 0], [4, 4], [2, 2], [0, 4])]])).toEqual([]);
    expect(problems([[askew([0, 0], [4, 4], [4, 0], [0, 4])]])[0]).toMatch(/crosses itself/);
  });

  it('has corners on earth, and is told which is not, and why perhaps', () => {
    const wrong = (corner: Position) => problems([[[[120, 31], [121, 31], corner, [120, 31]]]])[0];
    expect(wrong([181, 10])).toBe('at.coordinates.0.2: longitude 181 is out of range');
    expect(wrong([10, 91])).toBe(
      'at.coordinates.0.2: latitude 91 is out of range: are longitude and latitude swapped?',
    );
    expect(wrong([90, 180])).toMatch(/swapped/);
    expect(wrong([100, 91])).toBe('at.coordinates.0.2: latitude 91 is out of range');
    expect(wrong([10, 181])).toBe('at.coordinates.0.2: latitude 181 is out of range');
    expect(
      problems([
        [
          closed([
            [180, 89],
            [180, 90],
            [179, 90],
          ]),
        ],
      ]),
    ).toEqual([]);
  });
});

describe('a polygon', () => {
  it('has a ring, and holes within it that may touch it but not cross it', () => {
    expect(problems([[]])).toEqual(['at.coordinates: the polygon has no ring']);
    expect(problems([[], [shell]], 'MultiPolygon')).toEqual(['at.coordinates.0: the polygon has no ring']);
    const hole = (...corners: Position[]) => problems([[shell, askew(...corners)]]);
    expect(hole([2, 2], [4, 2], [4, 4])).toEqual([]);
    expect(hole([0, 5], [3, 4], [3, 6])).toEqual([]);
    expect(hole([0, 0], [3, 2], [2, 3])).toEqual([]);
    expect(hole([20, 2], [24, 2], [24, 4])).toEqual(['at.coordinates.1: the hole is outside its shell']);
    expect(hole([8, 2], [12, 2], [8, 4])).toEqual(['at.coordinates.1: the hole is outside its shell']);
    const two = [askew([2, 2], [5, 2], [5, 5], [2, 5]), askew([4, 4], [7, 4], [7, 7], [4, 7])];
    expect(problems([[shell, ...two]])).toEqual([
      expect.stringMatching(/^at\.coordinates: the polygon's rings cross each other at 12/),
    ]);
  });

  it('may have holes and parts that enclose nothing, which are left out', () => {
    expect(problems([[shell, needle]])).toEqual([]);
    expect(problems([[needle]])).toEqual(['at.coordinates.0: the ring encloses nothing']);
    expect(problems([[shell], [needle]], 'MultiPolygon')).toEqual([]);
    expect(problems([[needle], [needle]], 'MultiPolygon')).toHaveLength(2);
    // Even where it lies across the shell, as simplifying leaves it.
    const across: Ring = closed([
      [119, 31.3],
      [122, 31.3],
      [121, 31.3],
    ]);
    expect(problems([[shell, across, askew([2, 2], [4, 2], [4, 4])]])).toEqual([]);
    expect(withoutNeedles([[shell, needle], [needle]])).toEqual([[shell]]);
    expect(withoutNeedles([[needle, shell], [shell]])).toEqual([[shell]]);
    expect(withoutNeedles([[needle, needle]])).toEqual([[needle]]);
  });
});

describe('a place', () => {
  it('is on earth, in one of three systems', () => {
    const sound = (of: object) => point.safeParse({ lng: 120, lat: 31, ...of }).success;
    expect([{}, { lng: 180, lat: 90 }, { lng: -180, lat: -90 }, { crs: 'BD09' }].map(sound)).toEqual(
      Array(4).fill(true),
    );
    expect([{ lng: 181 }, { lng: -181 }, { lat: 91 }, { lat: -91 }, { crs: 'X' }].map(sound)).toEqual(
      Array(5).fill(false),
    );
    expect(point.parse({ lng: 1, lat: 2 }).crs).toBe('WGS84');
    expect(toWgs84({ lng: 120, lat: 31, crs: 'WGS84' })).toEqual({ lng: 120, lat: 31 });
  });
});

describe('borders of another system', () => {
  const only = (ring: Ring) => polygonsToWgs84([[ring]], 'GCJ02')[0]?.[0] ?? [];

  it('are as they are in WGS-84, and where a corner is nowhere', () => {
    const polygons = [[shell]];
    expect(polygonsToWgs84(polygons, 'WGS84')).toBe(polygons);
    const nowhere: Ring = closed([
      [120, 31],
      [200, 31],
      [120, 32],
    ]);
    expect(only(nowhere)).toBe(nowhere);
  });

  it('get corners on the way at every hundredth of a degree, the same both ways, and a thousand at most', () => {
    const there = only([
      [120.005, 31],
      [120.035, 31.02],
    ]);
    expect(there).toHaveLength(5);
    expect(
      only([
        [120.035, 31.02],
        [120.005, 31],
      ]).toReversed(),
    ).toEqual(there);
    expect(
      only([
        [120, 31.005],
        [120.02, 31.035],
      ]),
    ).toHaveLength(5);
    expect(
      only([
        [100, 31],
        [120, 31],
      ]).length,
    ).toBeGreaterThan(990);
    expect(
      only([
        [100, 31],
        [120, 31],
      ]).length,
    ).toBeLessThan(1003);
    const longitudes = there.map(([lng]) => lng);
    expect(longitudes).toEqual(longitudes.toSorted((a, b) => a - b));
    expect(
      there.every(
        ([lng, lat]) => Math.abs((lng - (there[0]?.[0] ?? 0)) / 0.03 - (lat - (there[0]?.[1] ?? 0)) / 0.02) < 0.01,
      ),
    ).toBe(true);
  });
});

describe('a collection that is published', () => {
  const read = (properties: object, name = 'Territory 0') => {
    const collection = drawn([rectangle(120, 31, 121, 32)]);
    const features = collection.features.map((each) => ({
      ...each,
      properties: { ...each.properties, name, ...properties },
    }));
    const parsed = TerritoryCollection.safeParse({ ...collection, features });
    return parsed.success ? normaliseCollection(parsed.data)[0] : parsed.error.issues[0]?.path.join('.');
  };

  it('covers the divisions that it names, else the one of its name', () => {
    expect(read({ divisions: ['苏州', '江苏省无锡市'] })).toMatchObject({ covers: ['3205', '3202'] });
    expect(read({}, '苏州市')).toMatchObject({ covers: ['3205'] });
    expect(read({ covers: ['32'] }, '苏州市')).toMatchObject({ covers: ['32'] });
    expect(read({})).not.toHaveProperty('covers');
    expect(read({ divisions: ['Suzhou'] })).toBe('features.0.properties.divisions.0');
    expect(read({ divisions: ['朝阳区'] })).toBe('features.0.properties.divisions.0');
  });

  it('has a team where it names one', () => {
    expect(read({ teamId: 'east' })).toMatchObject({ teamId: 'east' });
    expect(read({ teamId: '华东大区' })).toMatchObject({ teamId: '华东大区' });
    expect(read({})).not.toHaveProperty('teamId');
  });
});
