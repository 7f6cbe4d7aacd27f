import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minutesBetween, rangeOf, ranges, responseTimes } from '../../../shared/response/response.ts';

const counted = (minutes: readonly number[]) => {
  const counts = new Map<number, number>();
  for (const each of minutes) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
};
const times = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 60 });

describe('response times', () => {
  it.each([
    [0, '<1h'],
    [59, '<1h'],
    [60, '1-4h'],
    [239, '1-4h'],
    [240, '4-24h'],
    [1439, '4-24h'],
    [1440, '>24h'],
    [100_000, '>24h'],
  ])('of %d minutes fall into %s', (minutes, range) => expect(rangeOf(minutes)).toBe(range));

  it('count every lead once, however the rows are cut', () => {
    fc.assert(
      fc.property(times, fc.nat(60), (minutes, cut) => {
        const whole = responseTimes([{ contacted: counted(minutes), won: counted(minutes.slice(0, cut)) }]);
        const parts = [minutes.slice(0, cut), minutes.slice(cut)].map((some) => ({
          contacted: counted(some),
          won: counted(some.filter((_, at) => some === minutes || at < cut)),
        }));
        const again = responseTimes([
          parts[0] ?? { contacted: new Map(), won: new Map() },
          { ...(parts[1] ?? { contacted: new Map() }), won: new Map() },
        ]);
        expect(again).toEqual(whole);
        expect(whole.buckets.reduce((sum, { leads }) => sum + leads, 0)).toBe(minutes.length);
        for (const { converted, leads, conversion } of whole.buckets) {
          expect(converted).toBeLessThanOrEqual(leads);
          expect(conversion === null).toBe(leads === 0);
        }
      }),
    );
  });

  it('have the median in the middle, and a tenth of the leads above the ninetieth percentile at most', () => {
    fc.assert(
      fc.property(times, (minutes) => {
        const { medianMinutes, p90Minutes } = responseTimes([{ contacted: counted(minutes), won: new Map() }]);
        const sorted = [...minutes].sort((a, b) => a - b);
        const middle = (sorted.length - 1) / 2;
        const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
        expect(medianMinutes).toBe(median);
        expect(sorted.filter((each) => each > (p90Minutes ?? 0)).length).toBeLessThanOrEqual(minutes.length / 10);
      }),
    );
  });

  it('without a lead are unknown, and not nothing', () => {
    const none = responseTimes([]);
    expect(none).toMatchObject({ medianMinutes: null, p90Minutes: null });
    expect(none.buckets.map(({ range, conversion, benchmark }) => [range, conversion, benchmark])).toEqual([
      ['<1h', null, 0.352],
      ['1-4h', null, 0.187],
      ['4-24h', null, 0.085],
      ['>24h', null, 0.019],
    ]);
    expect(ranges).toHaveLength(4);
  });

  it('are whole minutes', () => {
    expect(minutesBetween('2026-11-23T08:00:00.000Z', '2026-11-23T08:59:59.999Z')).toBe(59);
    expect(minutesBetween('2026-11-23T08:00:00.000Z', '2026-11-23T07:59:59.000Z')).toBe(0);
  });
});

describe('the table of response times', () => {
  const of = (counts: [number, number][]) => new Map(counts);

  it('says of each stretch how many of its leads were won', () => {
    const { buckets, medianMinutes, p90Minutes } = responseTimes([
      {
        contacted: of([
          [30, 2],
          [90, 4],
        ]),
        won: of([[30, 1]]),
      },
      {
        contacted: of([
          [30, 1],
          [5000, 3],
        ]),
        won: of([
          [30, 1],
          [5000, 1],
        ]),
      },
    ]);
    expect(buckets.map(({ range, leads, converted, conversion }) => [range, leads, converted, conversion])).toEqual([
      ['<1h', 3, 2, 0.6667],
      ['1-4h', 4, 0, 0],
      ['4-24h', 0, 0, null],
      ['>24h', 3, 1, 0.3333],
    ]);
    expect([medianMinutes, p90Minutes]).toEqual([90, 5000]);
  });

  it('does not count what was taken back', () => {
    const { medianMinutes, p90Minutes } = responseTimes([
      {
        contacted: of([
          [5, 0],
          [10, 1],
          [500, 0],
        ]),
        won: of([]),
      },
    ]);
    expect([medianMinutes, p90Minutes]).toEqual([10, 10]);
  });
});
