import { describe, expect, it } from 'vitest';
import { decide } from '../../../../shared/scoring/model/columns.ts';
import { because, type Feature, partOf, widthOf } from '../../../../shared/scoring/model/features.ts';
import { cellsOf, onScale } from '../../../../shared/scoring/model/lead-model.ts';
import { logitOf, predict } from '../../../../shared/scoring/model/model.ts';
import { perCent, pointsOf, roundTo } from '../../../../shared/scoring/model/points.ts';

const column = (cell: (row: number) => string, rows = 400) => Array.from({ length: rows }, (_, row) => cell(row));
const decided = (cell: (row: number) => string, name = 'x', wanted = false) => {
  const found = decide(name, column(cell), wanted);
  return 'leftOut' in found ? found.leftOut : found.feature;
};

describe('a column is', () => {
  it('left out where it is empty, or the same everywhere; not where some do not say', () => {
    expect(decided(() => '')).toBe('it is empty');
    expect(decided(() => 'China')).toBe('it is the same everywhere');
    expect(decided((row) => (row % 2 ? 'China' : ''))).toMatchObject({ levels: ['China'], missing: true });
  });

  it('a date where nearly all are', () => {
    expect(decided((row) => (row < 8 ? `x${row}` : '2026-11-23'))).toBe('a date says when, and not who');
    expect(decided((row) => (row < 9 ? 'x' : '2026-11-23'))).toMatchObject({ kind: 'category' });
  });

  it('of numbers where nearly all are, of three values at least', () => {
    expect(decided((row) => String(row % 3))).toMatchObject({ kind: 'number', knots: [0, 1, 2], median: 1 });
    expect(decided((row) => String(row % 2))).toMatchObject({ kind: 'category', levels: ['0', '1'], missing: false });
    expect(decided((row) => ['1', '1.0', '2'][row % 3] ?? '')).toMatchObject({ kind: 'category' });
    expect(decided((row) => (row % 4 ? String(row % 7) : ''))).toMatchObject({ kind: 'number', missing: true });
  });

  it('given a knot at each of few values, and at shares of many', () => {
    expect(decided((row) => String(row % 8))).toMatchObject({ knots: [0, 1, 2, 3, 4, 5, 6, 7] });
    const many = decided((row) => String(row % 200));
    expect(many).toMatchObject({ knots: [1, 10, 40, 80, 119, 159, 189, 198], median: 100 });
    expect(decided((row) => String(row % 9 === 0 ? -1 : row))).toMatchObject({
      knots: expect.arrayContaining([-1]),
    });
  });

  it('an id by its name, its length, or because its numbers follow each other; unless somebody wants it', () => {
    const apart = (row: number) => String(row * row);
    expect(decided(apart, 'orders')).toMatchObject({ kind: 'number' });
    for (const name of ['Lead ID', 'leadId', 'customer_no', 'row', '编号', '手机号码', 'order-key'])
      expect(decided(apart, name), name).toBe('it is an id');
    for (const name of ['paid', 'growth', 'monkey'])
      expect(decided(apart, name), name).toMatchObject({ kind: 'number' });
    expect(decided((row) => String(13_800_000_000 + row * row))).toBe('it is an id');
    expect(decided((row) => String(5000 + 2 * row))).toBe('it is an id');
    expect(decided((row) => String(5000 + 4 * row))).toMatchObject({ kind: 'number' });
    expect(decided((row) => String(5000 + 2 * row), 'x', true)).toMatchObject({ kind: 'number' });
    expect(decided((row) => String(row % 300), 'Lead ID')).toMatchObject({ kind: 'number' });
    expect(decided((row) => String(row * row + 0.5), 'Lead ID')).toMatchObject({ kind: 'number' });
    expect(decide('Lead ID', column(apart, 49), false)).toMatchObject({ feature: { kind: 'number' } });
  });

  it('an id at the edge of what is one, and none beyond it', () => {
    const id = 'it is an id';
    expect(
      decide(
        'Lead ID',
        column((row) => String(row * row), 50),
        false,
      ),
    ).toEqual({ leftOut: id });
    expect(decided((row) => String(1e8 + row * row))).toBe(id);
    expect(decided((row) => String(1e8 - 1 + row * row))).toMatchObject({ kind: 'number' });
    expect(decided((row) => String(row < 380 ? row * row : 0), 'Lead ID')).toBe(id);
    expect(decided((row) => String(row < 379 ? row * row : 0), 'Lead ID')).toMatchObject({ kind: 'number' });
    expect(decided((row) => String(row * row + (row === 7 ? 0.5 : 0)), 'Lead ID')).toMatchObject({ kind: 'number' });
    const upTo = (last: number) => (row: number) => String(row === 399 ? 5000 + last : 5000 + 3 * row);
    expect(decided(upTo(1199))).toBe(id);
    expect(decided(upTo(1200))).toMatchObject({ kind: 'number' });
  });

  it('given a knot at a value that a tenth says, apart from the shares of all others; at each of eight, however seldom', () => {
    const tenth = (row: number) => (row % 10 === 0 ? '221' : String(2 * (row - Math.floor(row / 10) - 1)));
    expect(decided(tenth)).toMatchObject({ knots: [4, 36, 144, 221, 288, 430, 574, 682, 714] });
    const seldom = (row: number) => (row < 20 ? String(1 + Math.floor(row / 3)) : '0');
    expect(decided(seldom)).toMatchObject({ knots: [0, 1, 2, 3, 4, 5, 6, 7] });
  });

  it('of at most a hundred values, the most frequent ones, the first by name of equals', () => {
    const named = Array.from({ length: 120 }, (_, n) => `t${n}`);
    const texts = [...named.flatMap((name) => Array.from({ length: 10 }, () => name)), ...Array(50).fill('zz')];
    const kept = [...named.toSorted().slice(0, 99), 'zz'];
    for (const order of [texts, texts.toReversed()])
      expect(decide('x', order, false)).toMatchObject({ feature: { levels: kept, rare: true } });
  });

  it('of values where half of the rows say one that is frequent; a yes or no from one row in a hundred to all but one', () => {
    const half = (most: number) => (row: number) => (row < most ? 'known' : `text ${row}`);
    expect(decided(half(200))).toMatchObject({ levels: ['known'], rare: true });
    expect(decided(half(199))).toBe('nearly every row has another text');
    const given = { levels: ['given'], givenOnly: true };
    expect(decided((row) => (row < 4 ? `text ${row}` : ''))).toMatchObject(given);
    expect(decided((row) => (row >= 4 ? `text ${row}` : ''))).toMatchObject(given);
  });

  it('of values, those seen five times at least by name', () => {
    const towns = (row: number) => (row < 5 ? 'five' : row < 9 ? 'four' : `town ${row % 3}`);
    expect(decided(towns)).toMatchObject({ levels: ['five', 'town 0', 'town 1', 'town 2'], rare: true });
    expect(decided((row) => `town ${row % 3}`)).toMatchObject({ rare: false });
    const hundred = decide(
      'x',
      column((row) => `t${row % 101}`, 1010),
      false,
    );
    expect(hundred).toMatchObject({ feature: { rare: true, levels: { length: 100 } } });
  });

  it('only a yes or no where nearly every row says something else', () => {
    expect(decided((row) => `text ${row}`)).toBe('nearly every row has another text');
    expect(decided((row) => (row % 3 ? `text ${row}` : ''))).toEqual({
      ...{ name: 'x', kind: 'category', levels: ['given'], rare: false, missing: true, givenOnly: true },
    });
    expect(decided((row) => (row < 3 ? `text ${row}` : ''))).toBe('nearly every row has another text');
    expect(decided((row) => (row > 2 ? `text ${row}` : ''))).toBe('nearly every row has another text');
    const mostly = (row: number) => (row < 30 ? 'known' : `text ${row}`);
    expect(decided(mostly)).toBe('nearly every row has another text');
    expect(decided(mostly, 'x', true)).toMatchObject({ levels: ['known'], rare: true });
  });
});

