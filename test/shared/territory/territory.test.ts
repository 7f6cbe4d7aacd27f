import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { polygonsToWgs84, toWgs84 } from '../../../shared/territory/crs.ts';
import { normaliseCollection, TerritoryCollection } from '../../../shared/territory/territory.ts';
import { geodesic } from './geodesic.ts';
import { drawn, rectangle } from './shapes.ts';

const square = rectangle(120.6, 31.2, 120.61, 31.21);
const read = (collection: unknown) => normaliseCollection(TerritoryCollection.parse(collection));
const paths = (collection: unknown) =>
  TerritoryCollection.safeParse(collection).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('a place in a Chinese system', () => {
  test('comes to lie where satellites see it', () => {
    // Tiananmen's flagpole as it is known in the three systems.
    const truth = { lng: 116.391349, lat: 39.907375 };
    expect(geodesic(toWgs84({ lng: 116.397573, lat: 39.908773, crs: 'GCJ02' }), truth)).toBeLessThan(20);
    expect(geodesic(toWgs84({ lng: 116.403963, lat: 39.915119, crs: 'BD09' }), truth)).toBeLessThan(20);
    expect(toWgs84({ ...truth, crs: 'WGS84' })).toEqual(truth);
  });

  test('stays where it is outside China', () => {
    expect(toWgs84({ lng: 8.5, lat: 50.1, crs: 'GCJ02' })).toEqual({ lng: 8.5, lat: 50.1 });
  });
});

describe('a boundary in a Chinese system', () => {
  test('keeps its borders where they were drawn, also between the corners of a long edge', () => {
    const place = fc.tuple(
      fc.double({ min: 105, max: 115, noNaN: true }),
      fc.double({ min: 25, max: 35, noNaN: true }),
    );
    fc.assert(
      fc.property(place, place, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, share) => {
        const [[ring = []] = []] = polygonsToWgs84([[[from, to]]], 'GCJ02');
        const there = toWgs84({
          lng: from[0] + share * (to[0] - from[0]),
          lat: from[1] + share * (to[1] - from[1]),
          crs: 'GCJ02',
        });
        const nearest = Math.min(
          ...ring.slice(1).map((corner, at) => metresAside(ring[at] ?? corner, corner, [there.lng, there.lat])),
        );
        expect(nearest).toBeLessThan(0.5);
      }),
    );
  });

  test('has the same corners in both neighbours of a shared edge', () => {
    const [[there = []] = [], [back = []] = []] = polygonsToWgs84(
      [
        [
          [
            [120.123, 31.2],
            [121.717, 31.9],
          ],
        ],
        [
          [
            [121.717, 31.9],
            [120.123, 31.2],
          ],
        ],
      ],
      'BD09',
    );
    expect(there.length).toBeGreaterThan(150);
    expect(back).toEqual(there.toReversed());
  });
});

/** Metres of a place from a short line. */
function metresAside(from: [number, number], to: [number, number], place: [number, number]): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const share = ((place[0] - from[0]) * dx + (place[1] - from[1]) * dy) / (dx * dx + dy * dy || 1);
  const within = Math.max(0, Math.min(1, share));
  const near = { lng: from[0] + within * dx, lat: from[1] + within * dy };
  return geodesic(near, { lng: place[0], lat: place[1] });
}

describe('a collection of territories', () => {
  test('is read with its defaults, a polygon as several', () => {
    expect(read(drawn([square]))).toEqual([
      {
        territoryId: 't0',
        name: 'Territory 0',
        repIds: ['rep-li'],
        bufferMetres: 0,
        priority: 0,
        geometry: [[square]],
      },
    ]);
  });

  test('is WGS-84 unless it says otherwise, in new words or old', () => {
    const old = (name: string) => ({ ...drawn([square]), crs: { type: 'name', properties: { name } } });
    const plain = read(drawn([square]));
    expect(read({ ...drawn([square]), crs: 'WGS84' })).toEqual(plain);
    expect(read(old('urn:ogc:def:crs:OGC:1.3:CRS84'))).toEqual(plain);
    expect(read(old('EPSG:4326'))).toEqual(plain);
    expect(paths(old('EPSG:3857'))).toEqual(['crs']);
    const [[[[lng, lat] = [0, 0]] = []] = []] = read({ ...drawn([square]), crs: 'GCJ02' })[0]?.geometry ?? [];
    expect({ lng, lat }).toEqual(toWgs84({ lng: 120.6, lat: 31.2, crs: 'GCJ02' }));
  });

  test.each([
    ['an unknown system', { ...drawn([square]), crs: 'ETRS89' }, 'crs'],
    [
      'a line instead of an area',
      withFeature({ geometry: { type: 'LineString', coordinates: square } }),
      'features.1.geometry.type',
    ],
    [
      'an area of nothing',
      withFeature({ geometry: { type: 'MultiPolygon', coordinates: [] } }),
      'features.1.geometry.coordinates',
    ],
    [
      'a polygon of nothing',
      withFeature({ geometry: { type: 'Polygon', coordinates: [] } }),
      'features.1.geometry.coordinates',
    ],
    [
      'a corner without latitude',
      withFeature({ geometry: { type: 'Polygon', coordinates: [[[1, 2], [3]]] } }),
      'features.1.geometry.coordinates.0.1',
    ],
    [
      'a corner in words',
      withFeature({ geometry: { type: 'Polygon', coordinates: [[['1', 2]]] } }),
      'features.1.geometry.coordinates.0.0.0',
    ],
    ['no id', withFeature({ properties: { name: 'x', repIds: [] } }), 'features.1.properties.territoryId'],
    ['a buffer below nothing', withProperties({ bufferMetres: -1 }), 'features.1.properties.bufferMetres'],
    ['reps that are no list', withProperties({ repIds: 'rep-li' }), 'features.1.properties.repIds'],
  ])('with %s is refused by name', (_, collection, path) => {
    expect(paths(collection)).toEqual([path]);
  });
});

function withFeature(change: object) {
  const { features, ...rest } = drawn([square], [square]);
  return { ...rest, features: [features[0], { ...features[1], ...change }] };
}

function withProperties(change: object) {
  return withFeature({ properties: { territoryId: 't1', name: 'Territory 1', repIds: [], ...change } });
}
