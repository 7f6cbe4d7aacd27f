import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repStatuses } from '../../../shared/org/rep.ts';
import { strideOf } from '../../../shared/org/tally.ts';
import { flips } from '../../../shared/routing/flip.ts';
import type { RepSeen, RoutingInputs } from '../../../shared/routing/inputs.ts';
import { route } from '../../../shared/routing/route.ts';
import { bases, decisionRules, defaultRoutingRules, filterNames } from '../../../shared/routing/rules.ts';
import { anyInputs, anyRep, around, monday } from '../../histories.ts';

const names = ['ann', 'bob', 'cai', 'dai', 'eve', 'fei'];

const reps = fc.uniqueArray(fc.constantFrom(...names), { maxLength: names.length }).chain((ids) =>
  fc.tuple(
    ...ids.map((repId) =>
      fc
        .record({
          status: fc.constantFrom(...repStatuses),
          capacity: fc.oneof(fc.nat(5), fc.constantFrom(40, 600)),
          openLeads: fc.nat(6),
          weight: fc.constantFrom(0.5, 1, 2),
          turns: fc.nat(5).map((leads) => leads * 100_000_000),
          productLines: fc.subarray(['mes', 'erp']),
          teamId: fc.constantFrom('east', 'west'),
          taken: fc.record({ day: fc.nat(2), week: fc.nat(3), month: fc.nat(4), good: fc.nat(4) }),
          caps: fc.constantFrom({}, { day: 1 }, { week: 2, month: 3 }),
          pausedUntil: fc.constantFrom('2026-11-01T00:00:00.000Z', '2026-11-03T00:00:00.000Z'),
          hiredAt: fc.constantFrom('2020-01-01', '2026-10-08'),
          deals: fc.tuple(fc.nat(9), fc.nat(9)).map(([won, lost]) => ({ won, closed: won + lost })),
          shifts: fc.constantFrom('09:00', '12:00').map((from) => [{ days: [1], from, to: '18:00' }]),
        })
        .map((but) => anyRep(repId, but)),
    ),
  ),
);

const someone = fc.option(fc.constantFrom(...names), { nil: undefined });

/** Any company and any lead. */
const any: fc.Arbitrary<RoutingInputs> = fc
  .record({
    leadId: fc.string({ minLength: 1 }),
    grade: fc.constantFrom('A', 'B', 'C'),
    productLine: fc.option(fc.constantFrom('mes', 'erp', 'scada'), { nil: undefined }),
    preferredRepId: someone,
    knownRepId: someone,
    territories: fc.array(fc.subarray(names), { maxLength: 3 }),
    reps,
    order: fc.shuffledSubarray([...bases], { minLength: 1 }),
    filters: fc.shuffledSubarray([...filterNames], { minLength: filterNames.length }),
    priors: fc.constantFrom<[RoutingInputs['priors'], RoutingInputs['priors']]>(
      {},
      { east: { mean: 0.4, strength: 10 }, west: { mean: 0.1, strength: 30 } },
    ),
  })
  .map(({ productLine, preferredRepId, knownRepId, territories, order, filters, ...rest }) => ({
    ...rest,
    at: monday.toISOString(),
    ...(productLine ? { productLine } : {}),
    ...(preferredRepId ? { preferredRepId } : {}),
    ...(knownRepId ? { knownRepId } : {}),
    territories: territories.flatMap((repIds, at) =>
      around(...repIds).map((seen) => ({ ...seen, territoryId: `t${at}` })),
    ),
    rules: { ...decisionRules(defaultRoutingRules), order, filters },
  }));

/** Any company of which everybody may work, and any lead. */
const atWork = any.map((inputs) => ({
  ...inputs,
  reps: inputs.reps.map(({ pausedUntil, shifts, ...rep }) => ({ ...rep, status: 'active' as const })),
}));