const size: Feature = {
  ...{ name: 'size', kind: 'number', decimals: 'point', knots: [0, 10], median: 10, missing: true },
  ...{ mean: 0.5, weights: [1, 10, 20, -4] },
};
const source: Feature = {
  ...{ name: 'source', kind: 'category', levels: ['ad', 'fair', 'web'], rare: false, missing: false },
  ...{ mean: 0.25, weights: [1, 2, 3] },
};

describe('a part of what a model says', () => {
  it('is told from the average; a value that it does not know is average', () => {
    expect([0, 5, 10, '', 'many'].map((cell) => partOf(size, cell))).toEqual([8.5, 14.5, 20.5, -4.5, -4.5]);
    expect(['ad', 'fair', 'web', 'new', ''].map((cell) => partOf(source, cell))).toEqual([0.75, 1.75, 2.75, 0, 0]);
    const open: Feature = { ...source, rare: true, missing: true, weights: [1, 2, 3, 4, 5] };
    expect(['new', ''].map((cell) => partOf(open, cell))).toEqual([3.75, 4.75]);
    const given: Feature = { ...source, levels: ['given'], givenOnly: true, missing: true, weights: [1, 2] };
    expect(['anything', ''].map((cell) => partOf(given, cell))).toEqual([0.75, 1.75]);
    expect([size, source, open, given].map(widthOf)).toEqual([4, 3, 5, 2]);
  });

  it('says why', () => {
    expect(['', '7', 'many'].map((cell) => because(size, cell))).toEqual([
      'size not given',
      'size is 7',
      'size is no number',
    ]);
    expect(['', 'web', 'new'].map((cell) => because(source, cell))).toEqual([
      'source not given',
      'source is web',
      'source is new, seen too seldom',
    ]);
    expect(because({ ...source, givenOnly: true }, 'anything')).toBe('source given');
  });

  it('adds up to the logit, and to points', () => {
    const model = { intercept: -1, features: [size, source] };
    const cell = cellsOf({ size: 0, source: 'fair' });
    expect(cell('toString')).toBeUndefined();
    expect(logitOf(model, cell)).toBe(9.25);
    const said = predict(model, cell);
    expect(said).toMatchObject({
      logit: 9.25,
      parts: [
        { column: 'size', part: 8.5 },
        { column: 'source', part: 1.75 },
      ],
    });
    expect(pointsOf(said, -1, perCent, 'average').points.map(({ rule, points }) => [rule, points])).toEqual([
      ['baseline', 27],
      ['size', 61],
      ['source', 12],
    ]);
    const none = { ...said, logit: -1, parts: said.parts.map((part) => ({ ...part, part: 0 })) };
    expect(pointsOf(none, -1, perCent, 'average')).toEqual({
      value: 27,
      points: [{ rule: 'baseline', points: 27, because: 'average' }],
    });
  });
});

describe('parts are rounded', () => {
  it('down first, then up where most was lost, the first of equals', () => {
    expect(roundTo(10, [3.3, 3.3, 3.4])).toEqual([3, 3, 4]);
    expect(roundTo(4, [1.5, 1.5, 1])).toEqual([2, 1, 1]);
    expect(roundTo(0, [-0.5, 0.5])).toEqual([0, 0]);
  });
});

describe('a scale', () => {
  it('is straight between its places, and flat beyond them', () => {
    const scale = onScale({ logits: [-1, 0, 2], values: [10, 40, 80] });
    expect([-5, -1, -0.5, 0, 1, 2, 9].map(scale)).toEqual([10, 10, 25, 40, 60, 80, 80]);
    expect(onScale({ logits: [], values: [] })(1)).toBe(0);
  });
});
