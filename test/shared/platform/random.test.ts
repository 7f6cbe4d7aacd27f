import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRow } from '../../../shared/platform/csv.ts';
import {
  backoff,
  draw,
  firstId,
  newId,
  nextId,
  sha256,
  shardOf,
  timeOf,
  unguessable,
} from '../../../shared/platform/random.ts';

const at = new Date('2026-11-02T02:00:00.000Z');
const after = new Date(at.getTime() + 1);

describe('an id', () => {
  it('says when it was made, and comes after all ids of things before', () => {
    expect(timeOf(newId(at))).toEqual(at);
    expect(newId(at) >= firstId(at)).toBe(true);
    expect(newId(at) < firstId(after)).toBe(true);
    expect(firstId(at)).toMatch(/^[0-9A-Z]{10}0{16}$/);
  });

  it('told in order comes after the one before it, also within a millisecond', () => {
    const ids = Array.from({ length: 20 }, () => nextId(at));
    expect([...ids].sort()).toEqual(ids);
    expect(timeOf(nextId(after))).toEqual(after);
    expect(new Set(ids).size).toBe(20);
  });
});

describe('chance', () => {
  it('that is seeded is the same for the same seed, and even', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(draw('abc')).toBe(0xba7816bf8f01 / 2 ** 48);
    const draws = Array.from({ length: 1000 }, (_, n) => draw(`seed-${n}`));
    for (const each of draws) expect(each >= 0 && each < 1).toBe(true);
    expect(draws.filter((each) => each < 0.25).length / 1000).toBeCloseTo(0.25, 1);
    const shards = new Set(Array.from({ length: 100 }, (_, n) => shardOf(`id-${n}`, 4)));
    expect([...shards].sort()).toEqual([0, 1, 2, 3]);
  });

  it('that nobody guesses is of so many bytes', () => {
    expect(unguessable(24)).toMatch(/^[\w-]{32}$/);
    expect(unguessable(24)).not.toBe(unguessable(24));
  });

  it('spreads waits up to twice as long each time, and never beyond the longest', () => {
    fc.assert(
      fc.property(fc.nat(20), (attempt) => {
        const wait = backoff(attempt, 10, 500);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(Math.min(500, 10 * 2 ** attempt));
      }),
    );
    const waits = Array.from({ length: 200 }, () => backoff(3, 10, 500));
    expect(Math.max(...waits)).toBeGreaterThan(40);
    expect(Math.min(...Array.from({ length: 200 }, () => backoff(30, 10, 500)))).toBeLessThan(400);
  });
});

describe('a line of CSV', () => {
  it('quotes what would end a field, and makes text of what a spreadsheet would run', () => {
    expect(csvRow(['a', 1, undefined, null, 'b,c', 'say "x"', 'two\nlines', 'cr\r'])).toBe(
      'a,1,,,"b,c","say ""x""","two\nlines","cr\r"\r\n',
    );
    for (const start of ['=', '+', '-', '@']) expect(csvRow([`${start}1+1`, 'x'])).toBe(`'${start}1+1,x\r\n`);
    expect(csvRow(['\t=1'])).toBe(`'\t=1\r\n`);
    expect(csvRow(['\r=1'])).toBe(`"'\r=1"\r\n`);
    expect(csvRow([-1, '1-1', 'a=b'])).toBe('-1,1-1,a=b\r\n');
  });
});
