import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate } from '../../../../shared/scoring/model/calibrate.ts';
import { onScale, scaleLike } from '../../../../shared/scoring/model/lead-model.ts';
import { aucOf } from '../../../../shared/scoring/model/measures.ts';
import { perCent, pointsOf, roundTo } from '../../../../shared/scoring/model/points.ts';

const logit = fc.integer({ min: -8000, max: 8000 }).map((n) => n / 1000);
const values = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 60 });

describe('points', () => {
  it('are whole, add up to the value exactly, and never speak against what speaks for the outcome', () => {
    fc.assert(
      fc.property(
        logit,
        fc.array(logit, { maxLength: 12 }),
        values,
        fc.array(logit, { minLength: 1 }),
        (intercept, parts, to, from) => {
          const logits = parts.reduce((sum, part) => sum + part, intercept);
          const said = {
            logit: logits,
            probability: 0,
            parts: parts.map((part, at) => ({ column: String(at), part, because: '' })),
          };
          for (const scale of [perCent, onScale(scaleLike(from, to))]) {
            const { value, points } = pointsOf(said, intercept, scale, 'average');
            expect(points.reduce((sum, each) => sum + each.points, 0)).toBe(value);
            expect(Math.abs(value - scale(logits))).toBeLessThanOrEqual(0.5 + 1e-3);
            for (const { rule, points: given } of points.slice(1)) {
              expect(Number.isInteger(given)).toBe(true);
              // Rounding moves each by less than one.
              expect(given * Math.sign(parts[Number(rule)] ?? 0)).toBeGreaterThanOrEqual(-1);
            }
          }
        },
      ),
    );
  });

  it('are rounded so that each is less than one away', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1 }), (parts) => {
        const total = Math.round(parts.reduce((sum, part) => sum + part, 0)) + 0;
        const whole = roundTo(total, parts);
        expect(whole.reduce((sum, part) => sum + part, 0)).toBe(total);
        for (const [at, part] of whole.entries()) expect(Math.abs(part - (parts[at] ?? 0))).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('the scale', () => {
  it('never falls, and gives as many leads each value as the rules do', () => {
    fc.assert(
      fc.property(fc.array(logit, { minLength: 1 }), values, logit, logit, (from, to, a, b) => {
        const scale = onScale(scaleLike(from, to));
        expect(scale(Math.max(a, b))).toBeGreaterThanOrEqual(scale(Math.min(a, b)));
      }),
    );
    const logits = Array.from({ length: 1000 }, (_, n) => Math.sin(n) * 3);
    const ruled = Array.from({ length: 1000 }, (_, n) => (n * 37) % 100);
    const scale = onScale(scaleLike(logits, ruled));
    const atLeast = (threshold: number, of: number[]) => of.filter((value) => value >= threshold).length;
    for (const threshold of [40, 70]) {
      expect(Math.abs(atLeast(threshold, logits.map(scale)) - atLeast(threshold, ruled))).toBeLessThan(20);
    }
  });
});

describe('calibration', () => {
  it('keeps the order of leads, whatever came', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(logit, fc.constantFrom(0, 1)), { minLength: 2, maxLength: 80 }), (leads) => {
        const [logits, outcomes] = [leads.map(([each]) => each), leads.map(([, outcome]) => outcome)];
        const { slope, shift } = calibrate(logits, outcomes);
        expect(slope).toBeGreaterThan(0);
        expect(Number.isFinite(shift)).toBe(true);
        expect(
          aucOf(
            logits.map((each) => slope * each + shift),
            outcomes,
          ) ?? 0,
        ).toBeCloseTo(aucOf(logits, outcomes) ?? 0, 6);
      }),
    );
  });
});
