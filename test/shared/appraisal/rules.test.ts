import { describe, expect, it } from 'vitest';
import { performanceRules } from '../../../shared/appraisal/check.ts';
import { defaultPerformanceRules } from '../../../shared/appraisal/defaults.ts';
import type { PerformanceRules } from '../../../shared/appraisal/model.ts';

describe('performance rules', () => {
  const wrong = (change: (rules: PerformanceRules) => void) => {
    const rules = structuredClone(defaultPerformanceRules);
    change(rules);
    const read = performanceRules.safeParse(rules);
    return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };
  const first = (rules: PerformanceRules) => {
    const [component] = rules.plans[0]?.components ?? [];
    if (!component) throw new Error('no component');
    return component;
  };
  it('are refused with the place and what is wrong', () => {
    const cases: [(rules: PerformanceRules) => void, string][] = [
      [
        (rules) => Object.assign(first(rules), { weight: 17 }),
        'plans.0.components: the weights sum to 97 %, not 100 %',
      ],
      [(rules) => Object.assign(first(rules), { formula: 'won / 0' }), 'plans.0.components.0.formula: divides by zero'],
      [
        (rules) => Object.assign(first(rules), { formula: 'charm' }),
        'plans.0.components.0.formula: there is no fact charm',
      ],
      [
        (rules) => Object.assign(first(rules), { needs: 'charm' }),
        'plans.0.components.0.needs: there is no fact charm',
      ],
      [
        (rules) => Object.assign(rules.plans[0]?.components[1] ?? {}, { id: first(rules).id }),
        'plans.0.components.1.id: there is another',
      ],
      [
        (rules) => rules.bonus.points.push({ ...(rules.bonus.points.at(-1) ?? { score: 0, coefficient: 0 }) }),
        'bonus.points.4.score: must be more than the one before',
      ],
      [
        (rules) => Object.assign(rules.grades[1] ?? {}, { from: rules.grades[0]?.from }),
        'grades.1.from: must be less than the one before',
      ],
      [
        (rules) => Object.assign(rules.feedback, { questions: { sales: [{ id: 'a', text: 'A?' }] } }),
        'feedback.questions.default: is needed',
      ],
      [(rules) => Object.assign(first(rules), { floor: 3 }), 'plans.0.components.0.floor: must differ from the target'],
      [(rules) => rules.plans.pop(), 'plans.0.for: the last plan is for everybody else'],
      [
        (rules) => Object.assign(rules.plans[1] ?? {}, { planId: 'newcomers' }),
        'plans.1.planId: there is another newcomers',
      ],
      [(rules) => rules.bonus.points.shift(), 'bonus.points.0.score: the first point is that of no score: 0'],
      [
        (rules) => rules.bonus.points.push({ score: 130, coefficient: 1 }),
        'bonus.points.4.coefficient: must not be less',
      ],
      [(rules) => rules.grades.reverse(), 'grades.1.from: must be less than the one before'],
      [
        (rules) => Object.assign(rules.suggestions[0] ?? {}, { when: 'luck > 3' }),
        'suggestions.0.when: there is no fact luck',
      ],
    ];
    for (const [change, message] of cases) expect(wrong(change).join('\n')).toContain(message);
    expect(wrong(() => undefined)).toEqual([]);
    // Whoever scores more need not be paid more.
    expect(
      wrong((rules) =>
        rules.bonus.points.push({ score: 999, coefficient: rules.bonus.points.at(-1)?.coefficient ?? 0 }),
      ),
    ).toEqual([]);
  });
});
