import { describe, expect, test } from 'vitest';
import { checkTerritories } from '../../../shared/territory/check.ts';
import type { Territory } from '../../../shared/territory/territory.ts';
import { rectangle, territory } from './shapes.ts';

const reps = { knownRepIds: new Set(['rep-li', 'rep-wang']), activeRepIds: new Set(['rep-li']) };
const check = (...territories: Territory[]) => checkTerritories(territories, reps);
const good = territory('good', rectangle(120, 31, 121, 32));

describe('refused by its path is', () => {
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

describe('longitudes and latitudes the other way round', () => {
  test('are refused where they lead out of every known country, though they are places on earth', () => {
    // Urumqi, and somewhere in the US.
    for (const swapped of [rectangle(43.7, 87.5, 43.9, 87.7), rectangle(38.8, -77.2, 39, -77)]) {
      expect(check(good, territory('odd', swapped)).errors).toEqual([
        { path: 'features.1.geometry', message: 'odd is in no country: are its longitudes and latitudes swapped?' },
      ]);
    }
  });

  test('are not suspected of an island or of a sea', () => {
    expect(check(territory('hongkong', rectangle(114.1, 22.2, 114.2, 22.3))).errors).toEqual([]);
    expect(check(territory('hawaii', rectangle(-157.9, 21.3, -157.8, 21.4))).errors).toEqual([]);
    expect(check(territory('atlantic', rectangle(-40, 30, -39, 31))).errors).toEqual([]);
  });
});

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

  test('are told by the ids of both, in their order', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => territory(id, rectangle(120, 31, 121, 32)));
    if (!a || !b || !c) throw new Error('no territories');
    for (const some of [
      [a, b, c],
      [c, b, a],
      [b, c, a],
    ])
      expect(check(...some).overlaps.map((each) => each.a + each.b)).toEqual(['ab', 'ac', 'bc']);
    expect(check(good).overlaps).toEqual([]);
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

  test('many reps without territories by some of them', () => {
    const everybody = Array.from({ length: 30 }, (_, n) => `rep-${10 + n}`);
    const { warnings } = checkTerritories([good], {
      knownRepIds: new Set(['rep-li', ...everybody]),
      activeRepIds: new Set(['rep-li', ...everybody]),
      previous: [],
    });
    expect(warnings).toEqual([expect.stringMatching(/^active reps in no territory: rep-10, .*rep-29 and 10 more$/)]);
  });

  test('idle reps in the order of their ids', () => {
    const active = new Set(['rep-wang', 'rep-li', 'rep-an']);
    const { warnings } = checkTerritories([territory('x', rectangle(1, 1, 2, 2), { repIds: [] })], {
      knownRepIds: active,
      activeRepIds: active,
    });
    expect(warnings).toContain('active reps in no territory: rep-an, rep-li, rep-wang');
  });

  test('rings that are left out', () => {
    const needle = rectangle(120.5, 31.5, 120.5, 31.6);
    const of = (...holes: (typeof needle)[]) =>
      check(territory('x', [], { geometry: [[rectangle(120, 31, 121, 32), ...holes]] }));
    expect(of(needle).warnings).toEqual(['1 ring of x enclose nothing: left out']);
    expect(of(needle, needle).warnings).toEqual(['2 rings of x enclose nothing: left out']);
    expect(of(needle).territories[0]?.geometry).toEqual([[rectangle(120, 31, 121, 32)]]);
  });

  test('ground of a territory that is gone with all beside it, or nowhere near what there is now', () => {
    const previous = [good, territory('far', rectangle(10, 50, 10.1, 50.1))];
    const lost = (...now: Territory[]) => checkTerritories(now, { ...reps, previous }).warnings;
    expect(lost(good)).toEqual([expect.stringMatching(/^79(\.\d+)? square kilometres that were in far/)]);
    expect(lost(territory('other', rectangle(119, 30, 122, 33)), territory('far', rectangle(10, 50, 11, 51)))).toEqual(
      [],
    );
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
    // Far away is no suspicion by itself, nor is near enough in both ways.
    expect(check(...germany, territory('japan', rectangle(139, 35, 140, 36))).warnings).toEqual([]);
    expect(check(...germany, territory('south', rectangle(9, 29.5, 10, 30.5))).warnings).toEqual([]);
  });
});
