import { beforeAll, describe, expect, it } from 'vitest';
import { mergeByHand, unmerge } from '../../../functions/api/routes/merging.ts';
import { addPayment } from '../../../shared/appraisal/payments/store.ts';
import { logged } from '../../../shared/journey/contacts/store.ts';
import { become, type Lead } from '../../../shared/lead/lead.ts';
import { read } from '../../../shared/lead/store.ts';
import { readRep, takeOn } from '../../../shared/org/store.ts';
import { after } from '../../../shared/platform/clock.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { defaultSlaRules } from '../../../shared/sla/rules.ts';
import { leadsExist, monday, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';
import { call, hire } from './asked.ts';

const { table } = useRealTable();
const owner = { repId: 'rep-li', name: 'rep-li' };
const minute = (n: number) => after(monday, n * 60_000);

beforeAll(() => hire(table(), 'rep-li'));

/** A lead that the rep has. */
async function theirs(): Promise<string> {
  const lead = become(scoredLead(newId(monday)), { status: 'assigned', owner });
  await leadsExist(table(), lead);
  const rep = await readRep(table(), owner.repId);
  if (rep) await commit(table(), [takeOn(rep, rep.tally, monday)]);
  return lead.leadId;
}

/** The rep called the customer of a lead, and agreed on a next step if one is said. */
async function called(leadId: string, nextStep?: { text: string; dueAt: string }): Promise<void> {
  const lead = (await read(table(), leadId)) as Lead;
  const contact = { channel: 'phone' as const, minutes: 3, summary: 'talked', outcome: 'reached', repId: owner.repId };
  const said = { ...contact, at: minute(10).toISOString(), ...(nextStep ? { nextStep } : {}) };
  await commit(table(), (await logged(table(), lead, said, defaultSlaRules, minute(10))).changes);
}

const at = minute(20).toISOString();
const merge = (leadId: string, into: string) =>
  call(mergeByHand, at, { params: { leadId }, body: { into, reason: 'one and the same' } });
const apart = (leadId: string) => call(unmerge, at, { params: { leadId }, body: { reason: 'another customer' } });

describe('a lead whose customer was contacted', () => {
  it('is not merged into one that waits, with what was promised; that one is merged into it', async () => {
    const [a, b] = [await theirs(), await theirs()];
    await called(b, { text: 'send the offer', dueAt: minute(240).toISOString() });
    await commit(
      table(),
      await addPayment(table(), b, {
        reference: 'p',
        amount: 1,
        paidOn: '2026-11-02',
        at,
        by: 'admin',
        repId: 'rep-li',
      }),
    );
    expect(await merge(b, a)).toMatchObject({
      status: 409,
      body: {
        detail: `lead ${b} is not merged into ${a}: its customer was contacted, it has open tasks, it has payments; merge ${a} into ${b} instead`,
      },
    });
    expect(await read(table(), b)).toMatchObject({ status: 'contacted', openTasks: 1 });
    expect(await merge(a, b)).toMatchObject({ status: 200, body: { duplicateOf: b } });
    expect(await read(table(), b)).toMatchObject({ status: 'contacted', openTasks: 1 });
  });

  it('may be merged into another that was contacted, and is contacted still when that is undone', async () => {
    const [a, b] = [await theirs(), await theirs()];
    await called(a);
    await called(b);
    expect((await merge(b, a)).status).toBe(200);
    expect((await apart(b)).status).toBe(200);
    const { status, sla } = (await read(table(), b)) ?? {};
    expect([status, sla?.firstContactAt]).toEqual(['scored', minute(10).toISOString()]);
    expect(sla?.receivedAt).toBe(monday.toISOString());
  });

  it('goes neither way while both have something left to do, and it is said why', async () => {
    const [a, b] = [await theirs(), await theirs()];
    for (const leadId of [a, b]) await called(leadId, { text: 'call again', dueAt: minute(240).toISOString() });
    expect((await merge(b, a)).body.detail).toBe(
      `lead ${b} is not merged into ${a}: it has open tasks; nor does ${a} go into ${b}: it has open tasks`,
    );
  });
});
