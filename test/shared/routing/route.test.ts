import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repStatuses } from '../../../shared/org/rep.ts';
import { flips } from '../../../shared/routing/flip.ts';
import type { RoutingInputs } from '../../../shared/routing/inputs.ts';
import { route } from '../../../shared/routing/route.ts';
import { bases } from '../../../shared/routing/rules.ts';
import { anyRep } from '../../histories.ts';

const names = ['ann', 'bob', 'cai', 'dai', 'eve', 'fei'];

const reps = fc.uniqueArray(fc.constantFrom(...names), { maxLength: names.length }).chain((ids) =>
  fc.tuple(
    ...ids.map((repId) =>
      fc
        .record({
          status: fc.constantFrom(...repStatuses),
          capacity: fc.nat(5),
          openLeads: fc.nat(6),
          productLines: fc.subarray(['mes', 'erp']),
        })
        .map((but) => anyRep(repId, but)),
    ),
  ),
);

const someone = fc.option(fc.constantFrom(...names), { nil: undefined });

/** Any company and any lead. */
const anyInputs: fc.Arbitrary<RoutingInputs> = fc
  .record({
    leadId: fc.string({ minLength: 1 }),
    productLine: fc.option(fc.constantFrom('mes', 'erp', 'scada'), { nil: undefined }),
    preferredRepId: someone,
    knownRepId: someone,
    territories: fc.array(fc.subarray(names), { maxLength: 3 }),
    reps,
    order: fc.shuffledSubarray([...bases], { minLength: 1 }),
  })
  .map(({ productLine, preferredRepId, knownRepId, territories, ...rest }) => ({
    ...rest,
    ...(productLine ? { productLine } : {}),
    ...(preferredRepId ? { preferredRepId } : {}),
    ...(knownRepId ? { knownRepId } : {}),
    territories: territories.map((repIds, at) => ({
      territoryId: `t${at}`,
      repIds,
      inside: true,
      insideBuffer: false,
      metresToBoundary: 1,
    })),
  }));

const base: RoutingInputs = { leadId: 'lead', territories: [], reps: [], order: [...bases] };
const inTerritory = (...repIds: string[]) => [
  { territoryId: 't', repIds, inside: true, insideBuffer: false, metresToBoundary: 500 },
];

