import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Deals, expectedWinRate, priorOf, segmentKey } from '../../../shared/performance/win-rate.ts';

const member = (won: number, closed: number): Deals => ({ won, closed });

describe('what a team’s deals say of one of them', () => {
  it('is its mean with one of five won beside its own, however few it closed', () => {
    expect(priorOf([])).toEqual({ mean: 1 / 5, strength: 20 });
    expect(priorOf([member(0, 0), member(0, 0)])).toEqual({ mean: 1 / 5, strength: 20 });
    expect(priorOf([member(3, 5)])).toEqual({ mean: 4 / 10, strength: 20 });
    expect(priorOf([member(3, 5), member(0, 0)])).toEqual({ mean: 4 / 10, strength: 20 });
  });

  it('is as strong as the moments of beta-binomial counts make it', () => {
    // Rates of 0.1, 0.3 and 0.5 in 100 deals each: rate 0.3, chance 0.21, spread 8.
    // (8 − 0.21 × 2) ÷ (0.21 × (300 − 100 − 2)) = 0.1823, of which (1 − 0.1823) ÷ 0.1823 = 4.485: the weakest is 5.
    expect(priorOf([member(10, 100), member(30, 100), member(50, 100)]).strength).toBe(5);
    // Rates of 0.2, 0.3 and 0.4: spread 2; (2 − 0.42) ÷ 41.58 = 0.0380; 25.316.
    expect(priorOf([member(20, 100), member(30, 100), member(40, 100)]).strength).toBeCloseTo(25.316, 2);
    // Two of 50 and 200 deals with rates of 0.2 and 0.35: rate 0.32, chance 0.2176, spread 0.9; (0.9 − 0.2176) ÷ (0.2176 × 79) = 0.0397.
    expect(priorOf([member(10, 50), member(70, 200)]).strength).toBeCloseTo(24.19, 1);
  });

  it('is strong where chance explains how they differ, or nobody ever won or lost', () => {
    expect(priorOf([member(30, 100), member(31, 100)]).strength).toBe(60);
    expect(priorOf([member(0, 50), member(0, 50)]).strength).toBe(60);
    expect(priorOf([member(50, 50), member(20, 20)]).strength).toBe(60);
    expect(priorOf([member(1, 1), member(0, 1)]).strength).toBe(60);
  });

  it('is never weaker than five deals nor stronger than sixty, and counts who closed nothing for nobody', () => {
    const deals = fc.tuple(fc.nat(200), fc.nat(200)).map(([won, lost]) => member(won, won + lost));
    fc.assert(
      fc.property(fc.array(deals, { maxLength: 8 }), (members) => {
        const { mean, strength } = priorOf(members);
        expect(strength).toBeGreaterThanOrEqual(5);
        expect(strength).toBeLessThanOrEqual(60);
        expect(mean).toBeGreaterThan(0);
        expect(mean).toBeLessThan(1);
        expect(priorOf([...members, member(0, 0)])).toEqual({ mean, strength });
      }),
    );
  });
});

describe('a cautious rate', () => {
  it('is one standard deviation of the beta distribution below what is expected, and never below nothing', () => {
    // Beta(8, 12): mean 0.4, variance 0.4 × 0.6 ÷ 21.
    const { mean, cautious } = expectedWinRate(member(2, 5), { mean: 0.4, strength: 15 });
    expect(mean).toBeCloseTo(0.4, 12);
    expect(cautious).toBeCloseTo(0.4 - Math.sqrt(0.24 / 21), 12);
    expect(expectedWinRate(member(0, 0), { mean: 0.01, strength: 5 }).cautious).toBe(0);
  });
});

describe('a segment’s key', () => {
  it('is what was said of it in lower case, apart from what was not said', () => {
    expect(segmentKey({ productLine: 'MES', grade: 'A', industry: '纺织|x' })).toBe('mes|a|%E7%BA%BA%E7%BB%87%7Cx');
    expect(segmentKey({ grade: 'B' })).toBe('%|b|%');
  });
});
