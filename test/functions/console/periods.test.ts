import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodBefore, periods } from '../../../functions/console/page/pages/performance/periods.ts';
import { periodNameOf, periodOf, plusDays } from '../../../shared/appraisal/period.ts';

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => plusDays('2001-01-01', days));
const kind = fc.constantFrom('week', 'month', 'quarter', 'year' as const);

describe('the periods that the console offers', () => {
  it('are those that the API knows, the running ones among them', () => {
    fc.assert(
      fc.property(day, (today) => {
        const offered = periods(new Date(`${today}T12:00:00.000Z`));
        expect(offered.filter((name) => periodOf(name) === undefined)).toEqual([]);
        const running = (['week', 'month', 'quarter', 'year'] as const).map((each) => periodNameOf(today, each));
        expect(offered).toEqual(expect.arrayContaining(running));
      }),
    );
  });

  it('have the one before that ends where they begin', () => {
    fc.assert(
      fc.property(day, kind, (today, of) => {
        const name = periodNameOf(today, of);
        const before = periodOf(periodBefore(name));
        expect(before).toMatchObject({ kind: of, to: periodOf(name)?.from });
      }),
    );
  });
});
