import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { locate } from '../../../shared/territory/boundary.ts';
import { checkTerritories } from '../../../shared/territory/check.ts';
import { toWgs84 } from '../../../shared/territory/crs.ts';
import { compileTerritories } from '../../../shared/territory/index-file.ts';
import { normaliseCollection, TerritoryCollection } from '../../../shared/territory/territory.ts';

describe('the demo company', () => {
  const file = new URL('../../../scripts/demo/territories.geojson', import.meta.url);
  const territories = normaliseCollection(TerritoryCollection.parse(JSON.parse(readFileSync(file, 'utf8'))));
  const everybody = new Set(territories.flatMap(({ repIds }) => repIds));

  test('has four sound territories that share borders and no ground', () => {
    const against = { knownRepIds: everybody, activeRepIds: everybody };
    expect(checkTerritories(territories, against)).toMatchObject({ errors: [], overlaps: [], warnings: [] });
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
