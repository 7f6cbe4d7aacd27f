import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Shares } from '../../../scripts/local/shares.ts';

it('time that passes while two run is half of each', () => {
  let now = 100;
  const shares = new Shares(() => now);
  now = 105;
  shares.begin(1);
  now += 10;
  shares.begin(2);
  now += 6;
  expect(shares.end(1)).toBe(13);
  now += 4;
  expect(shares.end(2)).toBe(7);
  expect(shares.end(3)).toBe(0);
});

it('all time that passes while anyone runs is somebody’s, and no other', () => {
  const step = fc.record({ who: fc.integer({ min: 0, max: 4 }), passes: fc.integer({ min: 0, max: 1000 }) });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      let now = 0;
      let busy = 0;
      let told = 0;
      const running = new Set<number>();
      const shares = new Shares(() => now);
      const turn = (who: number): void => {
        if (running.delete(who)) told += shares.end(who);
        else {
          shares.begin(who);
          running.add(who);
        }
      };
      for (const { who, passes } of steps) {
        turn(who);
        now += passes;
        if (running.size > 0) busy += passes;
      }
      for (const who of [...running]) turn(who);
      expect(told).toBeCloseTo(busy, 6);
    }),
  );
});