/** What is so of a rep once what a flip says is done, by its words. */
const saysOf: [RegExp, (rep: RepSeen, number: number, word: string) => Partial<RepSeen>][] = [
  [/^status active instead of [a-z-]+$/, () => ({ status: 'active' })],
  [/^not having paused$/, () => ({ pausedUntil: monday.toISOString() })],
  [/^being on duty$/, () => ({ shifts: [{ days: [1], from: '00:00', to: '24:00' }] })],
  [/^a cap of (\d+) a (\w+) instead of \d+$/, ({ caps }, most, period) => ({ caps: { ...caps, [period]: most } })],
  [/^a capacity of (\d+) instead of \d+$/, (_, capacity) => ({ capacity })],
  [/^selling (\w+)$/, ({ productLines }) => ({ productLines: [...productLines, 'mes', 'erp', 'scada'] })],
  [/^(\d+) leads? fewer$/, (rep, leads) => ({ turns: rep.turns - leads * strideOf(rep) })],
  [/^(\d+) leads? more at \w+$/, (rep, leads) => ({ turns: rep.turns + leads * strideOf(rep) })],
  [
    /^(\d+) more such deals won$/,
    ({ deals = { won: 0, closed: 0 } }, more) => ({ deals: { won: deals.won + more, closed: deals.closed + more } }),
  ],
  [/^being a newcomer$/, () => ({ hiredAt: monday.toISOString().slice(0, 10) })],
];

/** The inputs once everything that a flip says of a rep is done. */
function carriedOut(inputs: RoutingInputs, repId: string, change: string): RoutingInputs {
  const done = { ...inputs };
  const capacityLast = (words: string): number => (words.startsWith('a capacity') ? 1 : 0);
  // The leads of which somebody is to have fewer weigh what they did with the old capacity.
  for (const words of change.split(' and ').sort((a, b) => capacityLast(a) - capacityLast(b))) {
    if (words === 'the customer asking for them') {
      done.preferredRepId = repId;
      continue;
    }
    const [pattern, says] = saysOf.find(([each]) => each.test(words)) ?? [];
    if (!says) throw new Error(`cannot be carried out: ${words}`);
    const [, number, word = ''] = pattern?.exec(words) ?? [];
    const whose = / at (\w+)$/.exec(words)?.[1] ?? repId;
    done.reps = done.reps.map((rep) => (rep.repId === whose ? { ...rep, ...says(rep, Number(number), word) } : rep));
  }
  return done;
}

const chooses = (inputs: RoutingInputs, repId: string): boolean => {
  const decided = route(inputs);
  return decided.outcome === 'assigned' && decided.repId === repId;
};

