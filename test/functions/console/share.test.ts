import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byWeight, evenly, missing } from '../../../functions/console/page/pages/targets/share.ts';

const target = fc.oneof(
  fc.integer({ min: 0, max: 1e9 }),
  fc.integer({ min: 0, max: 1e9 }).map((cents) => cents / 100),
);

describe('a target that is shared', () => {
  it('adds up, and nobody has more than one more than another but for a fraction', () => {
    fc.assert(
      fc.property(target, fc.integer({ min: 1, max: 60 }), (whole, people) => {
        const parts = evenly(whole, people);
        expect(parts).toHaveLength(people);
        expect(missing(whole, parts)).toBe(0);
        expect(Math.max(...parts) - Math.min(...parts)).toBeLessThan(2);
      }),
    );
  });

  it('adds up by weights too, and more goes to whoever weighs more', () => {
    fc.assert(
      fc.property(
        target,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }),
        (whole, weights) => {
          const parts = byWeight(whole, weights);
          expect(missing(whole, parts)).toBe(0);
          const most = weights.indexOf(Math.max(...weights));
          const least = weights.indexOf(Math.min(...weights));
          // Rounding moves one each at most, and what cannot be shared stays with the first.
          expect((parts[most] ?? 0) - (parts[least] ?? 0)).toBeGreaterThan(-weights.length - 2);
        },
      ),
    );
  });
});
