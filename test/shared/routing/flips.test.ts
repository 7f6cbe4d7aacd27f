import { describe, expect, it } from 'vitest';
import { strideOf } from '../../../shared/org/tally.ts';
import { flips } from '../../../shared/routing/flip.ts';
import type { RepSeen } from '../../../shared/routing/inputs.ts';
import { route } from '../../../shared/routing/route.ts';
import { anyInputs, anyRep, around, monday } from '../../histories.ts';

type But = Parameters<typeof anyInputs>[0];
const LEAD = strideOf({ weight: 1, capacity: 100 });
const fair: But = { rules: { preferences: ['fair-share'], order: ['territory'] } };
const flipsOf = (reps: RepSeen[], but: But = fair) => {
  const inputs = anyInputs({ reps, territories: around(...reps.map(({ repId }) => repId)), ...but });
  return Object.fromEntries(flips(inputs, route(inputs)).map(({ repId, change }) => [repId, change]));
};
const with_ = (turns: number, but: Partial<RepSeen> = {}) => ({ turns: Math.round(turns * LEAD), ...but });

describe('the smallest change that would have given the lead to another', () => {
  it('is one lead fewer, or so many, as far as they have had so many', () => {
    expect(flipsOf([anyRep('ann', with_(1)), anyRep('bob', with_(1.5))])).toEqual({ bob: '1 lead fewer' });
    expect(flipsOf([anyRep('ann', with_(1)), anyRep('bob', with_(4))])).toEqual({ bob: '4 leads fewer' });
  });

  it('is more leads at the other where they have had too few to have had fewer', () => {
    expect(flipsOf([anyRep('ann'), anyRep('bob', with_(0.5))])).toEqual({ bob: '1 lead more at ann' });
    const [ann, bob] = [anyRep('ann'), anyRep('bob')];
    const drawn = route(anyInputs({ ...fair, reps: [ann, bob], territories: around('ann', 'bob') }));
    const [chosen, other] = drawn.outcome === 'assigned' && drawn.repId === 'ann' ? ['ann', 'bob'] : ['bob', 'ann'];
    expect(flipsOf([ann, bob])).toEqual({ [other]: `1 lead more at ${chosen}` });
  });

  it('is what stands in the way whatever else, and then the fewest of what would help', () => {
    const reps = [anyRep('ann', with_(1)), anyRep('bob', with_(4, { status: 'on-leave' }))];
    expect(flipsOf(reps)).toEqual({ bob: 'status active instead of on-leave and 4 leads fewer' });
    expect(flipsOf([anyRep('ann', with_(9)), anyRep('bob', with_(8, { status: 'on-leave' }))])).toEqual({
      bob: 'status active instead of on-leave',
    });
    const mes = { ...fair, productLine: 'mes' };
    expect(flipsOf([anyRep('ann', with_(1)), anyRep('bob', with_(4, { productLines: ['erp'] }))], mes)).toEqual({
      bob: 'selling mes and 4 leads fewer',
    });
  });

  it('does not name what is so already', () => {
    const at = monday.toISOString();
    const mes = { ...fair, productLine: 'mes' };
    const before = '2026-11-01T00:00:00.000Z';
    for (const pausedUntil of [at, before])
      expect(flipsOf([anyRep('ann', { status: 'left', pausedUntil })], mes)).toEqual({
        ann: 'status active instead of left',
      });
    const preferred = { preferredRepId: 'bob', rules: { preferences: ['fair-share' as const] } };
    expect(flipsOf([anyRep('ann'), anyRep('bob', { status: 'on-leave' })], preferred)).toEqual({
      bob: 'status active instead of on-leave',
    });
  });

  it('is the smallest capacity that alone is enough, rather than room for one lead and something else', () => {
    const [yang, huang] = [anyRep('yang', { capacity: 0 }), anyRep('huang', { capacity: 600 })];
    const words = /^a capacity of (\d+) instead of 0$/;
    const capacity = Number(words.exec(flipsOf([yang, huang]).yang ?? '')?.[1]);
    const chosen = (enough: number) => {
      const reps = [{ ...yang, capacity: enough }, huang];
      const decided = route(anyInputs({ ...fair, reps, territories: around('yang', 'huang') }));
      return decided.outcome === 'assigned' && decided.repId === 'yang';
    };
    const all = Array.from({ length: 1000 }, (_, at) => at);
    expect(capacity).toBe(all.find(chosen));
    expect(capacity).toBeGreaterThan(500);

    const away = { ...yang, status: 'on-leave' as const };
    expect(flipsOf([away, huang])).toEqual({
      yang: `status active instead of on-leave and a capacity of ${capacity} instead of 0`,
    });
    const mes = { ...fair, productLine: 'mes' };
    expect(flipsOf([{ ...yang, productLines: ['erp'] }, huang], mes)).toEqual({
      yang: `a capacity of ${capacity} instead of 0 and selling mes`,
    });
  });

  it('is room for one lead and something else where no capacity that can be set is enough', () => {
    const full = with_(2_000, { capacity: 2, openLeads: 2 });
    expect(flipsOf([anyRep('ann'), anyRep('bob', full)])).toEqual({
      bob: 'a capacity of 3 instead of 2 and 2050 leads more at ann',
    });
  });

  it('is each cap that is reached, by as much as lets one lead through', () => {
    const taken = { day: 3, week: 9, month: 9, good: 0 };
    expect(flipsOf([anyRep('bob', { taken, caps: { day: 2, week: 10, month: 9 } })])).toEqual({
      bob: 'a cap of 4 a day instead of 2 and a cap of 10 a month instead of 9',
    });
    const without = { ...fair.rules, filters: ['available' as const, 'capacity' as const] };
    expect(flipsOf([anyRep('ann'), anyRep('bob', with_(1, { taken, caps: { day: 2 } }))], { rules: without })).toEqual({
      bob: '2 leads more at ann',
    });
  });

  it('is the customer’s wish for whom nothing else would help', () => {
    const reps = [anyRep('ann'), anyRep('far')];
    expect(flipsOf(reps, { territories: around('ann') })).toEqual({ far: 'the customer asking for them' });
    expect(flipsOf(reps, { territories: [] })).toEqual({
      ann: 'the customer asking for them',
      far: 'the customer asking for them',
    });
    expect(flipsOf(reps, { ...fair, territories: around('ann') })).toEqual({});
  });

  it('is being a newcomer where newcomers come first', () => {
    const rules = {
      order: ['territory' as const],
      preferences: ['newcomers' as const, 'fair-share' as const],
      newcomers: { share: 0.5, months: 3, grades: ['A' as const, 'B' as const] },
    };
    const reps = [anyRep('new', with_(1, { hiredAt: '2026-10-08' })), anyRep('old', { hiredAt: '2019-01-01' })];
    expect(flipsOf(reps, { rules })).toEqual({ old: 'being a newcomer' });
  });

  it('is so many more deals won as give the lead to them, where so few would do', () => {
    const priors = { east: { mean: 0.4, strength: 10 } };
    const rules = { order: ['territory' as const], winRate: { tolerance: 0.02, load: 0.5, exploration: 0 } };
    const rep = (repId: string, won: number, closed: number) =>
      anyRep(repId, { teamId: 'east', ...(closed === 0 ? {} : { deals: { won, closed } }) });
    const wins = (won: number, closed: number) => {
      const reps = [rep('ann', 30, 60), rep('bob', won, closed), rep('cai', 0, 60)];
      const decided = route(anyInputs({ reps, priors, rules, territories: around('ann', 'bob', 'cai') }));
      return decided.outcome === 'assigned' && decided.repId === 'bob';
    };
    for (const [won, closed] of [
      [20, 60],
      [0, 0],
      [0, 5],
    ] as const) {
      const reps = [rep('ann', 30, 60), rep('bob', won, closed), rep('cai', 0, 60)];
      const { bob = '' } = flipsOf(reps, { priors, rules });
      const more = Number(/^(\d+) more such deals won$/.exec(bob)?.[1]);
      expect(wins(won + more, closed + more)).toBe(true);
      expect(wins(won + more / 4, closed + more / 4)).toBe(false);
    }
    const hopeless = [rep('ann', 60, 60), rep('bob', 0, 3000)];
    expect(flipsOf(hopeless, { priors, rules })).toEqual({ bob: 'being a newcomer' });
  });

  it('is looked for of the first twenty', () => {
    const reps = Array.from({ length: 25 }, (_, at) => anyRep(`rep-${at}`, { status: 'on-leave' }));
    expect(Object.keys(flipsOf(reps))).toEqual(reps.slice(0, 20).map(({ repId }) => repId));
  });
});