describe('routing a lead', () => {
  it('never chooses anybody frozen, on leave, at capacity or unknown, whatever the company and the lead', () => {
    fc.assert(
      fc.property(any, (inputs) => {
        const decided = route(inputs);
        if (decided.outcome === 'failed') return;
        const rep = inputs.reps.find(({ repId }) => repId === decided.repId);
        expect(rep?.status).toBe('active');
        expect(rep && rep.openLeads < rep.capacity).toBe(true);
        expect(rep?.pausedUntil).not.toBe('2026-11-03T00:00:00.000Z');
        expect(rep?.shifts?.[0]?.from).toBe('09:00');
        for (const period of ['day', 'week', 'month'] as const) {
          expect(rep && rep.taken[period] < (rep.caps?.[period] ?? 99)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('chooses exactly one, or names a cause that is true', () => {
    fc.assert(
      fc.property(any, (inputs) => {
        const { candidates, ...decided } = route(inputs);
        const chosen = candidates.filter(({ outcome }) => outcome === 'chosen');
        expect(chosen).toHaveLength(decided.outcome === 'assigned' ? 1 : 0);
        for (const { reason } of candidates) expect(reason).not.toBe('');
        if (decided.outcome === 'assigned') return;
        const named = new Set(inputs.territories.flatMap(({ repIds }) => repIds));
        const there = inputs.reps.filter(({ repId }) => named.has(repId));
        const searched = inputs.rules.order.includes('territory');
        if (decided.cause === 'no-territory') expect(inputs.territories).toEqual([]);
        if (decided.cause === 'no-rep-in-territory' && searched) expect(there).toEqual([]);
        if (decided.cause === 'all-reps-at-capacity') {
          const full = ({ openLeads, capacity, caps, taken }: RepSeen) =>
            openLeads >= capacity || (['day', 'week', 'month'] as const).some((of) => taken[of] >= (caps?.[of] ?? 99));
          expect(there.some(full)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('says of everybody considered what became of them, on each basis once', () => {
    fc.assert(
      fc.property(any, (inputs) => {
        const { candidates } = route(inputs);
        const keys = candidates.map(({ basis, repId }) => `${basis}/${repId}`);
        expect(new Set(keys).size).toBe(keys.length);
        const named = new Set(inputs.territories.flatMap(({ repIds }) => repIds));
        const expected =
          (inputs.rules.order.includes('territory') ? named.size : 0) +
          Number(inputs.rules.order.includes('preference') && inputs.preferredRepId !== undefined) +
          Number(inputs.rules.order.includes('history') && inputs.knownRepId !== undefined);
        expect(keys).toHaveLength(expected);
      }),
    );
  });

  it('gives the same answer to the same inputs, in whatever order the roster lists people', () => {
    fc.assert(
      fc.property(any, (inputs) => {
        const again = route({ ...structuredClone(inputs), reps: [...inputs.reps].reverse() });
        const { candidates, ...decided } = route(inputs);
        const { candidates: _, ...second } = again;
        expect(second).toEqual(decided);
      }),
    );
  });

  it('names a flip only of whom it considered and did not choose', () => {
    fc.assert(
      fc.property(any, (inputs) => {
        const decided = route(inputs);
        const known = new Set(inputs.reps.map(({ repId }) => repId));
        for (const { repId, change } of flips(inputs, decided)) {
          expect(change).not.toBe('');
          expect(known.has(repId)).toBe(true);
          expect(decided.outcome === 'assigned' && decided.repId === repId).toBe(false);
        }
      }),
    );
  });

  it('would choose the rep with what a flip names carried out, and not with one less of the capacity or a cap', () => {
    fc.assert(
      fc.property(fc.oneof(any, atWork), (inputs) => {
        for (const { repId, change } of flips(inputs, route(inputs))) {
          expect(chooses(carriedOut(inputs, repId, change), repId), change).toBe(true);
          for (const { 0: number, index } of change.matchAll(/(?<=a cap(?:acity)? of )\d+/g)) {
            const oneLess = `${change.slice(0, index)}${Number(number) - 1}${change.slice(index + number.length)}`;
            expect(chooses(carriedOut(inputs, repId, oneLess), repId), oneLess).toBe(false);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[string, Partial<RepSeen>, string]>([
    ['on leave', { status: 'on-leave' }, 'status active instead of on-leave'],
    ['paused', { pausedUntil: '2026-11-02T03:00:00.000Z' }, 'not having paused'],
    ['off duty', { shifts: [{ days: [1], from: '12:00', to: '18:00' }] }, 'being on duty'],
    ['at a cap', { caps: { day: 1 }, taken: { day: 1, week: 1, month: 1, good: 0 } }, 'a cap of 2 a day instead of 1'],
    ['full', { capacity: 2, openLeads: 2 }, 'a capacity of 3 instead of 2'],
    ['of another product', { productLines: ['erp'] }, 'selling mes'],
  ])('says of the only rep, who is %s, what alone would have given them the lead', (_, but, change) => {
    const inputs = anyInputs({ productLine: 'mes', territories: around('ann'), reps: [anyRep('ann', but)] });
    expect(flips(inputs, route(inputs))).toEqual([{ repId: 'ann', change }]);
  });

  it('says how many leads more or fewer, or deals won, would have given the lead to another', () => {
    const lead = strideOf({ weight: 1, capacity: 100 });
    const busier = [anyRep('ann'), anyRep('bob', { turns: 3 * lead })];
    const inputs = anyInputs({ territories: around('ann', 'bob'), reps: busier, rules: { catchUp: 100 } });
    // Three would make them equal, and equals are drawn: four are sure.
    expect(flips(inputs, route(inputs))).toEqual([{ repId: 'bob', change: '4 leads more at ann' }]);

    const deals = (won: number) => ({ teamId: 'east', deals: { won, closed: 60 } });
    const better = anyInputs({
      territories: around('ann', 'bob'),
      reps: [anyRep('ann', deals(40)), anyRep('bob', deals(30))],
      priors: { east: { mean: 0.4, strength: 10 } },
      rules: { winRate: { tolerance: 0.02, load: 0.5, exploration: 0 } },
    });
    expect(flips(better, route(better))).toEqual([
      { repId: 'bob', change: expect.stringMatching(/^\d+ more such deals won$/) },
    ]);
  });

  it('gives the lead to the rep whom the customer chose, even out of their territory', () => {
    const inputs = anyInputs({
      preferredRepId: 'bob',
      territories: around('ann'),
      reps: [anyRep('ann'), anyRep('bob')],
    });
    expect(route(inputs)).toMatchObject({ outcome: 'assigned', repId: 'bob', basis: 'preference' });
  });

  it('passes over a chosen rep who is on leave, and says so', () => {
    const reps = [anyRep('ann'), anyRep('bob', { status: 'on-leave' })];
    const decided = route(anyInputs({ preferredRepId: 'bob', territories: around('ann'), reps }));
    expect(decided).toMatchObject({ repId: 'ann', basis: 'territory' });
    expect(decided.candidates).toContainEqual({
      repId: 'bob',
      basis: 'preference',
      outcome: 'passed-over',
      reason: 'is on-leave',
    });
  });

  it('ignores a chosen rep whom nobody knows, and notes it', () => {
    const decided = route(anyInputs({ preferredRepId: 'nobody', territories: around('ann'), reps: [anyRep('ann')] }));
    expect(decided).toMatchObject({ repId: 'ann' });
    expect(decided.candidates[0]).toMatchObject({ repId: 'nobody', reason: 'is not on the roster' });
  });

  it('prefers who already serves the customer to the territory', () => {
    const reps = [anyRep('ann'), anyRep('cai', { openLeads: 9 })];
    expect(route(anyInputs({ knownRepId: 'cai', territories: around('ann'), reps }))).toMatchObject({
      repId: 'cai',
      basis: 'history',
    });
  });

  const nobody: [string, Partial<RoutingInputs>][] = [
    ['no-territory', { territories: [], reps: [] }],
    ['no-rep-in-territory', { territories: around(), reps: [] }],
    [
      'no-rep-for-product',
      { productLine: 'mes', territories: around('ann'), reps: [anyRep('ann', { productLines: ['erp'] })] },
    ],
    ['all-reps-unavailable', { territories: around('ann'), reps: [anyRep('ann', { status: 'left' })] }],
    ['all-reps-at-capacity', { territories: around('ann'), reps: [anyRep('ann', { openLeads: 2, capacity: 2 })] }],
    [
      'all-reps-at-capacity',
      {
        territories: around('ann'),
        reps: [anyRep('ann', { caps: { month: 5 }, taken: { day: 0, week: 0, month: 5, good: 0 } })],
      },
    ],
    [
      'all-reps-unavailable',
      { territories: around('ann'), reps: [anyRep('ann', { pausedUntil: '2026-11-02T03:00:00.000Z' })] },
    ],
    [
      'all-reps-unavailable',
      {
        territories: around('ann'),
        reps: [anyRep('ann', { shifts: [{ days: [1], from: '12:00', to: '18:00' }] })],
      },
    ],
  ];

  it.each(nobody)('names the cause %s', (cause, but) => {
    expect(route(anyInputs({ ...but }))).toMatchObject({ outcome: 'failed', cause });
  });
});
