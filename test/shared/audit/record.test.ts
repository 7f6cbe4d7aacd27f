import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AuditRecord,
  type ChainEnd,
  chained,
  type Decision,
  ERASED,
  emptyChain,
  hashOf,
  seal,
  verify,
} from '../../../shared/audit/record.ts';
import { replay } from '../../../shared/audit/replay.ts';
import { flips } from '../../../shared/routing/flip.ts';
import type { RoutingInputs } from '../../../shared/routing/inputs.ts';
import { route } from '../../../shared/routing/route.ts';
import { anyInputs, anyRep, around, monday } from '../../histories.ts';

const versions = { routing: 1, territories: 1, roster: 1, scoring: 1 };

const decisions: fc.Arbitrary<Decision> = fc.record({
  outcome: fc.constantFrom('assigned', 'failed', 'manual', 'released'),
  cause: fc.option(fc.constantFrom('no-territory', 'conflict'), { nil: undefined }),
  repId: fc.option(fc.string(), { nil: undefined }),
  basis: fc.string(),
  candidates: fc.array(
    fc.record({ repId: fc.string(), outcome: fc.constant('passed-over' as const), reason: fc.string() }),
  ),
  flip: fc.constant([]),
  versions: fc.constant(versions),
});

function chain(made: readonly Decision[]): { records: AuditRecord[]; end: ChainEnd } {
  const records: AuditRecord[] = [];
  let end = emptyChain('lead');
  for (const decision of made) {
    const record = seal('lead', end, decision, monday);
    records.push(record);
    end = { records: record.number, hash: record.hash };
  }
  return { records, end };
}

const chains = fc.array(decisions, { minLength: 1, maxLength: 6 }).map(chain);

describe('the audit chain of a lead', () => {
  it('is intact as it was written, also after being stored and read again', () => {
    fc.assert(
      fc.property(chains, ({ records, end }) => {
        const read = JSON.parse(JSON.stringify(records)) as AuditRecord[];
        expect(verify('lead', read, end)).toEqual({ records: records.length, intact: true });
      }),
    );
  });

  it('shows a record that was changed', () => {
    fc.assert(
      fc.property(chains, fc.nat(), ({ records, end }, pick) => {
        const at = pick % records.length;
        const forged = records.map((record, index) =>
          index === at ? { ...record, basis: `${record.basis}!` } : record,
        );
        expect(verify('lead', forged, end)).toMatchObject({ intact: false, firstBroken: records[at]?.decisionId });
      }),
    );
  });

  it('holds once what somebody said is erased and that is on record, and shows words that were changed or simply taken away', () => {
    const said: Decision = {
      outcome: 'released',
      basis: 'rejected',
      by: { role: 'admin', reason: '王芳 asked for it' },
      candidates: [],
      flip: [],
      versions,
    };
    const { records, end } = chain([said, { ...said, basis: ERASED, by: { role: 'admin', reason: 'request' } }]);
    expect(verify('lead', records, end).intact).toBe(true);
    expect(JSON.stringify(records.map(chained))).not.toContain('王芳');
    const told = (reason: string | undefined) =>
      records.map((record) =>
        record.basis === ERASED ? record : { ...record, by: { ...record.by, role: 'admin', reason } },
      );
    expect(verify('lead', told(undefined), end).intact).toBe(true);
    expect(verify('lead', told('nobody asked'), end)).toMatchObject({ intact: false, firstBroken: 'lead-1' });
    const short = chain([said]);
    const silent = short.records.map((record) => ({
      ...record,
      by: { ...record.by, role: 'admin', reason: undefined },
    }));
    expect(verify('lead', silent, short.end).intact).toBe(false);
  });

  it('shows a record that is missing, also the last', () => {
    fc.assert(
      fc.property(chains, fc.nat(), ({ records, end }, pick) => {
        const at = pick % records.length;
        expect(
          verify(
            'lead',
            records.filter((_, index) => index !== at),
            end,
          ).intact,
        ).toBe(false);
      }),
    );
  });

  it('shows records that changed places', () => {
    fc.assert(
      fc.property(chains, ({ records, end }) => {
        fc.pre(records.length > 1);
        expect(verify('lead', [...records].reverse(), end).intact).toBe(false);
      }),
    );
  });

  it('gives the same answer when a decision is run again from its record, and shows one that would not', () => {
    const inputs = anyInputs({ territories: around('ann', 'bob'), reps: [anyRep('ann'), anyRep('bob', { turns: 1 })] });
    const routing = route(inputs);
    const decision = { basis: 'none', ...routing, flip: flips(inputs, routing), versions, inputs } as Decision;
    const { records } = chain([decision]);
    expect(records.map(replay)).toEqual([true]);
    const { records: forged } = chain([{ ...decision, repId: 'bob' }]);
    expect(forged.map(replay)).toEqual([false]);
  });
});

