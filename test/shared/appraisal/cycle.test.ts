import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ground } from '../../../shared/appraisal/card.ts';
import {
  appealsUntil,
  chained,
  frozen,
  isAmong,
  isIntact,
  plansOf,
  refuseClosing,
} from '../../../shared/appraisal/cycle.ts';
import { defaultPerformanceRules } from '../../../shared/appraisal/defaults.ts';
import { allFacts, type Facts } from '../../../shared/appraisal/facts.ts';
import { groundOf } from '../../../shared/appraisal/ground.ts';
import { periodOf } from '../../../shared/appraisal/period.ts';
import { workdaysOf } from '../../../shared/appraisal/workdays.ts';
import { by, component, li, rulesOf } from './cards.ts';

const number = fc.oneof(fc.nat(1000), fc.double({ min: 0, max: 1e9, noNaN: true }));
const facts = fc.dictionary(fc.constantFrom(...allFacts), number) as fc.Arbitrary<Facts>;
const day = fc.integer({ min: 1, max: 31 }).map((each) => `2026-10-${String(each).padStart(2, '0')}`);
const hired = fc.constantFrom('2020-01-01', '2026-08-20', '2026-10-14', undefined);
const team = fc.constantFrom('2026-10-09T03:00:00.000Z', '2026-10-20T23:00:00.000Z');

describe('a frozen card', () => {
  it('is made again bit for bit from its own facts and rules, and shows every change of either', () => {
    const period = periodOf('2026-Q4');
    if (!period) throw new Error('no period');
    const workdays = workdaysOf(defaultPerformanceRules.workdays);
    const by = {
      period,
      rules: defaultPerformanceRules,
      version: 3,
      workdays,
      dayOf: (time: string) => time.slice(0, 10),
    };
    fc.assert(
      fc.property(fc.array(fc.record({ day, facts }), { maxLength: 8 }), hired, team, (counted, hiredAt, moved) => {
        const postings = [
          { at: '', status: 'active' as const, teamId: 'east' },
          { at: moved, status: 'active' as const, teamId: 'west' },
        ];
        const who = {
          repId: 'a',
          name: 'A',
          status: 'active' as const,
          postings,
          ...(hiredAt === undefined ? {} : { hiredAt }),
        };
        const sealed = frozen(groundOf(who, counted, by), defaultPerformanceRules, 3);
        const stored = JSON.parse(JSON.stringify(sealed)) as typeof sealed;
        expect(stored).toEqual(sealed);
        expect(isIntact(stored, defaultPerformanceRules)).toBe(true);
        expect(isIntact({ ...stored, card: { ...stored.card, score: 1234 } }, defaultPerformanceRules)).toBe(false);
        const done = stored.ground.done.map((each) => ({
          ...each,
          facts: { ...each.facts, won: (each.facts.won ?? 0) + 1 },
        }));
        if (done.length > 0)
          expect(isIntact({ ...stored, ground: { ...stored.ground, done } }, defaultPerformanceRules)).toBe(false);
        const other = structuredClone(defaultPerformanceRules);
        for (const plan of other.plans) for (const component of plan.components) component.target *= 1.5;
        if (done.length > 0) expect(isIntact(stored, other)).toBe(false);
      }),
    );
  });
});

describe('a card that was frozen with a score by records that were all taken back', () => {
  it('is intact still', () => {
    const rules = rulesOf([component('won', 'won', 100)]);
    const { done, ...who } = groundOf(li, [], by(rules));
    const ground = { ...who, done: done.map((each) => ({ ...each, facts: { contacts: 0, records: 0 } })) };
    const sealed = frozen(ground, rules, 2);
    expect(sealed.card.score).toBe(0);
    expect(sealed.hash).toBe('dd84306aee029ada4f7f8dbdbf3821378dadc6a110d8de42a4fe6a706f90d375');
    expect(isIntact(sealed, rules)).toBe(true);
  });
});

describe('closing a period', () => {
  const period = (name: string) => {
    const found = periodOf(name);
    if (!found) throw new Error(name);
    return found;
  };
  const closed = (name: string, planIds = ['all'], state: 'closed' | 'closing' | 'open' = 'closed') => ({
    period: period(name),
    planIds,
    state,
  });
  const refused = (name: string, others: ReturnType<typeof closed>[] = [], today = '2027-01-01', planIds = ['all']) =>
    refuseClosing(period(name), planIds, others, today);

  it('waits until it is over', () => {
    expect(refused('2026-11', [], '2026-11-30')).toBe('2026-11 is not over before 2026-12-01');
    expect(refused('2026-11', [], '2026-12-01')).toBeUndefined();
  });

  it('is refused where another that is closed shares days and plans with it', () => {
    const why = '2026-Q4 overlaps 2026-11, which is closed, for the same plans';
    expect(refused('2026-Q4', [closed('2026-11')])).toBe(why);
    expect(refused('2026-Q4', [closed('2026-11', ['other', 'all'], 'closing')])).toBe(why);
    expect(refused('2026-Q4', [closed('2026-11', ['all'], 'open')])).toBeUndefined();
    expect(refused('2026-Q4', [closed('2026-11', ['other'])])).toBeUndefined();
    expect(refused('2026-Q4', [closed('2026-09'), closed('2027-Q1')])).toBeUndefined();
    expect(refused('2026-Q4', [closed('2026-Q4')])).toBeUndefined();
  });

  it('closes the plans that are appraised by such a period, and whoever had one of them', () => {
    expect(plansOf(defaultPerformanceRules, 'week')).toEqual(['newcomers']);
    expect(plansOf(defaultPerformanceRules, 'quarter')).toEqual(['experienced']);
    expect(refused('2026-11', [], '2027-01-01', [])).toBe('no plan is appraised by the month');
    const of = (...planIds: string[]) =>
      ({ done: planIds.map((planId) => ({ segment: { planId }, facts: {} })) }) as unknown as Ground;
    expect(isAmong(of('newcomers', 'experienced'), ['experienced'])).toBe(true);
    expect(isAmong(of('newcomers'), ['experienced'])).toBe(false);
    expect(isAmong(of(), ['experienced'])).toBe(false);
  });

  it('chains every card to those before it, in their order', () => {
    const [a, b] = [{ hash: 'a' }, { hash: 'b' }];
    expect(chained(chained('', a), b)).not.toBe(chained(chained('', b), a));
    expect(chained('x', a)).not.toBe(chained('y', a));
    expect(chained('x', a)).not.toBe(chained('x', b));
  });

  it('lets scores be appealed for as long as the rules say', () => {
    expect(appealsUntil('2026-12-28', { appealDays: 10 })).toBe('2027-01-07');
  });
});
