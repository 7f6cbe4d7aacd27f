import { describe, expect, it } from 'vitest';
import { coefficientOf } from '../../../shared/appraisal/pay.ts';
import { card, component, rulesOf } from './cards.ts';

describe('pay', () => {
  const points = [
    { score: 0, coefficient: 0.5 },
    { score: 60, coefficient: 0.8 },
    { score: 100, coefficient: 1.2 },
  ];
  it('follows the published curve: by steps, or in straight lines between its points', () => {
    const at = (shape: 'steps' | 'linear') =>
      [0, 30, 59.99, 60, 80, 100, 150].map((score) => coefficientOf({ shape, points }, score));
    expect(at('steps')).toEqual([0.5, 0.5, 0.5, 0.8, 0.8, 1.2, 1.2]);
    expect(at('linear')).toEqual([0.5, 0.65, 0.8, 0.8, 1, 1.2, 1.2]);
    for (const shape of ['steps', 'linear'] as const)
      expect(coefficientOf({ shape, points: points.slice(1) }, 30)).toBe(0);
  });
  it('has no grade below the last, and suggests nothing of whom there is no score', () => {
    const rules = rulesOf([component('won', 'won', 100)], {
      grades: [{ grade: 'A', from: 50 }],
      suggestions: [{ kind: 'training', suggest: 'talks', when: '1 > 0' }],
    });
    expect(card(rules, { won: 5 })).toMatchObject({ grade: 'A', suggestions: [{ suggest: 'talks' }] });
    expect(card(rules, { won: 4 }).grade).toBeNull();
    expect(card(rules, {}).suggestions).toEqual([]);
  });
  it('suggests what the rules say of the score and its measures', () => {
    const rules = rulesOf([component('won', 'won', 50), component('nps', 'npsSum / npsAnswers', 50)], {
      suggestions: [
        { kind: 'promotion', suggest: 'up', when: 'score >= 100 && won >= 100' },
        { kind: 'training', suggest: 'talks', when: 'nps < 60' },
      ],
    });
    expect(card(rules, { won: 12 }).suggestions).toEqual([
      { kind: 'promotion', suggest: 'up', because: 'score >= 100 && won >= 100' },
    ]);
    expect(card(rules, { won: 1, npsSum: 3, npsAnswers: 1 }).suggestions.map(({ suggest }) => suggest)).toEqual([
      'talks',
    ]);
  });
});
