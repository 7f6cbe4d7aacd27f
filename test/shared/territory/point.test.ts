import { describe, expect, it } from 'vitest';
import { point } from '../../../shared/territory/point.ts';

const wrongOf = (place: unknown) => point.safeParse(place).error?.issues.map(({ path }) => path.join('.'));

describe('a place as somebody gives it', () => {
  it('lies on the earth, its edges among it', () => {
    for (const [lng, lat] of [
      [180, 90],
      [-180, -90],
      [0, 0],
    ])
      expect(point.parse({ lng, lat })).toMatchObject({ lng, lat });
    expect(wrongOf({ lng: 180.1, lat: -90.1 })).toEqual(['lng', 'lat']);
    expect(wrongOf({ lng: -180.1, lat: 90.1 })).toEqual(['lng', 'lat']);
    expect(wrongOf({})).toEqual(['lng', 'lat']);
  });

  it('is in the degrees of satellites unless a Chinese map is named', () => {
    expect(point.parse({ lng: 1, lat: 2 }).crs).toBe('WGS84');
    for (const crs of ['WGS84', 'GCJ02', 'BD09']) expect(point.parse({ lng: 1, lat: 2, crs }).crs).toBe(crs);
    expect(wrongOf({ lng: 1, lat: 2, crs: 'Mars' })).toEqual(['crs']);
  });
});
