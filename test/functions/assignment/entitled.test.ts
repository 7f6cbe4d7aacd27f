import type { Context } from 'aws-lambda';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LeadScored } from '../../../events/lead-scored.ts';
import { handler } from '../../../functions/assignment/handler.ts';
import { verify } from '../../../shared/audit/record.ts';
import { replay } from '../../../shared/audit/replay.ts';
import { recordsOf } from '../../../shared/audit/store.ts';
import { ownerOf } from '../../../shared/lead/lead.ts';
import { read } from '../../../shared/lead/store.ts';
import { repStatuses } from '../../../shared/org/rep.ts';
import { readRep, savePause, saveSettings } from '../../../shared/org/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import type { RepSeen } from '../../../shared/routing/inputs.ts';
import {
  anyRep,
  beforeCommit,
  context,
  hrSays,
  leadsExist,
  messages,
  monday,
  repsExist,
  scoredLead,
  square,
  territoriesAre,
} from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const LEADS = 6;

/** What somebody does to a rep between a decision and its commit. */
const changes = {
  left: async (repId: string) => hrSays(table(), repId, 'left'),
  'on-leave': async (repId: string) => hrSays(table(), repId, 'on-leave'),
  'no capacity': async (repId: string) => commit(table(), [saveSettings(repId, { capacity: 0 })]),
  paused: async (repId: string) => commit(table(), [savePause(repId, '9999-12-31T23:59:59.999Z')]),
  'no more this month': async (repId: string) => commit(table(), [saveSettings(repId, { caps: { month: 0 } })]),
} as const;

const rep = fc.record({
  status: fc.constantFrom(...repStatuses, 'active', 'active'),
  capacity: fc.integer({ min: 0, max: 4 }),
  weight: fc.constantFrom(0.5, 1, 2),
  productLines: fc.subarray(['mes', 'erp'], { maxLength: 1 }),
  caps: fc.constantFrom({}, { day: 1 }, { month: 3 }).map((caps): { day?: number; month?: number } => caps),
  hiredAt: fc.constantFrom('2020-01-01', '2026-10-08'),
});

let version = 0;

describe('Invariants 2, 3 and 4, over random companies and leads', () => {
  beforeAll(() => {
    process.env.QUEUE_URL = 'http://127.0.0.1:9/queue';
  });

  it('each lead has exactly one owner who was entitled to it when it was given, or a cause that is true', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rep, { minLength: 1, maxLength: 4 }),
        fc.option(fc.constantFrom('mes', 'erp'), { nil: undefined }),
        fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[])),
        fc.nat(3),
        fc.integer({ min: 1, max: LEADS }),
        async (company, productLine, change, pick, nth) => {
          const prefix = newId(monday);
          const reps: RepSeen[] = company.map((but, at) => anyRep(`${prefix}-${at}`, but));
          await repsExist(table(), ...reps);
          await territoriesAre(table(), version, square(reps.map(({ repId }) => repId)));
          version += 1;
          const leads = Array.from({ length: LEADS }, () => scoredLead(undefined, productLine ? { productLine } : {}));
          await leadsExist(table(), ...leads);
          const victim = reps[pick % reps.length]?.repId ?? '';
          let soFar = 0;
          const restore = beforeCommit(table(), nth, async () => {
            soFar = (await readRep(table(), victim))?.openLeads ?? 0;
            await changes[change](victim);
          });
          const event = messages(LeadScored, ...leads.map(({ leadId }) => ({ ...LeadScored.sample, leadId })));
          await handler(event, context as Context);
          restore();

          const given = new Map<string, number>();
          for (const { leadId } of leads) {
            const lead = await read(table(), leadId);
            const records = await recordsOf(table(), leadId);
            expect(lead && verify(leadId, records, lead.audit).intact).toBe(true);
            expect(records.every(replay)).toBe(true);
            const owner = lead && ownerOf(lead);
            const assigned = records.filter(({ outcome }) => outcome === 'assigned');
            expect(assigned.map(({ repId }) => repId)).toEqual(owner ? [owner.repId] : []);
            if (!owner)
              expect(records.at(-1)?.cause).toMatch(/^(no-rep-for-product|all-reps-unavailable|all-reps-at-capacity)$/);
            else given.set(owner.repId, (given.get(owner.repId) ?? 0) + 1);
          }
          for (const { repId, status, capacity, productLines, caps } of reps) {
            const count = given.get(repId) ?? 0;
            const now = await readRep(table(), repId);
            expect(now?.openLeads).toBe(count);
            expect(now?.tally.total).toBe(count);
            const entitled =
              status === 'active' && (!productLine || productLines.length === 0 || productLines.includes(productLine));
            const most = entitled ? Math.min(capacity, caps?.day ?? capacity, caps?.month ?? capacity) : 0;
            expect(count).toBeLessThanOrEqual(most);
          }
          // Nothing was given to them after what was done to them.
          if (soFar > 0) expect(given.get(victim) ?? 0).toBe(soFar);
        },
      ),
      { numRuns: 40 },
    );
  });
});
