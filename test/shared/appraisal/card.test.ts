import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardOf, type Ground } from '../../../shared/appraisal/card.ts';
import { performanceRules } from '../../../shared/appraisal/check.ts';
import { defaultPerformanceRules } from '../../../shared/appraisal/defaults.ts';
import { allFacts, type Facts } from '../../../shared/appraisal/facts.ts';
import { type By, groundOf } from '../../../shared/appraisal/ground.ts';
import { pointsOf } from '../../../shared/appraisal/measure.ts';
import type { PerformanceRules } from '../../../shared/appraisal/model.ts';
import { coefficientOf } from '../../../shared/appraisal/pay.ts';
import { periodOf } from '../../../shared/appraisal/period.ts';
import { ranked } from '../../../shared/appraisal/rankings/row.ts';
import type { Person } from '../../../shared/appraisal/standing.ts';
import { workdaysOf } from '../../../shared/appraisal/workdays.ts';

const li: Person = { repId: 'rep-li', name: '李雷', status: 'active', teamId: 'east', hiredAt: '2021-05-10' };
const component = (id: string, formula: string, weight: number, but: object = {}) => ({
  id,
  name: id,
  kind: 'result',
  formula,
  target: 10,
  weight,
  ...but,
});
const rulesOf = (components: object[], but: object = {}): PerformanceRules =>
  performanceRules.parse({
    ...defaultPerformanceRules,
    suggestions: [],
    plans: [{ planId: 'all', name: 'All', cycle: 'month', components }],
    ...but,
  });
const by = (rules: PerformanceRules, name = '2026-11'): By => {
  const period = periodOf(name);
  if (!period) throw new Error(name);
  return { period, rules, version: 2, workdays: workdaysOf(rules.workdays), dayOf: (time) => time.slice(0, 10) };
};
const card = (
  rules: PerformanceRules,
  facts: Facts | { day: string; facts: Facts }[],
  who: Person = li,
  name = '2026-11',
) => cardOf(groundOf(who, Array.isArray(facts) ? facts : [{ day: '2026-11-12', facts }], by(rules, name)), rules, 2);

