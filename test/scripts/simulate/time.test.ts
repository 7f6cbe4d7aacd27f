import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginsAt, FIRST_DAY } from '../../../scripts/simulate/time.ts';

const HOURS_AHEAD = 8;
const HOUR = 3600 * 1000;
const A_WEEK = 7 * 24 * HOUR;

test('on whatever day it is asked for, a simulated month begins within a week, on a Monday at midnight in China', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(2100, 0) }), (now) => {
      const begins = beginsAt(now);
      const there = new Date(begins + HOURS_AHEAD * HOUR);
      expect(there.getUTCDay()).toBe(FIRST_DAY);
      expect(there.toISOString()).toContain('T00:00:00.000');
      expect(begins - now).toBeGreaterThanOrEqual(0);
      expect(begins - now).toBeLessThan(A_WEEK);
    }),
  );
});
