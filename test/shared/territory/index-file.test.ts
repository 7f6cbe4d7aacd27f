import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locate } from '../../../shared/territory/boundary.ts';
import {
  CHUNK,
  openTerritories,
  packTerritories,
  territoriesIn,
  UnreadableIndex,
} from '../../../shared/territory/index-file.ts';
import { distanceToRings } from '../../../shared/territory/measure.ts';
import type { Territory } from '../../../shared/territory/territory.ts';
import { rectangle, territory } from './shapes.ts';

/** Rectangles on a coarse grid: neighbours, overlaps and gaps all occur. */
const company: fc.Arbitrary<Territory[]> = fc
  .array(
    fc.record({
      x: fc.nat(6),
      y: fc.nat(6),
      width: fc.integer({ min: 1, max: 4 }),
      height: fc.integer({ min: 1, max: 4 }),
      bufferMetres: fc.constantFrom(0, 500, 5000),
      priority: fc.nat(2),
    }),
    { maxLength: 12 },
  )
  .map((parts) =>
    parts.map(({ x, y, width, height, ...more }, at) => {
      const [west, south] = [120 + x / 10, 31 + y / 10];
      return territory(`t${at}`, rectangle(west, south, west + width / 10, south + height / 10), more);
    }),
  );
const place = fc.record({
  lng: fc.integer({ min: -50, max: 1150 }).map((n) => 120 + n / 1000),
  lat: fc.integer({ min: -50, max: 1150 }).map((n) => 31 + n / 1000),
});

describe('the compiled index', () => {
  it('finds what looking at every territory finds, at the same distances', () => {
    fc.assert(
      fc.property(company, place, (territories, at) => {
        const found = locate(openTerritories(packTerritories(territories)), at);
        const inside = territories.filter(({ geometry }) => {
          const [[west, south] = [0, 0], , [east, north] = [0, 0]] = geometry[0]?.[0] ?? [];
          return at.lng >= west && at.lng <= east && at.lat >= south && at.lat <= north;
        });
        const metres = (each: Territory) => distanceToRings(each.geometry.flat(), at);
        const reach = inside.reduce((most, { bufferMetres }) => Math.max(most, bufferMetres), 0.001);
        const expected = territories.filter(
          (each) => inside.includes(each) || metres(each) <= Math.max(reach, each.bufferMetres),
        );
        expect(found.map(({ territoryId }) => territoryId).sort()).toEqual(
          expected.map(({ territoryId }) => territoryId).sort(),
        );
        for (const { territoryId, metresToBoundary } of found) {
          const known = territories.find((each) => each.territoryId === territoryId);
          expect(metresToBoundary).toBeCloseTo(known ? Math.round(metres(known) * 10) / 10 : -1, 5);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('gives back the territories that it was made of', () => {
    fc.assert(
      fc.property(company, (territories) => {
        expect(territoriesIn(openTerritories(packTerritories(territories)))).toEqual(territories);
      }),
    );
  });

  it('leaves out corners that are repeated, and takes long rings in parts', () => {
    const round = Array.from({ length: 100 }, (_, n): [number, number] => [
      120 + Math.cos((n * Math.PI) / 50),
      31 + Math.sin((n * Math.PI) / 50),
    ]);
    const [first = [0, 0], second = [0, 0]] = round;
    const index = openTerritories(
      packTerritories([territory('round', [first, second, second, ...round.slice(2), first], { bufferMetres: 0 })]),
    );
    expect(territoriesIn(index)[0]?.geometry[0]?.[0]).toEqual([...round, first]);
    expect([...index.chunkFrom]).toEqual([0, Math.ceil(100 / CHUNK)]);
    for (let box = 0; box < index.chunkBoxes.length; box += 4) {
      const [west = 0, south = 0, east = 0, north = 0] = index.chunkBoxes.subarray(box, box + 4);
      expect(east - west + north - south).toBeLessThan(2);
    }
    for (let n = 0; n < 360; n += 7) {
      const [x, y] = [Math.cos((n * Math.PI) / 180), Math.sin((n * Math.PI) / 180)];
      expect(locate(index, { lng: 120 + 0.99 * x, lat: 31 + 0.99 * y })).toHaveLength(1);
      expect(locate(index, { lng: 120 + 1.01 * x, lat: 31 + 1.01 * y })).toEqual([]);
    }
  });

  it('of no territories finds none anywhere', () => {
    expect(locate(openTerritories(packTerritories([])), { lng: 120, lat: 31 })).toEqual([]);
    expect(territoriesIn(openTerritories(packTerritories([])))).toEqual([]);
  });

  it('can be opened wherever its bytes happen to lie', () => {
    const territories = [territory('one', rectangle(120, 31, 121, 32))];
    const bytes = packTerritories(territories);
    for (let offset = 0; offset < 9; offset += 1) {
      const moved = new Uint8Array(bytes.length + offset);
      moved.set(bytes, offset);
      expect(territoriesIn(openTerritories(moved.subarray(offset)))).toEqual(territories);
    }
  });

  it('refuses bytes that are not one, or not all of one', () => {
    const bytes = packTerritories([territory('one', rectangle(120, 31, 121, 32))]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
        expect(() => openTerritories(bytes.slice(0, length))).toThrow(UnreadableIndex);
      }),
    );
    expect(() => openTerritories(bytes.slice(0, 10))).toThrow(expect.objectContaining({ name: 'UnreadableIndex' }));
    expect(() => openTerritories(new TextEncoder().encode('x'.repeat(200)))).toThrow('no index of territories');
    const later = Uint8Array.from(bytes);
    new Uint32Array(later.buffer)[1] = 2;
    expect(() => openTerritories(later)).toThrow('format 2');
    expect(() => openTerritories(Uint8Array.from([...bytes, 0, 0, 0, 0, 0, 0, 0, 0]))).toThrow(/bytes instead of/);
  });
});
