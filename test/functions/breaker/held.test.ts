import type { Context } from 'aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { LeadScored } from '../../../events/lead-scored.ts';
import { LeadSentToManual } from '../../../events/lead-sent-to-manual.ts';
import { handler as assignment } from '../../../functions/assignment/handler.ts';
import { handler } from '../../../functions/breaker/handler.ts';
import { freeAll } from '../../../functions/breaker/held.ts';
import type { Decision } from '../../../shared/audit/record.ts';
import { defaultBreakerRules } from '../../../shared/breaker/breaker.ts';
import { countFailure, heldFor, reset } from '../../../shared/breaker/store.ts';
import { current } from '../../../shared/config/store.ts';
import type { Lead } from '../../../shared/lead/lead.ts';
import { read, timeline } from '../../../shared/lead/store.ts';
import { readRep } from '../../../shared/org/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { defaultRoutingRules } from '../../../shared/routing/rules.ts';
import { assign, sendToManual, toPool } from '../../../shared/routing/store.ts';
import { rejectByHand } from '../../../shared/rubbish/store.ts';
import {
  anyRep,
  beforeCommit,
  context,
  leadsExist,
  messages,
  repsExist,
  scoredLead,
  territoriesAre,
} from '../../histories.ts';
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

  it('is held no longer once somebody has given it away, put it into the pool or rejected it', async () => {
    await opens();
    const by = { role: 'admin', reason: 'asked the customer' } as const;
    const versions = await current(table());
    await repsExist(table(), anyRep('ann'));
    const rep = await readRep(table(), 'ann');
    if (!rep) throw new Error('she is hired');
    const given = {
      outcome: 'assigned',
      repId: 'ann',
      basis: 'manual',
      candidates: [],
      flip: [],
      versions,
    } satisfies Decision;
    for (const dealWith of [
      (lead: Lead) => assign(lead, { rep, turns: 0 }, given, defaultRoutingRules, at()),
      (lead: Lead) => toPool(lead, { reason: 'pool', by: undefined, coolDown: 0 }, versions, at()),
      (lead: Lead) => rejectByHand(lead, by, versions, at()),
    ]) {
      const { leadId } = scoredLead(newId(at()));
      await leadsExist(table(), scoredLead(leadId));
      await assignment(messages(LeadScored, { ...LeadScored.sample, leadId }), context as Context);
      expect(await heldFor(table(), cause)).toContain(leadId);
      const held = await read(table(), leadId);
      if (!held) throw new Error('it is there');
      await commit(table(), dealWith(held));
      expect(await heldFor(table(), cause)).not.toContain(leadId);
    }
  });

  it('is one as well that the manual group got before its breaker opened, when a step was down', async () => {
    const ids = Array.from({ length: defaultBreakerRules.leads + 2 }, () => newId(at()));
    const versions = await current(table());
    for (const leadId of ids) {
      await leadsExist(table(), scoredLead(leadId));
      const lead = await read(table(), leadId);
      if (lead) await commit(table(), sendToManual(lead, 'dependency', versions, at(), false));
    }
    const [dealtWith = '', ...others] = ids;
    const lead = await read(table(), dealtWith);
    if (lead) await commit(table(), toPool(lead, { reason: 'pool', by: undefined, coolDown: 0 }, versions, at()));
    const told = { ...LeadSentToManual.sample, cause: 'dependency', attempts: 0 } as const;
    for (const leadId of ids)
      await handler(
        messages(LeadSentToManual, { ...told, leadId, at: at().toISOString() } as never),
        context as Context,
      );
    expect((await heldFor(table(), 'dependency')).sort()).toEqual(others.sort());
    expect(await read(table(), dealtWith)).toMatchObject({ status: 'pool' });
    await reset(table(), 'dependency', 'admin', at());
    await freeAll(table(), 'dependency', at);
    expect(await heldFor(table(), 'dependency')).toEqual([]);
    for (const leadId of others) expect(await read(table(), leadId)).toMatchObject({ status: 'scored' });
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