describe('routing a lead', () => {
  it('never chooses anybody frozen, on leave, at capacity or unknown, whatever the company and the lead', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const decided = route(inputs);
        if (decided.outcome === 'failed') return;
        const rep = inputs.reps.find(({ repId }) => repId === decided.repId);
        expect(rep?.status).toBe('active');
        expect(rep && rep.openLeads < rep.capacity).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('chooses exactly one, or names a cause that is true', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const { candidates, ...decided } = route(inputs);
        const chosen = candidates.filter(({ outcome }) => outcome === 'chosen');
        expect(chosen).toHaveLength(decided.outcome === 'assigned' ? 1 : 0);
        for (const { reason } of candidates) expect(reason).not.toBe('');
        if (decided.outcome === 'assigned') return;
        const named = new Set(inputs.territories.flatMap(({ repIds }) => repIds));
        const there = inputs.reps.filter(({ repId }) => named.has(repId));
        const searched = inputs.order.includes('territory');
        if (decided.cause === 'no-territory') expect(inputs.territories).toEqual([]);
        if (decided.cause === 'no-rep-in-territory' && searched) expect(there).toEqual([]);
        if (decided.cause === 'all-reps-at-capacity') {
          expect(there.some((rep) => rep.status === 'active' && rep.openLeads >= rep.capacity)).toBe(true);
        }
        if (decided.cause === 'all-reps-unavailable') expect(there.some((rep) => rep.status !== 'active')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('says of everybody considered what became of them, on each basis once', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const { candidates } = route(inputs);
        const keys = candidates.map(({ basis, repId }) => `${basis}/${repId}`);
        expect(new Set(keys).size).toBe(keys.length);
        const named = new Set(inputs.territories.flatMap(({ repIds }) => repIds));
        const expected =
          (inputs.order.includes('territory') ? named.size : 0) +
          Number(inputs.order.includes('preference') && inputs.preferredRepId !== undefined) +
          Number(inputs.order.includes('history') && inputs.knownRepId !== undefined);
        expect(keys).toHaveLength(expected);
      }),
    );
  });

  it('gives the same answer to the same inputs, in whatever order the roster lists people', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const again = route({ ...structuredClone(inputs), reps: [...inputs.reps].reverse() });
        const { candidates, ...decided } = route(inputs);
        const { candidates: _, ...second } = again;
        expect(second).toEqual(decided);
      }),
    );
  });

  it('every flip it names, when made, would have chosen that rep', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const decided = route(inputs);
        for (const { repId, change } of flips(inputs, decided)) {
          expect(change).not.toBe('');
          expect(decided.outcome === 'assigned' && decided.repId === repId).toBe(false);
        }
      }),
    );
  });

  it('gives the lead to the rep whom the customer chose, even out of their territory', () => {
    const inputs = {
      ...base,
      preferredRepId: 'bob',
      territories: inTerritory('ann'),
      reps: [anyRep('ann'), anyRep('bob')],
    };
    expect(route(inputs)).toMatchObject({ outcome: 'assigned', repId: 'bob', basis: 'preference' });
  });

  it('passes over a chosen rep who is on leave, and says so', () => {
    const reps = [anyRep('ann'), anyRep('bob', { status: 'on-leave' })];
    const decided = route({ ...base, preferredRepId: 'bob', territories: inTerritory('ann'), reps });
    expect(decided).toMatchObject({ repId: 'ann', basis: 'territory' });
    expect(decided.candidates).toContainEqual({
      repId: 'bob',
      basis: 'preference',
      outcome: 'passed-over',
      reason: 'is on-leave',
    });
  });

  it('ignores a chosen rep whom nobody knows, and notes it', () => {
    const decided = route({
      ...base,
      preferredRepId: 'nobody',
      territories: inTerritory('ann'),
      reps: [anyRep('ann')],
    });
    expect(decided).toMatchObject({ repId: 'ann' });
    expect(decided.candidates[0]).toMatchObject({ repId: 'nobody', reason: 'is not on the roster' });
  });

  it('prefers who already serves the customer to the territory', () => {
    const reps = [anyRep('ann'), anyRep('cai', { openLeads: 9 })];
    expect(route({ ...base, knownRepId: 'cai', territories: inTerritory('ann'), reps })).toMatchObject({
      repId: 'cai',
      basis: 'history',
    });
  });

  it('gives the lead to whoever has the fewest open leads', () => {
    const reps = [anyRep('ann', { openLeads: 3 }), anyRep('bob', { openLeads: 2 }), anyRep('cai', { openLeads: 4 })];
    const decided = route({ ...base, territories: inTerritory('ann', 'bob', 'cai'), reps });
    expect(decided).toMatchObject({ repId: 'bob' });
    expect(flips({ ...base, territories: inTerritory('ann', 'bob', 'cai'), reps }, decided)).toContainEqual({
      repId: 'ann',
      change: '1 open leads instead of 3',
    });
  });

  const nobody: [string, Partial<RoutingInputs>][] = [
    ['no-territory', { territories: [], reps: [] }],
    ['no-rep-in-territory', { territories: inTerritory(), reps: [] }],
    [
      'no-rep-for-product',
      { productLine: 'mes', territories: inTerritory('ann'), reps: [anyRep('ann', { productLines: ['erp'] })] },
    ],
    ['all-reps-unavailable', { territories: inTerritory('ann'), reps: [anyRep('ann', { status: 'left' })] }],
    ['all-reps-at-capacity', { territories: inTerritory('ann'), reps: [anyRep('ann', { openLeads: 2, capacity: 2 })] }],
  ];

  it.each(nobody)('names the cause %s', (cause, but) => {
    expect(route({ ...base, ...but })).toMatchObject({ outcome: 'failed', cause });
  });
});
