import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lead } from '../../../shared/lead/lead.ts';
import { countHeld, create, list, read, save } from '../../../shared/lead/store.ts';
import { Conflict, commit } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { reconciliation } from '../../../shared/reconciliation/store.ts';
import type { Judgement } from '../../../shared/rubbish/judge.ts';
import { isTrusted } from '../../../shared/rubbish/senders/store.ts';
import { shareOf } from '../../../shared/rubbish/share/share.ts';
import { countDecided, sharesBetween } from '../../../shared/rubbish/share/store.ts';
import { accept, rejectByHand, setAside } from '../../../shared/rubbish/store.ts';
import { anyForm, monday, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const by = { role: 'admin', reason: 'said so' };
const versions = { routing: 1, territories: 0, roster: 0, scoring: 1 };
const deadlines = { supervisorMs: 7_200_000, exceptionMs: 14_400_000 };
const end = new Date(monday.getTime() + 3_600_000);

const judgement = (verdict: Judgement['verdict']): Judgement => ({ verdict, points: 60, reasons: [], version: 1 });

/** Acts on the lead as it is now, where that can be done at all. */
async function act(leadId: string, what: 'accept' | 'reject' | 'score'): Promise<void> {
  const lead = await read(table(), leadId);
  if (!lead) return;
  if (what === 'score' && lead.status === 'received')
    await commit(table(), [save(lead, { ...lead, status: 'scored' } as Lead)]);
  if (what === 'accept' && lead.status === 'rejected')
    await commit(table(), accept(lead, by, [leadId], deadlines, versions, end));
  if (what === 'reject' && (lead.status === 'scored' || (lead.status === 'rejected' && lead.review)))
    await commit(table(), rejectByHand(lead, by, versions, end));
}

describe('rubbish, by the rules and by hand', () => {
  it('is at any time as much as the report says, however often it is accepted and rejected', async () => {
    const verdict = fc.constantFrom('passed' as const, 'review' as const, 'rejected' as const);
    const acts = fc.array(
      fc.tuple(fc.nat(4), fc.constantFrom('accept' as const, 'reject' as const, 'score' as const)),
      {
        maxLength: 14,
      },
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(verdict, { minLength: 1, maxLength: 5 }), acts, async (verdicts, done) => {
        run += 1;
        const campaign = `run ${run}`;
        const ids: string[] = [];
        for (const each of verdicts) {
          const { score, ...base } = scoredLead(newId(monday));
          const lead = { ...base, status: 'received', source: { channel: 'web', campaign } } as Lead;
          await commit(table(), create(lead, anyForm));
          const judged = judgement(each);
          if (each !== 'passed') await commit(table(), setAside(lead, judged, monday));
          else await act(lead.leadId, 'score');
          await countDecided(table(), lead, each);
          ids.push(lead.leadId);
        }
        for (const [at, what] of done) await act(ids[at % ids.length] ?? '', what);
        const leads = await Promise.all(ids.map((leadId) => read(table(), leadId)));
        const aside = leads.filter((lead) => lead?.status === 'rejected').length;
        const rows = (await sharesBetween(table(), '2026-11-02', '2026-11-03')).filter(
          (row) => row.campaign === campaign,
        );
        const { leads: counted, review, rejected, rejectedByHand, accepted } = shareOf(rows);
        expect(counted).toBe(ids.length);
        expect(review + rejected + rejectedByHand - accepted).toBe(aside);
        for (const lead of leads) if (lead?.acceptedAt) expect(await isTrusted(table(), [lead.leadId])).toBe(true);
      }),
      { numRuns: 25 },
    );
    // And all of them are somewhere: held ones count as rejected, in a list of their own.
    const { difference, rejected, received, inFlight } = await reconciliation(
      table(),
      new Date(monday.getTime() - 1),
      new Date(monday.getTime() + 1),
      monday,
    );
    expect(difference).toBe(0);
    expect(rejected + inFlight).toBe(received);
    const everyRejected = await list(table(), { statuses: ['rejected'] }, () => true, 1000);
    const held = everyRejected.items.filter((lead) => lead.status === 'rejected' && lead.review);
    expect(everyRejected.items).toHaveLength(rejected);
    expect((await list(table(), { lists: ['review'] }, () => true, 1000)).items).toEqual(held);
    expect(await countHeld(table())).toBe(held.length);
  });

  it('is decided once when two people decide at the same moment', async () => {
    const { score, ...base } = scoredLead(newId(monday));
    const lead = { ...base, status: 'received' } as Lead;
    await commit(table(), create(lead, anyForm));
    await commit(table(), setAside(lead, judgement('review'), monday));
    const held = await read(table(), lead.leadId);
    if (held?.status !== 'rejected') throw new Error('not held');
    const both = await Promise.allSettled([
      commit(table(), accept(held, by, ['key'], deadlines, versions, end)),
      commit(table(), rejectByHand(held, by, versions, end)),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((each) => each.status === 'rejected')).toMatchObject({ reason: expect.any(Conflict) });
  });

  it('once accepted has a clock that begins then, and keeps when it came in', async () => {
    const { score, ...base } = scoredLead(newId(monday));
    const lead = { ...base, status: 'received' } as Lead;
    await commit(table(), create(lead, anyForm));
    await commit(table(), setAside(lead, judgement('rejected'), monday));
    await act(lead.leadId, 'accept');
    expect(await read(table(), lead.leadId)).toMatchObject({
      status: 'received',
      receivedAt: monday.toISOString(),
      sla: {
        receivedAt: end.toISOString(),
        supervisorDueAt: new Date(end.getTime() + 7_200_000).toISOString(),
        level: 'none',
      },
    });
  });
});
