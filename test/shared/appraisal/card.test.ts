import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardOf, type Ground } from '../../../shared/appraisal/card.ts';
import { defaultPerformanceRules } from '../../../shared/appraisal/defaults.ts';
import { allFacts, type Facts } from '../../../shared/appraisal/facts.ts';
import { groundOf } from '../../../shared/appraisal/ground.ts';
import { pointsOf } from '../../../shared/appraisal/measure.ts';
import type { Person } from '../../../shared/appraisal/standing.ts';
import { by, card, component, li, rulesOf } from './cards.ts';

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
          expect(Object.values(some).every((by) => by === 0) || scored.length === 0).toBe(true);
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

  it('is of whoever had something recorded in any stretch, and says whose it is', () => {
    const rules = rulesOf([component('won', 'won', 100)]);
    const postings = [{ at: '2026-11-16T00:00:00.000Z', role: 'lead' }];
    const made = card(rules, { won: 5 }, { ...li, postings });
    expect(made).toMatchObject({ repId: 'rep-li', name: '李雷', teamId: 'east', version: 2, score: 23.81 });
    expect(made).not.toHaveProperty('why');
    expect(made.segments.map(({ planName }) => planName)).toEqual(['All', 'All']);
    const { teamId: _, ...teamless } = li;
    expect(card(rules, { won: 5 }, teamless)).not.toHaveProperty('teamId');
    expect(card(rulesOf([component('rate', 'won / closed', 100)]), { contacts: 1 }, { ...li, postings }).why).toBe(
      'nothing could be measured',
    );
  });

  it('names a plan that is not there any more by its id, and measures nothing by it', () => {
    const rules = rulesOf([component('won', 'won', 100)]);
    const ground = groundOf(li, [{ day: '2026-11-12', facts: { won: 5 } }], by(rules));
    expect(cardOf(ground, { ...rules, plans: [] }, 2)).toMatchObject({
      score: null,
      components: [],
      segments: [{ planId: 'all', planName: 'all' }],
    });
  });

  it('says of each measure what it is made of, and its unit', () => {
    const rules = rulesOf([
      component('rate', 'won / closed', 60, { unit: '%', needs: 'contacts > 3' }),
      component('daily', 'contacts / days', 40),
    ]);
    const [rate, daily] = card(rules, { won: 1, closed: 2, contacts: 42 }).components;
    expect(rate).toMatchObject({ unit: '%', facts: ['won', 'closed', 'contacts'], value: 0.5 });
    expect(daily).toMatchObject({ facts: ['contacts'], value: 2 });
    expect(daily).not.toHaveProperty('unit');
    expect(card(rules, { won: 1, closed: 2, contacts: 3 }).components[0]).toMatchObject({
      missing: 'needs contacts > 3',
      value: null,
      score: null,
    });
    const odd = rulesOf([component('rate', 'won', 100, { needs: 'won / closed' })]);
    expect(card(odd, { won: 1 }).missing).toMatchObject([{ because: 'needs won / closed' }]);
  });

  it('scales floor and target alike, and asks nothing of days that nobody was there', () => {
    const rules = rulesOf([component('slow', 'contacts', 100, { target: 10, floor: 30, per: 'month' })]);
    const half = card(rules, { contacts: 10 }, { ...li, hiredAt: '2026-11-16' });
    expect(half.components[0]).toMatchObject({ target: 5.2381, floor: 15.7143 });
    const away = [{ at: '', status: 'on-leave' as const, teamId: 'east' }];
    expect(card(rules, { contacts: 10 }, { ...li, postings: away })).toMatchObject({
      score: null,
      missing: [{ id: 'slow', because: 'no days' }],
    });
    const any = rulesOf([component('won', 'won', 100)]);
    expect(card(any, { won: 10 }, { ...li, postings: away })).toMatchObject({
      score: null,
      why: 'nothing could be measured',
      components: [{ value: 10, score: null, points: null }],
    });
  });

  it('shows three changes at most, of the stretch that goes on, none of what is at its cap or missing', () => {
    const four = ['won', 'lost', 'visits', 'shared'].map((each, at) => component(`c${4 - at}`, each, 25));
    const raised = (facts: Facts, who = li) => card(rulesOf(four), facts, who).raises;
    expect(raised({ contacts: 1 }).map(({ id, from, to, gain }) => [id, from, to, gain])).toEqual([
      ['c1', 0, 10, 25],
      ['c2', 0, 10, 25],
      ['c3', 0, 10, 25],
    ]);
    expect(raised({ won: 12, lost: 10, visits: 30, shared: 11 }).map(({ id, to }) => [id, to])).toEqual([
      ['c3', 12],
      ['c1', 12],
    ]);
    const postings = [{ at: '2026-11-16T00:00:00.000Z', role: 'lead' }];
    expect(raised({ contacts: 1 }, { ...li, postings }).map(({ segment }) => segment)).toEqual([1, 1, 1]);
    const some = rulesOf([component('won', 'won', 50), component('nps', 'npsSum / npsAnswers', 50)]);
    expect(card(some, { won: 1 }).raises.map(({ id }) => id)).toEqual(['won']);
    const slight = rulesOf([component('won', 'won', 99.999), component('shared', 'shared', 0.001)]);
    expect(card(slight, { won: 12 }).raises).toEqual([]);
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

  it('is whoever had all that was recorded of them taken back, but nobody of whom anything else is left', () => {
    const rules = rulesOf([component('won', 'won', 100)]);
    const takenBack = (day: string, facts: Facts) => [
      { day: '2026-11-12', facts },
      { day, facts: Object.fromEntries(Object.entries(facts).map(([name, by = 0]) => [name, -by])) },
    ];
    const facts = { contacts: 1, records: 1, reached: 1 };
    for (const counted of [
      { contacts: 0, stepsKept: 0 },
      takenBack('2026-11-12', facts),
      takenBack('2026-11-16', facts),
    ])
      expect(card(rules, counted)).toMatchObject({ score: null, coefficient: null, why: 'nothing was recorded' });
    const more = [...takenBack('2026-11-12', facts), { day: '2026-11-13', facts: { lost: 1, won: 0 } }];
    expect(card(rules, more)).toMatchObject({ score: 0, grade: 'D', components: [{ value: 0 }] });
    expect(card(rules, { contacts: 0, forward: -1 }).score).toBe(0);
  });
});