describe('a scorecard', () => {
  it('adds up: each measure’s points by floor, target and cap, weighed', () => {
    const rules = rulesOf([
      component('won', 'won', 50),
      component('rate', 'won / closed', 30, { target: 0.5, floor: 0.25 }),
      component('slow', 'answerMinutes / answered', 20, { target: 30, floor: 120 }),
    ]);
    const made = card(rules, { won: 5, closed: 16, answered: 2, answerMinutes: 30 });
    expect(made.components.map(({ id, value, score, counts, points }) => [id, value, score, counts, points])).toEqual([
      ['won', 5, 50, 50, 25],
      ['rate', 0.3125, 25, 30, 7.5],
      ['slow', 15, 116.6667, 20, 23.3333],
    ]);
    expect(made.score).toBe(55.83);
    expect(made.raises.map(({ id, to, gain }) => [id, to, gain])).toEqual([
      ['won', 10, 25],
      ['rate', 0.5, 22.5],
      ['slow', 12, 0.67],
    ]);
  });

  it('shares the weight of what is missing among the others, and says so: missing is not zero', () => {
    const rules = rulesOf([component('won', 'won', 40), component('nps', 'npsSum / npsAnswers', 60)]);
    const made = card(rules, { won: 10 });
    expect(made).toMatchObject({ score: 100, missing: [{ id: 'nps', because: 'nothing to divide by' }] });
    expect(made.components).toMatchObject([{ counts: 100 }, { counts: 0, score: null, value: null, points: null }]);
    expect(card(rules, { won: 0, npsSum: 0, npsAnswers: 3 }).score).toBe(0);
    const needed = rulesOf([component('won', 'won', 40), component('paid', 'paid', 60, { needs: 'payments' })]);
    expect(card(needed, { won: 10 })).toMatchObject({
      score: 100,
      missing: [{ id: 'paid', because: 'needs payments' }],
    });
  });

  it('has no score where nothing can be measured, or nobody was there', () => {
    expect(card(rulesOf([component('rate', 'won / closed', 100)]), { contacts: 1 })).toMatchObject({
      score: null,
      coefficient: null,
      why: 'nothing could be measured',
    });
    expect(card(rulesOf([component('won', 'won', 100)]), {}, { ...li, hiredAt: '2026-12-01' })).toMatchObject({
      score: null,
      why: 'not employed in the period',
    });
  });

  it('scales what is due to the working days that somebody was there', () => {
    const rules = rulesOf([component('won', 'won', 100, { per: 'month' })]);
    const target = (who: Person, name = '2026-11') => card(rules, {}, who, name).components[0]?.target;
    expect(target(li)).toBe(10);
    expect(target(li, '2026-Q4')).toBe(30);
    expect(target(li, '2026')).toBe(120);
    expect(target({ ...li, hiredAt: '2026-11-16' })).toBe(5.2381);
    expect(target({ ...li, status: 'left', leftAt: '2026-11-13', postings: [] })).toBe(4.7619);
    const away = [
      { at: '', status: 'active' as const, teamId: 'east' },
      { at: '2026-11-16T00:00:00.000Z', status: 'on-leave' as const, teamId: 'east' },
      { at: '2026-11-23T00:00:00.000Z', status: 'active' as const, teamId: 'east' },
    ];
    expect(target({ ...li, postings: away })).toBe(7.619);
    // October 2026: a week of public holidays, a Saturday worked for them.
    expect(target({ ...li, hiredAt: '2026-10-01', leftAt: '2026-10-08' }, '2026-10')).toBe(0.5556);
  });

  it('is shared by days between the teams, roles and plans of a period', () => {
    const components = [component('won', 'won', 100, { per: 'month' })];
    const rules = rulesOf(components, {
      plans: [
        {
          planId: 'leads',
          name: 'Leads',
          for: { roles: ['lead'] },
          cycle: 'month',
          components: [component('kept', 'stepsKept', 100, { target: 4 })],
        },
        { planId: 'all', name: 'All', cycle: 'month', components },
      ],
    });
    const postings = [
      { at: '', status: 'active' as const, teamId: 'east' },
      { at: '2026-11-09T08:00:00.000Z', status: 'active' as const, teamId: 'west' },
      { at: '2026-11-16T08:00:00.000Z', role: 'lead' },
    ];
    const made = card(
      rules,
      [
        { day: '2026-11-03', facts: { won: 5 } },
        { day: '2026-11-10', facts: { won: 1 } },
        { day: '2026-11-20', facts: { won: 7, stepsKept: 4 } },
      ],
      { ...li, postings },
    );
    expect(made.segments.map(({ planId, teamId, role, from, days }) => [planId, teamId, role, from, days])).toEqual([
      ['all', 'east', undefined, '2026-11-01', 5],
      ['all', 'west', undefined, '2026-11-09', 5],
      ['leads', 'west', 'lead', '2026-11-16', 11],
    ]);
    expect(made.components.map(({ counts, score }) => [counts, score])).toEqual([
      [23.809524, 120],
      [23.809524, 42],
      [52.380952, 100],
    ]);
    expect(made.score).toBe(90.95);
  });

  it('of a newcomer goes by the newcomers’ plan, until their months are over', () => {
    const who = { ...li, hiredAt: '2026-08-20' };
    const planOn = (name: string) =>
      card(defaultPerformanceRules, [], who, name).segments.map(({ planId, to }) => [planId, to]);
    expect(planOn('2026-W40')).toEqual([['newcomers', '2026-10-05']]);
    expect(planOn('2026-Q4')).toEqual([['experienced', '2027-01-01']]);
    expect(planOn('2026-W47')).toEqual([['newcomers', '2026-11-20']]);
    expect(planOn('2026-10')).toEqual([['newcomers', '2026-11-01']]);
  });

  it('keeps within its bounds whatever is counted, and its three changes raise it by what they say', () => {
    const facts = fc.dictionary(fc.constantFrom(...allFacts), fc.integer({ min: 0, max: 500 })) as fc.Arbitrary<Facts>;
    const weights = fc
      .array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })
      .map((some) => some.map((each) => (each * 100) / some.reduce((a, b) => a + b, 0)));
    const formulas = ['won', 'won / closed', 'npsSum / npsAnswers', 'stepsKept / stepsDue', 'paid / payments'];
    fc.assert(
      fc.property(facts, weights, fc.integer({ min: 100, max: 200 }), (some, each, cap) => {
        const rules = rulesOf(each.map((weight, at) => component(`c${at}`, formulas[at] ?? 'won', weight, { cap })));
        const made = card(rules, some);
        const scored = made.components.filter(({ score }) => score !== null);
        if (made.score === null) {
          expect(Object.keys(some).length === 0 || scored.length === 0).toBe(true);
          return;
        }
        expect(made.score).toBeGreaterThanOrEqual(0);
        expect(made.score).toBeLessThanOrEqual(cap + 0.01);
        expect(made.components.reduce((sum, { counts }) => sum + counts, 0)).toBeCloseTo(100, 3);
        expect(scored.reduce((sum, { points }) => sum + (points ?? 0), 0)).toBeCloseTo(made.score, 1);
        for (const { id, to, gain } of made.raises) {
          const raised = scored.reduce(
            (sum, of) => sum + (of.counts * (of.id === id ? pointsOf(to, of) : (of.score ?? 0))) / 100,
            0,
          );
          expect(raised - made.score).toBeCloseTo(gain, 1);
        }
        const gains = made.raises.map(({ gain }) => gain);
        expect(gains).toEqual([...gains].sort((a, b) => b - a));
      }),
    );
  });

  it('never gets worse by doing more of what is measured', () => {
    const rules = rulesOf([component('won', 'won', 60), component('kept', 'stepsKept', 40)]);
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), fc.nat(10), (won, stepsKept, more) => {
        const [before, after] = [
          card(rules, { won, stepsKept }).score,
          card(rules, { won: won + more, stepsKept }).score,
        ];
        expect(after ?? 0).toBeGreaterThanOrEqual(before ?? 0);
      }),
    );
  });

  it('of the same records and rules is the same to the letter', () => {
    const facts = {
      won: 3,
      closed: 7,
      paid: 123_456.78,
      answered: 9,
      answeredInTime: 7,
      records: 31,
      completeRecords: 17,
    };
    const ground = groundOf(li, [{ day: '2026-11-12', facts }], by(defaultPerformanceRules, '2026-Q4'));
    const again = JSON.parse(JSON.stringify(ground)) as Ground;
    expect(JSON.stringify(cardOf(again, defaultPerformanceRules, 1))).toBe(
      JSON.stringify(cardOf(ground, defaultPerformanceRules, 1)),
    );
  });
});

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

describe('somebody of whom nothing is recorded', () => {
  it('has no score, and it is said why; nobody is paid or ranked by nothing', () => {
    const rules = rulesOf([component('won', 'won', 100)]);
    expect(card(rules, {})).toMatchObject({
      score: null,
      grade: null,
      coefficient: null,
      why: 'nothing was recorded',
      components: [{ id: 'won', value: 0 }],
    });
    expect(card(rules, { contacts: 1 })).toMatchObject({ score: 0, grade: 'D' });
  });
});

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
  });
});
