import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawn } from '../../../scripts/drawn.ts';
import { strideOf } from '../../../shared/org/tally.ts';
import { priorOf } from '../../../shared/performance/win-rate.ts';
import type { RepSeen, RoutingInputs } from '../../../shared/routing/inputs.ts';
import { route } from '../../../shared/routing/route.ts';
import { anyInputs, anyRep, around } from '../../histories.ts';

/** A team that is given leads one after another, each decision on what the ones before it left behind. */
class Team {
  reps: RepSeen[];
  readonly given: string[] = [];
  readonly #but: Parameters<typeof anyInputs>[0];

  constructor(reps: RepSeen[], but: Parameters<typeof anyInputs>[0] = {}) {
    this.reps = reps;
    this.#but = but;
  }

  /** Gives so many leads, as far as there is somebody to give them to. */
  give(leads: number, but: Partial<Pick<RoutingInputs, 'grade'>> = {}): this {
    for (let n = 0; n < leads; n += 1) {
      const leadId = `lead-${this.given.length}`;
      const territories = around(...this.reps.map(({ repId }) => repId));
      const decided = route(anyInputs({ leadId, territories, reps: this.reps, ...this.#but, ...but }));
      if (decided.outcome === 'failed') return this;
      const good = (but.grade ?? 'B') !== 'C';
      this.given.push(decided.repId);
      this.reps = this.reps.map((rep) =>
        rep.repId === decided.repId
          ? {
              ...rep,
              openLeads: rep.openLeads + 1,
              turns: decided.turns + strideOf(rep),
              taken: {
                day: rep.taken.day + 1,
                week: rep.taken.week + 1,
                month: rep.taken.month + 1,
                good: rep.taken.good + Number(good),
              },
            }
          : rep,
      );
    }
    return this;
  }

  of(repId: string, last = this.given.length): number {
    return this.given.slice(-last).filter((given) => given === repId).length;
  }
}

const names = ['ann', 'bob', 'cai', 'dai', 'eve', 'fei', 'gao', 'han'];
const team = (size: number, but: (at: number) => Partial<RepSeen> = () => ({})) =>
  names.slice(0, size).map((repId, at) => anyRep(repId, { capacity: 10_000, ...but(at) }));
/** Without chance and without newcomers. */
const plain = { rules: { preferences: ['fair-share' as const] } };

describe('leads among reps', () => {
  it('of equal standing: nobody is ever more than one ahead of another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 120 }), (size, leads) => {
        const { reps, of } = { reps: names.slice(0, size), of: new Team(team(size)).give(leads) };
        const counts = reps.map((repId) => of.of(repId));
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are shared by weight: 2 gets twice as many, 0.5 every other', () => {
    const weights = [2, 1, 0.5];
    const given = new Team(
      team(3, (at) => ({ weight: weights[at] ?? 1 })),
      plain,
    ).give(350);
    expect(names.slice(0, 3).map((repId) => given.of(repId))).toEqual([200, 100, 50]);
  });

  it('are shared by weight within one lead of what is due, at any moment, however large or small the weights', () => {
    const weight = fc.constantFrom(0.1, 0.5, 1, 2, 5, 10);
    fc.assert(
      fc.property(
        fc.array(weight, { minLength: 2, maxLength: 6 }),
        fc.integer({ min: 1, max: 200 }),
        (weights, leads) => {
          const given = new Team(
            team(weights.length, (at) => ({ weight: weights[at] ?? 1 })),
            plain,
          ).give(leads);
          const whole = weights.reduce((sum, each) => sum + each, 0);
          weights.forEach((each, at) => {
            const due = (leads * each) / whole;
            expect(given.of(names[at] ?? '')).toBeGreaterThanOrEqual(Math.floor(due) - 1);
          });
        },
      ),
    );
  });

  it('are spread by capacity: twice the room, twice the leads', () => {
    const given = new Team(
      team(2, (at) => ({ capacity: at === 0 ? 20 : 40 })),
      plain,
    ).give(30);
    expect([given.of('ann'), given.of('bob')]).toEqual([10, 20]);
  });

  it('who joins gets a few in advance, and then no more than the others', () => {
    const veterans = new Team(team(3), plain).give(300);
    veterans.reps = [...veterans.reps, anyRep('new', { capacity: 10_000 })];
    veterans.give(12);
    expect(veterans.of('new', 12)).toBeLessThanOrEqual(6);
    expect(veterans.of('new', 12)).toBeGreaterThanOrEqual(4);
    veterans.give(20).give(80);
    const counts = [...names.slice(0, 3), 'new'].map((repId) => veterans.of(repId, 80));
    // Of any eighty in a row: the first and the last round may each be cut.
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
  });

  it('a cap of five a month is five a month, on one day if need be', () => {
    const given = new Team(
      team(2, (at) => (at === 0 ? { caps: { month: 5 } } : {})),
      plain,
    ).give(40);
    expect([given.of('ann'), given.of('bob')]).toEqual([5, 35]);
    const alone = new Team(
      team(1, () => ({ caps: { month: 5 } })),
      plain,
    ).give(40);
    expect(alone.of('ann')).toBe(5);
  });
});

describe('newcomers', () => {
  const hired = (at: number): Partial<RepSeen> =>
    at === 0 ? { hiredAt: '2026-10-08' } : { hiredAt: '2019-01-01', teamId: 'east', deals: { won: 60, closed: 80 } };
  const priors = { east: { mean: 0.3, strength: 20 } };

  it('are guaranteed their share of the good leads, though veterans win more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 1, max: 150 }),
        fc.constantFrom(0.1, 0.2, 0.5),
        (size, leads, share) => {
          const rules = { newcomers: { share, months: 3, grades: ['A' as const, 'B' as const] } };
          const given = new Team(team(size, hired), { priors, rules }).give(leads, { grade: 'A' });
          expect(given.of('ann')).toBeGreaterThanOrEqual(Math.floor(leads * share));
        },
      ),
    );
  });

