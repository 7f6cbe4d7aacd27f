import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ranked, rowOf } from '../../../shared/appraisal/rankings/row.ts';
import { card, component, li, rulesOf } from './cards.ts';

describe('a ranking', () => {
  it('puts the best first, equals beside each other, and who has no score last', () => {
    const rules = rulesOf([component('won', 'won', 100)]);
    const of = (repId: string, won: number, but: object = {}) => card(rules, { won }, { ...li, repId, ...but });
    const none = of('d', 0, { hiredAt: '2027-01-01' });
    expect(ranked([none, of('b', 7), of('c', 2), of('a', 7)]).map(({ rank, repId }) => [rank, repId])).toEqual([
      [1, 'a'],
      [1, 'b'],
      [3, 'c'],
      [null, 'd'],
    ]);
  });

  it('is made of cards: what somebody had, by plan, and what is missing, once', () => {
    const rules = rulesOf([component('won', 'won', 50), component('nps', 'npsSum / npsAnswers', 50)]);
    const postings = [{ at: '2026-11-16T00:00:00.000Z', role: 'lead' }];
    const made = card(rules, { won: 5 }, { ...li, postings });
    const [row, ...others] = rowOf(made, 'hash');
    expect(others).toEqual([]);
    expect(row).toEqual({
      ...{ repId: 'rep-li', name: '李雷', teamId: 'east', version: 2, hash: 'hash' },
      ...{ score: made.score, grade: made.grade, coefficient: made.coefficient },
      plans: ['all'],
      missing: ['nps'],
      components: made.components.map(({ id, value, score, points }) => ({ id, value, score, points })),
    });
    const { teamId: _, ...teamless } = li;
    const [plain] = rowOf(card(rules, { won: 5 }, teamless));
    expect(plain).not.toHaveProperty('teamId');
    expect(plain).not.toHaveProperty('hash');
    expect(rowOf(card(rules, {}, { ...li, hiredAt: '2027-01-01' }))).toEqual([]);
  });

  it('counts as many before somebody as have more', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 9 }))), (scores) => {
        const rows = scores.map((score, at) => ({ repId: `r${at}`, score }));
        for (const { rank, score } of ranked(rows))
          expect(rank).toBe(score === null ? null : rows.filter((each) => (each.score ?? -1) > score).length + 1);
      }),
    );
  });
});
