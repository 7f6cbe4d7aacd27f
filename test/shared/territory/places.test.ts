import { describe, expect, it } from 'vitest';
import { compileTerritories } from '../../../shared/territory/index-file.ts';
import { repsWhoLost } from '../../../shared/territory/lost.ts';
import { territoriesAt, type Whereabouts } from '../../../shared/territory/places.ts';
import { rectangle, territory } from './shapes.ts';

const index = compileTerritories([
  territory('park', rectangle(120.6, 31.2, 120.8, 31.4), { repIds: ['li'], covers: ['320576'] }),
  territory('city', rectangle(120, 31, 121, 32), { repIds: ['wang'], covers: ['3205'], postcodes: ['215'] }),
]);
const at = (whereabouts: Whereabouts) => territoriesAt(index, whereabouts).map(({ territoryId }) => territoryId);
const [inPark, nowhere] = [
  { lng: 120.7, lat: 31.3 },
  { lng: 10, lat: 50 },
];
const words = { divisions: [{ code: '320505', name: '虎丘区' }] };

describe('the territories of a customer', () => {
  it('are those around their point, with who serves them', () => {
    expect(territoriesAt(index, { point: inPark })).toMatchObject([
      { territoryId: 'city', repIds: ['wang'], inside: true, insideBuffer: false, by: 'point' },
      { territoryId: 'park', repIds: ['li'], inside: true, insideBuffer: false, by: 'point' },
    ]);
    expect(territoriesAt(index, { point: inPark, geocoded: true }).map(({ by }) => by)).toEqual([
      'geocoder',
      'geocoder',
    ]);
  });

  it('are those that their words name where there is no point', () => {
    expect(territoriesAt(index, { words })).toEqual([
      {
        territoryId: 'city',
        repIds: ['wang'],
        inside: true,
        insideBuffer: false,
        by: 'address',
        because: 'the address names 虎丘区',
      },
    ]);
    expect(at({ words: { postcode: '215123' } })).toEqual(['city']);
    expect(at({ words: { postcode: '999999' } })).toEqual([]);
  });

  it('are named by words where a geocoder finds none, but not against the customer’s own point', () => {
    expect(at({ point: nowhere, geocoded: true, words })).toEqual(['city']);
    expect(at({ point: nowhere, words })).toEqual([]);
    expect(at({ point: inPark, geocoded: true, words })).toEqual(['city', 'park']);
  });

  it('are none where nothing is known', () => {
    expect(at({})).toEqual([]);
    expect(at({ point: nowhere, geocoded: true })).toEqual([]);
  });
});

describe('who lost a territory', () => {
  it('serves it no more, or it is there no longer', () => {
    const before = [
      { territoryId: 'park', repIds: ['wang', 'li', 'zhao'] },
      { territoryId: 'city', repIds: ['wang', 'ann'] },
    ];
    expect(repsWhoLost(before, [{ territoryId: 'park', repIds: ['li', 'new'] }])).toEqual(['ann', 'wang', 'zhao']);
    expect(repsWhoLost(before, before)).toEqual([]);
    expect(repsWhoLost([], before)).toEqual([]);
  });
});
