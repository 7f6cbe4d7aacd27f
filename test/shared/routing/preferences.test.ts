import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strideOf } from '../../../shared/org/tally.ts';
import type { RepSeen } from '../../../shared/routing/inputs.ts';
import { inTurn, turnsAmong } from '../../../shared/routing/preferences/fair-share.ts';
import { isNewcomer, newcomers } from '../../../shared/routing/preferences/newcomers.ts';
import { winRate, worth } from '../../../shared/routing/preferences/win-rate.ts';
import { anyInputs, anyRep } from '../../histories.ts';

const LEAD = strideOf({ weight: 1, capacity: 100 });
const ids = (reps: readonly RepSeen[] | undefined) => reps?.map(({ repId }) => repId);

describe('the turns that a rep is taken to have had', () => {
  const among = (catchUp: number, ...turns: number[]) => {
    const reps = turns.map((leads, at) => anyRep(`rep-${at}`, { turns: leads * LEAD }));
    const of = turnsAmong(reps, catchUp);
    return reps.map((rep) => of(rep) / LEAD);
  };

  it('are their own, unless they are far behind the middle of the others', () => {
    expect(among(3, 7)).toEqual([7]);
    expect(among(3, 10, 9)).toEqual([10, 9]);
    expect(among(3, 0, 10)).toEqual([7, 10]);
    expect(among(3, 100, 0, 10)).toEqual([100, 7, 10]);
    expect(among(0, 20, 0, 10, 30)).toEqual([20, 20, 20, 30]);
    expect(among(1, 40, 30, 20, 10, 0)).toEqual([40, 30, 20, 19, 19]);
  });

  it('are at least the middle of the others less the credit, and never fewer than their own', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 2, maxLength: 9 }), fc.nat(5), (turns, catchUp) => {
        const taken = among(catchUp, ...turns);
        turns.forEach((own, at) => {
          const others = turns.filter((_, other) => other !== at).sort((a, b) => a - b);
          const middle = others[(others.length - 1) >> 1] ?? 0;
          expect(taken[at]).toBeCloseTo(Math.max(own, middle - catchUp), 6);
        });
      }),
    );
  });

  it('count the credit in the heaviest lead among them', () => {
    const reps = [anyRep('ann', { turns: 0 }), anyRep('bob', { turns: 10 * LEAD, weight: 0.5 })];
    expect(turnsAmong(reps, 2)(reps[0] as RepSeen)).toBe(10 * LEAD - 2 * 2 * LEAD);
  });
});

describe('reps in turn', () => {
  it('are ordered by the turns they would have with this lead, which weighs by weight', () => {
    const reps = [anyRep('half', { weight: 0.5 }), anyRep('one'), anyRep('two', { weight: 2 })];
    expect(ids(inTurn(reps, anyInputs()).map(({ rep }) => rep))).toEqual(['two', 'one', 'half']);
    expect(inTurn([anyRep('ann', { turns: 5 })], anyInputs())).toEqual([
      { rep: anyRep('ann', { turns: 5 }), turns: 5 },
    ]);
  });

  it('are drawn by the lead among equals: each is first for about as many leads', () => {
    const reps = ['ann', 'bob', 'cai'].map((repId) => anyRep(repId));
    const firsts = Array.from(
      { length: 300 },
      (_, n) => inTurn(reps, anyInputs({ leadId: `lead-${n}` }))[0]?.rep.repId,
    );
    for (const { repId } of reps) expect(firsts.filter((each) => each === repId).length).toBeGreaterThan(60);
    const again = inTurn([...reps].reverse(), anyInputs({ leadId: 'lead-7' }));
    expect(again).toEqual(inTurn(reps, anyInputs({ leadId: 'lead-7' })));
  });
});

