import type { Context } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeadReceived } from '../../../events/lead-received.ts';
import { handler } from '../../../functions/scoring/handler.ts';
import { read, timeline } from '../../../shared/lead/store.ts';
import { newId } from '../../../shared/platform/random.ts';
import { context, leadsExist, messages, monday, rawMessages, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();

const rubbish = fc.oneof(
  fc.string(),
  fc.json(),
  fc.constant(JSON.stringify({ 'detail-type': 'LeadReceived', detail: {} })),
  fc.constant(JSON.stringify({ 'detail-type': 'Nonsense', detail: { leadId: 'x' } })),
);

const waiting = () => {
  const lead = { ...scoredLead(newId(monday)), status: 'received' as const };
  delete lead.score;
  return lead;
};

describe('a batch of messages', () => {
  it('of good ones, repeats, rubbish and unknown leads, in any order, ends as one by one would', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { maxLength: 6 }),
        fc.array(rubbish, { maxLength: 3 }),
        fc.infiniteStream(fc.nat()),
        async (picks, bodies, luck) => {
          const leads = [waiting(), waiting(), waiting(), waiting()];
          await leadsExist(table(), ...leads);
          const good = messages(
            LeadReceived,
            ...picks.map((at) => ({ ...LeadReceived.sample, leadId: leads[at]?.leadId ?? '' })),
          );
          const unknown = messages(LeadReceived, { ...LeadReceived.sample, leadId: 'nobody' });
          const Records = [...good.Records, ...rawMessages(...bodies).Records, ...unknown.Records]
            .map((record) => ({ record, at: luck.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ record }) => record);
          const { batchItemFailures } = await handler({ Records }, context as Context);
          expect(batchItemFailures).toEqual([]);
          for (const [at, { leadId }] of leads.entries()) {
            const scored = picks.includes(at);
            expect((await read(table(), leadId))?.status).toBe(scored ? 'scored' : 'received');
            expect(await timeline(table(), leadId)).toHaveLength(scored ? 1 : 0);
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});
