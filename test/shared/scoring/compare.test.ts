import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Compared, compareScores, neverGiven } from '../../../shared/scoring/compare.ts';
import type { Facts } from '../../../shared/scoring/facts.ts';
import { keptScoringRules } from '../../../shared/scoring/rules.ts';
import { gradeFor, type Points, type Score } from '../../../shared/scoring/score.ts';

const grades = { A: 70, B: 40 };
const score = (value: number, points: Points[] = []): Score => ({
  value,
  grade: gradeFor(value, { grades }),
  points,
  version: 1,
});
let made = 0;
const lead = (before: number, after: number, status = 'contacted'): Compared => {
  made += 1;
  return { leadId: `lead-${made}`, status, before: score(before), after: score(after) };
};

describe('a draft beside the rules in force', () => {
  it('changes nothing where it scores alike', () => {
    const { changed, changes, examples, grades: by, moves } = compareScores([lead(80, 80), lead(10, 10)]);
    expect({ changed, changes, examples }).toEqual({ changed: [], changes: { value: 0, grade: 0 }, examples: [] });
    expect(by).toEqual({ before: { A: 1, B: 0, C: 1 }, after: { A: 1, B: 0, C: 1 } });
    expect(moves).toEqual({ A: { A: 1, B: 0, C: 0 }, B: { A: 0, B: 0, C: 0 }, C: { A: 0, B: 0, C: 1 } });
  });

  it('counts whose value and whose grade would be others, and from which grade to which', () => {
    const some = [lead(80, 60), lead(80, 75), lead(30, 50), lead(20, 20)];
    const { leads, changed, changes, moves } = compareScores(some);
    expect([leads, changes]).toEqual([4, { value: 3, grade: 2 }]);
    expect(changed[0]).toEqual({
      leadId: some[0]?.leadId,
      from: { value: 80, grade: 'A' },
      to: { value: 60, grade: 'B' },
    });
    expect([moves.A.B, moves.A.A, moves.C.B, moves.C.C]).toEqual([1, 1, 1, 1]);
  });

  it('shows ten that change most: those of another grade first, then by how far', () => {
    const values = (some: Compared[]) => compareScores(some).examples.map(({ from, to }) => [from.value, to.value]);
    expect(values([lead(80, 95), lead(10, 12), lead(39, 41), lead(80, 20)])).toEqual([
      [80, 20],
      [39, 41],
      [80, 95],
      [10, 12],
    ]);
    expect(values(Array.from({ length: 12 }, (_, n) => lead(80, 81 + n)))).toHaveLength(10);
    expect(values(Array.from({ length: 12 }, (_, n) => lead(80, 81 + n)))[0]).toEqual([80, 92]);
  });

  it('says of these which points differ', () => {
    const points = (rule: string, many: number, because: string): Points => ({ rule, points: many, because });
    const before = score(50, [points('size', 20, '300 employees'), points('gone', 5, 'old'), points('same', 25, 'x')]);
    const after = score(60, [points('size', 10, '300 people'), points('new', 25, 'new'), points('same', 25, 'y')]);
    const regraded = compareScores([
      { leadId: 'l', status: 'won', before: score(50), after: { ...score(50), grade: 'A' } },
    ]);
    expect(regraded.changes).toEqual({ value: 0, grade: 1 });
    expect(compareScores([{ leadId: 'l', status: 'won', before, after }]).examples[0]?.points).toEqual([
      { rule: 'size', before: 20, after: 10, because: '300 people' },
      { rule: 'gone', before: 5, after: null, because: 'old' },
      { rule: 'new', before: null, after: 25, because: 'new' },
    ]);
  });

  it('tells how many of the closed leads of each grade were won, before and after', () => {
    const { winRates } = compareScores([
      lead(80, 20, 'won'),
      lead(80, 80, 'won'),
      lead(80, 80, 'lost'),
      lead(20, 20, 'lost'),
      lead(20, 20, 'contacted'),
    ]);
    expect(winRates.before).toEqual({
      A: { closed: 3, won: 2, rate: 0.667 },
      B: { closed: 0, won: 0, rate: null },
      C: { closed: 1, won: 0, rate: 0 },
    });
    expect(winRates.after).toMatchObject({ A: { closed: 2, won: 1, rate: 0.5 }, C: { closed: 2, won: 1 } });
  });

  it('tells how the values are spread', () => {
    const spread = (values: number[]) => compareScores(values.map((value) => lead(value, 0))).values.before;
    expect(spread([100, 0, 9, 10, 35, 36])).toEqual({
      ...{ mean: 31.7, p10: 0, p25: 9, p50: 35, p75: 36, p90: 100 },
      tens: [2, 1, 0, 2, 0, 0, 0, 0, 0, 1],
    });
    expect(spread([])).toEqual({ mean: 0, p10: 0, p25: 0, p50: 0, p75: 0, p90: 0, tens: Array(10).fill(0) });
    expect(spread([40]).p90).toBe(40);
    expect(compareScores([lead(10, 30), lead(10, 50)]).values.after.mean).toBe(40);
    const value = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), (values) => {
        const { p10, p25, p50, p75, p90, tens } = spread(values);
        expect(tens.reduce((sum, each) => sum + each, 0)).toBe(values.length);
        expect([p10, p25, p50, p75, p90]).toEqual([p10, p25, p50, p75, p90].toSorted((a, b) => a - b));
        for (const [each, share] of [
          [p10, 0.1],
          [p50, 0.5],
          [p90, 0.9],
        ] as const) {
          expect(values.filter((one) => one < each).length).toBeLessThanOrEqual(share * values.length);
          expect(values.filter((one) => one > each).length).toBeLessThanOrEqual((1 - share) * values.length);
        }
      }),
    );
  });
});

describe('the fields of which a table speaks', () => {
  it('are told where no lead gives them', () => {
    const rules = keptScoringRules.parse({
      grades,
      rules: [
        { rule: 'a', field: 'productLine', present: 1 },
        { rule: 'b', field: 'behavior.download', present: 1 },
        {
          rule: 'c',
          points: 1,
          when: {
            is: 'any',
            of: [
              { field: 'productLine', is: 'given' },
              { field: 'source.utm.term', is: 'given' },
            ],
          },
        },
      ],
    });
    const facts = (productLine: string): Facts => ({
      form: { contact: { phone: '+8613800138000' }, source: { channel: 'web' }, productLine },
      receivedAt: '2026-11-02T02:00:00.000Z',
    });
    expect(neverGiven(rules, [facts(''), facts('mes')])).toEqual(['behavior.download', 'source.utm.term']);
    expect(neverGiven(rules, [facts('')])).toEqual(['productLine', 'behavior.download', 'source.utm.term']);
  });
});