describe('a newcomer', () => {
  const hired = (hiredAt: string | undefined, at = '2026-11-02T02:00:00.000Z') =>
    isNewcomer(hiredAt === undefined ? {} : { hiredAt }, anyInputs({ at }));

  it('was hired within the months of the rules, and not yet to come', () => {
    expect(hired('2026-11-01')).toBe(true);
    expect(hired('2026-08-10')).toBe(true);
    expect(hired('2026-07-30')).toBe(false);
    expect(hired('2026-11-03')).toBe(false);
    expect(hired(undefined)).toBe(false);
    expect(hired('2026-11-02', '2026-11-02T00:00:00.000Z')).toBe(true);
  });

  const [fresh, old] = [anyRep('new', { hiredAt: '2026-10-08' }), anyRep('old', { hiredAt: '2019-01-01' })];
  const good = (rep: RepSeen, leads: number) => ({ ...rep, taken: { ...rep.taken, good: leads } });
  const share = (of: number, grade: 'A' | 'C' = 'A') =>
    anyInputs({ grade, rules: { newcomers: { share: of, months: 3, grades: ['A', 'B'] } } });

  it('comes first only when they would fall below their share with one more for somebody else', () => {
    expect(newcomers([fresh, good(old, 3)], share(0.2))).toMatchObject({
      reps: [fresh],
      because: 'newcomers are guaranteed 20 % of such leads',
    });
    expect(newcomers([good(fresh, 1), good(old, 3)], share(0.2))).toBeUndefined();
    expect(newcomers([good(fresh, 1), good(old, 4)], share(0.2))).toBeDefined();
    expect(newcomers([fresh, old], share(0.2))?.passOver(old)).toBe(
      'is no newcomer: these are guaranteed 20 % of such leads',
    );
  });

  it('has no share of other grades, where there is none, or among newcomers or others alone', () => {
    expect(newcomers([fresh, old], share(0.2, 'C'))).toBeUndefined();
    expect(newcomers([fresh, old], share(0))).toBeUndefined();
    expect(newcomers([fresh], share(0.2))).toBeUndefined();
    expect(newcomers([old], share(0.2))).toBeUndefined();
  });

  it('who is far behind is caught up with at every other lead, drawn by the lead', () => {
    const leads = Array.from({ length: 200 }, (_, n) => ({ ...share(0.5), leadId: `lead-${n}` }));
    const firsts = (behind: number) =>
      leads.filter((inputs) => newcomers([fresh, good(old, behind * 2 - 1)], inputs) !== undefined).length;
    expect(firsts(2)).toBe(200);
    expect(firsts(3)).toBeGreaterThan(70);
    expect(firsts(3)).toBeLessThan(130);
  });
});

describe('the expected win rate of a lead', () => {
  const priors = { east: { mean: 0.3, strength: 20 }, '': { mean: 0.9, strength: 1000 } };
  const calm = (exploration: number, leadId = 'lead') =>
    anyInputs({ leadId, priors, rules: { winRate: { tolerance: 0.02, load: 0.5, exploration } } });
  const rep = (repId: string, won: number, but: Partial<RepSeen> = {}) =>
    anyRep(repId, { teamId: 'east', deals: { won, closed: 100 }, ...but });
  const [ann, bob, cai] = [rep('ann', 60), rep('bob', 59), rep('cai', 20)];

  it('puts first whoever is within the tolerance of the best, and says of whom what is expected', () => {
    const preferred = winRate([ann, bob, cai], calm(0));
    expect(ids(preferred?.reps)).toEqual(['ann', 'bob']);
    const best = `${(worth(ann, calm(0)) * 100).toFixed(1)} %`;
    expect(best).toMatch(/^5\d\.\d %$/);
    expect(preferred?.because).toContain(best);
    const his = `${(worth(cai, calm(0)) * 100).toFixed(1)} %`;
    expect(preferred?.passOver(cai)).toBe(`expected to win ${his} of such leads, the best ${best}`);
  });

  it('tells nobody apart who are all alike', () => {
    expect(winRate([ann, bob], calm(0))).toBeUndefined();
    expect(winRate([ann, bob], calm(1))).toBeUndefined();
  });

  it('draws a share of the leads for the others alone', () => {
    const drawn = winRate([ann, bob, cai], calm(1));
    expect(ids(drawn?.reps)).toEqual(['cai']);
    expect(drawn?.passOver(ann)).toContain(`${(worth(ann, calm(1)) * 100).toFixed(1)} %`);
  });

  it('counts less the fuller a rep is, down to half, and is the same for everybody of whom nothing is known', () => {
    const { cautious } = { cautious: worth(ann, calm(0)) };
    expect(worth({ ...ann, openLeads: 50 }, calm(0))).toBeCloseTo(cautious * 0.75, 10);
    expect(worth({ ...ann, openLeads: 100 }, calm(0))).toBeCloseTo(cautious / 2, 10);
    expect(worth({ ...ann, openLeads: 300 }, calm(0))).toBeCloseTo(cautious / 2, 10);
    expect(worth({ ...ann, capacity: 0, openLeads: 1 }, calm(0))).toBeCloseTo(cautious / 2, 10);
    const unknown = worth(anyRep('x', { teamId: 'nowhere' }), calm(0));
    expect(unknown).toBeGreaterThan(0.1);
    expect(unknown).toBeLessThan(0.2);
    expect(worth(anyRep('y'), anyInputs())).toBe(unknown);
    expect(worth(anyRep('z'), calm(0))).toBeGreaterThan(0.8);
  });
});