  it('have no share of the others, and none once their months are over', () => {
    const calm = { priors, rules: { winRate: { tolerance: 0.02, load: 0.5, exploration: 0 } } };
    expect(new Team(team(2, hired), calm).give(50, { grade: 'C' }).of('ann')).toBe(0);
    const later = { ...calm, at: '2027-03-01T00:00:00.000Z' };
    expect(new Team(team(2, hired), later).give(50, { grade: 'A' }).of('ann')).toBe(0);
  });

  it('who join late are not flooded with what they missed', () => {
    const veterans = new Team(
      team(3, (at) => hired(at + 1)),
      { priors },
    ).give(200, { grade: 'A' });
    veterans.reps = [...veterans.reps, anyRep('new', { capacity: 10_000, ...hired(0) })];
    veterans.give(40, { grade: 'A' });
    expect(veterans.of('new', 40)).toBeGreaterThanOrEqual(8);
    expect(veterans.of('new', 40)).toBeLessThanOrEqual(30);
  });
});

describe('win rates', () => {
  const priors = { east: { mean: 0.3, strength: 20 } };
  const rep = (repId: string, won: number, closed: number) =>
    anyRep(repId, { teamId: 'east', deals: { won, closed }, capacity: 10_000 });
  const decide = (leadId: string, ...reps: RepSeen[]) =>
    route(anyInputs({ leadId, priors, reps, territories: around(...reps.map(({ repId }) => repId)) }));

  it('decide among who is left, however many turns the best had', () => {
    const best = { ...rep('ann', 80, 100), turns: 10 ** 12 };
    expect(decide('lead', best, rep('bob', 2, 2), rep('cai', 10, 50))).toMatchObject({ repId: 'ann' });
  });

  it('leave a small share to the others, drawn by the lead, the same way every time', () => {
    const chosen = Array.from({ length: 1000 }, (_, n) => {
      const decided = decide(`lead-${n}`, rep('ann', 80, 100), rep('bob', 1, 50));
      expect(decide(`lead-${n}`, rep('ann', 80, 100), rep('bob', 1, 50))).toEqual(decided);
      return decided.outcome === 'assigned' ? decided.repId : '';
    });
    const explored = chosen.filter((repId) => repId === 'bob').length;
    expect(explored).toBeGreaterThan(10);
    expect(explored).toBeLessThan(60);
  });

  /** What each of a team gets of 300 leads that close 40 leads later, when each wins by their rate. */
  const played = (seed: number, rates: readonly number[]): number[] => {
    const luck = drawn(seed);
    let reps = rates.map((_, at) => rep(names[at] ?? '', 0, 0));
    const open: { repId: string; won: boolean }[] = [];
    const given = rates.map(() => 0);
    for (let n = 0; n < 300; n += 1) {
      const fitted = { east: priorOf(reps.flatMap(({ deals }) => deals ?? [])) };
      const territories = around(...reps.map(({ repId }) => repId));
      const decided = route(anyInputs({ leadId: `${seed}/${n}`, priors: fitted, reps, territories }));
      if (decided.outcome === 'failed') throw new Error(decided.cause);
      const at = reps.findIndex(({ repId }) => repId === decided.repId);
      given[at] = (given[at] ?? 0) + 1;
      reps = reps.map((each, of) => (of === at ? { ...each, turns: decided.turns + strideOf(each) } : each));
      open.push({ repId: decided.repId, won: luck() < (rates[at] ?? 0) });
      const closed = open.length > 40 ? open.shift() : undefined;
      reps = reps.map((each) => {
        const { won, closed: before } = each.deals ?? { won: 0, closed: 0 };
        if (closed?.repId !== each.repId) return each;
        return { ...each, deals: { won: won + Number(closed.won), closed: before + 1 } };
      });
    }
    return given;
  };
  const teams = Array.from({ length: 40 }, (_, seed) => 7919 * seed + 1);

  it('that differ by luck alone leave most pairs of reps about even', () => {
    const evenness = teams.map((seed) => {
      const given = played(seed, [0.25, 0.25]);
      return Math.min(...given) / Math.max(...given);
    });
    expect(evenness.filter((share) => share > 0.75).length).toBeGreaterThan(teams.length / 2);
  });

  it('that differ plainly give most leads to who wins them', () => {
    const shares = teams.map((seed) => (played(seed, [0.4, 0.1])[0] ?? 0) / 300);
    expect(shares.filter((share) => share > 0.75).length).toBeGreaterThan(teams.length * 0.8);
  });

  it('count less the fuller a rep is', () => {
    const full = { ...rep('ann', 30, 100), capacity: 100, openLeads: 95 };
    const idle = { ...rep('bob', 28, 100), capacity: 100 };
    expect(decide('lead', full, idle)).toMatchObject({ repId: 'bob' });
  });
});
