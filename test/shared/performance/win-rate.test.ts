import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Deals, expectedWinRate, priorOf, segmentKey } from '../../../shared/performance/win-rate.ts';

const deals: fc.Arbitrary<Deals> = fc
  .tuple(fc.nat(200), fc.nat(200))
  .map(([won, lost]) => ({ won, closed: won + lost }));
const member = (won: number, closed: number): Deals => ({ won, closed });

describe('the expected win rate', () => {
  it('lies between one’s own rate and the team’s mean', () => {
    fc.assert(
      fc.property(deals, fc.array(deals, { maxLength: 8 }), (own, others) => {
        fc.pre(own.closed > 0);
        const prior = priorOf([own, ...others]);
        const rate = own.won / own.closed;
        const { mean, cautious } = expectedWinRate(own, prior);
        expect(mean).toBeGreaterThanOrEqual(Math.min(rate, prior.mean) - 1e-9);
        expect(mean).toBeLessThanOrEqual(Math.max(rate, prior.mean) + 1e-9);
        expect(cautious).toBeLessThanOrEqual(mean);
      }),
    );
  });

  it('rises with each deal won and falls with each lost', () => {
    fc.assert(
      fc.property(deals, fc.array(deals, { maxLength: 8 }), ({ won, closed }, others) => {
        const prior = priorOf(others);
        const now = expectedWinRate({ won, closed }, prior).mean;
        expect(expectedWinRate({ won: won + 1, closed: closed + 1 }, prior).mean).toBeGreaterThan(now);
        expect(expectedWinRate({ won, closed: closed + 1 }, prior).mean).toBeLessThan(now);
      }),
    );
  });

  it('of 2 of 2 does not beat 80 of 100, in any team that wins less than that', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 60, max: 200 })), { maxLength: 8 }), (others) => {
        const [lucky, proven] = [member(2, 2), member(80, 100)];
        const prior = priorOf([lucky, proven, ...others.map(([won, lost]) => member(won, won + lost))]);
        expect(expectedWinRate(lucky, prior).cautious).toBeLessThan(expectedWinRate(proven, prior).cautious);
      }),
    );
  });

  it('is the team’s where nobody’s deals differ more than chance explains, and one’s own where they do', () => {
    const alike = priorOf([member(5, 20), member(6, 20), member(4, 20)]);
    const unlike = priorOf([member(1, 50), member(45, 50), member(20, 50)]);
    expect(alike.strength).toBeGreaterThan(unlike.strength);
    expect(expectedWinRate(member(45, 50), unlike).mean).toBeGreaterThan(0.8);
    expect(priorOf([])).toEqual({ mean: 0.2, strength: 20 });
  });
});

describe('a segment', () => {
  it('is told from every other by product line, grade and industry', () => {
    const part = fc.option(fc.constantFrom('a', 'b|', '*', 'Ä', '|'), { nil: undefined });
    const segment = fc.record({ productLine: part, grade: fc.constantFrom('A', 'B'), industry: part });
    fc.assert(
      fc.property(segment, segment, (a, b) => {
        const same = JSON.stringify(a).toLowerCase() === JSON.stringify(b).toLowerCase();
        expect(segmentKey(a) === segmentKey(b)).toBe(same);
      }),
    );
  });
});
