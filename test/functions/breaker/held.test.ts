import type { Context } from 'aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { LeadScored } from '../../../events/lead-scored.ts';
import { LeadSentToManual } from '../../../events/lead-sent-to-manual.ts';
import { handler as assignment } from '../../../functions/assignment/handler.ts';
import { handler } from '../../../functions/breaker/handler.ts';
import { freeAll } from '../../../functions/breaker/held.ts';
import { defaultBreakerRules } from '../../../shared/breaker/breaker.ts';
import { countFailure, reset } from '../../../shared/breaker/store.ts';
import { read, timeline } from '../../../shared/lead/store.ts';
import { beforeCommit, context, leadsExist, messages, scoredLead, territoriesAre } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const cause = 'no-territory';
const at = () => new Date();
const isTold = (leadId: string) =>
  handler(
    messages(LeadSentToManual, { ...LeadSentToManual.sample, leadId, cause, attempts: 1, held: true }),
    context as Context,
  );

describe('a lead that is held for a cause', () => {
  beforeAll(async () => {
    process.env.QUEUE_URL = 'http://127.0.0.1:9/queue';
    await territoriesAre(table(), 0);
  });

  async function opens(): Promise<void> {
    for (let n = 0; n < defaultBreakerRules.leads; n += 1)
      await countFailure(table(), cause, { leadId: `failed-${n}`, at: at().toISOString() }, defaultBreakerRules, at());
  }

  it('goes on though its breaker closed, and all others went on, while it was being handed over', async () => {
    await opens();
    const lead = scoredLead();
    await leadsExist(table(), lead);
    const forget = beforeCommit(table(), 1, async () => {
      await reset(table(), cause, 'admin', at());
      await freeAll(table(), cause, at);
    });
    await assignment(messages(LeadScored, { ...LeadScored.sample, leadId: lead.leadId }), context as Context);
    forget();
    expect(await read(table(), lead.leadId)).toMatchObject({ status: 'manual', held: true });
    await isTold(lead.leadId);
    await isTold(lead.leadId);
    expect(await read(table(), lead.leadId)).toMatchObject({ status: 'scored' });
    const told = (await timeline(table(), lead.leadId)).map(({ type }) => type);
    expect(told.filter((type) => type === 'LeadReleased')).toHaveLength(1);
  });

  it('stays with the manual group while its breaker is open', async () => {
    await opens();
    const lead = scoredLead();
    await leadsExist(table(), lead);
    await assignment(messages(LeadScored, { ...LeadScored.sample, leadId: lead.leadId }), context as Context);
    await isTold(lead.leadId);
    expect(await read(table(), lead.leadId)).toMatchObject({ status: 'manual', held: true });
  });
});