describe('a forger who knows how records are hashed', () => {
  const made = (basis: string): Decision => ({ outcome: 'released', basis, candidates: [], flip: [], versions });
  const { records, end } = chain([made('one'), made('two'), made('three')]);
  const forged = (at: number, but: Partial<AuditRecord>): AuditRecord[] =>
    records.map((record, index) => {
      if (index !== at) return record;
      const { hash, ...unsealed } = { ...record, ...but };
      return { ...unsealed, hash: hashOf(unsealed) };
    });

  it('is found at the record after the one that was rewritten, or at the end of the chain', () => {
    expect(verify('lead', forged(1, { basis: 'forged' }), end)).toMatchObject({ intact: false, firstBroken: 'lead-3' });
    expect(verify('lead', forged(2, { basis: 'forged' }), end)).toMatchObject({ intact: false, firstBroken: 'lead-4' });
  });

  it('is found where a record bears another’s id or follows another', () => {
    expect(verify('lead', forged(2, { decisionId: 'lead-2' }), end).firstBroken).toBe('lead-2');
    expect(verify('lead', forged(2, { previousHash: records[0]?.hash ?? '' }), end).firstBroken).toBe('lead-3');
  });

  it('is found by the number of records, though the last hash is right', () => {
    expect(verify('lead', records, { ...end, records: 2 }).intact).toBe(false);
    expect(verify('lead', [], end)).toEqual({ records: 0, intact: false, firstBroken: 'lead-1' });
  });

  it('cannot pass off one lead’s chain as another’s', () => {
    expect(emptyChain('lead')).toEqual({ records: 0, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(emptyChain('other').hash).not.toBe(emptyChain('lead').hash);
  });
});

describe('a decision that is run again', () => {
  const sealed = (inputs: RoutingInputs, but: Partial<Decision> = {}): AuditRecord => {
    const routing = route(inputs);
    return seal(
      'lead',
      emptyChain('lead'),
      { basis: 'none', ...routing, flip: flips(inputs, routing), versions, inputs, ...but } as Decision,
      monday,
    );
  };
  const found = anyInputs({ territories: around('ann', 'bob'), reps: [anyRep('ann'), anyRep('bob', { turns: 1 })] });
  const nobody = anyInputs();

  it('comes out the same where nobody was found, also once the manual group had it', () => {
    expect(replay(sealed(nobody))).toBe(true);
    expect(replay(sealed(nobody, { outcome: 'manual' }))).toBe(true);
    expect(replay(sealed(nobody, { outcome: 'assigned' }))).toBe(false);
    expect(replay(sealed(found, { outcome: 'failed' }))).toBe(false);
  });

  it.each<[string, RoutingInputs, Partial<Decision>]>([
    ['another cause', nobody, { cause: 'conflict' }],
    ['another basis', found, { basis: 'preference' }],
    ['other candidates', found, { candidates: [] }],
    ['other changes that would have helped', found, { flip: [{ repId: 'bob', change: 'a wish' }] }],
  ])('does not where the record says %s', (_, inputs, but) => {
    expect(replay(sealed(inputs))).toBe(true);
    expect(replay(sealed(inputs, but))).toBe(false);
  });

  it('comes out the same from a record of an earlier version, which looked for no capacities and told caps without numbers', () => {
    const taken = { day: 1, week: 1, month: 1, good: 0 };
    const inputs = anyInputs({
      territories: around('ann', 'bob', 'cai'),
      reps: [
        anyRep('ann'),
        anyRep('bob', { capacity: 0, caps: { day: 1 }, taken }),
        anyRep('cai', { caps: { day: 1 }, taken }),
      ],
      rules: { order: ['territory'], preferences: ['fair-share'] },
    });
    const then = [
      { repId: 'bob', change: 'a higher cap and a capacity of 1 instead of 0 and 100 leads more at ann' },
      { repId: 'cai', change: 'a higher cap and 1 lead more at ann' },
    ];
    expect(flips(inputs, route(inputs))).not.toEqual(then);
    expect(replay(sealed(inputs, { flip: then }))).toBe(true);
    expect(replay(sealed(inputs, { flip: then.slice(1) }))).toBe(false);
  });

  it('of a person’s hand is what it is', () => {
    const { inputs, ...byHand } = sealed(found, { outcome: 'assigned', repId: 'bob', basis: 'manual' });
    expect(replay(byHand)).toBe(true);
  });
});
