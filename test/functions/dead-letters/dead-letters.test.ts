import { gzipSync } from 'node:zlib';
import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { DeliveryPutOff } from '../../../events/delivery-put-off.ts';
import { LeadAssigned } from '../../../events/lead-assigned.ts';
import { LeadReceived } from '../../../events/lead-received.ts';
import { LeadScored } from '../../../events/lead-scored.ts';
import { MessageQuarantined } from '../../../events/message-quarantined.ts';
import { handler } from '../../../functions/dead-letters/handler.ts';
import { listAside } from '../../../shared/intake/quarantine/store.ts';
import { read, timeline } from '../../../shared/lead/store.ts';
import { listQuarantine } from '../../../shared/platform/quarantine.ts';
import { query } from '../../../shared/platform/table.ts';
import { context, leadsExist, messages, rawMessages, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const run = (event: ReturnType<typeof messages>) => handler(event, context as Context);

describe('dead letters', () => {
  it('hands a lead that still waits to the manual group, once, with the cause of its last attempt', async () => {
    const [tried, crashed] = [scoredLead(undefined, { attempts: 1, lastCause: 'all-reps-at-capacity' }), scoredLead()];
    await leadsExist(table(), tried, crashed);
    const letters = [tried, crashed].map(({ leadId }) => ({ ...LeadScored.sample, leadId }));
    await run(messages(LeadScored, ...letters, ...letters));
    await run(messages(LeadScored, ...letters));
    expect(await read(table(), tried.leadId)).toMatchObject({ status: 'manual', cause: 'all-reps-at-capacity' });
    expect(await read(table(), crashed.leadId)).toMatchObject({ status: 'manual', cause: 'dependency' });
    for (const { leadId } of letters) {
      expect((await timeline(table(), leadId)).map(({ type }) => type)).toEqual(['LeadSentToManual']);
    }
  });

  it('takes up a lead that never got its score', async () => {
    const lead = { ...scoredLead(), status: 'received' as const };
    delete lead.score;
    await leadsExist(table(), lead);
    await run(messages(LeadReceived, { ...LeadReceived.sample, leadId: lead.leadId }));
    expect(await read(table(), lead.leadId)).toMatchObject({ status: 'manual', cause: 'dependency' });
  });

  it('leaves alone a lead that somebody dealt with meanwhile', async () => {
    const lead = scoredLead(undefined, { status: 'assigned', owner: { repId: 'ann', name: 'Ann' } } as never);
    await leadsExist(table(), lead);
    await run(messages(LeadScored, { ...LeadScored.sample, leadId: lead.leadId }));
    expect(await read(table(), lead.leadId)).toMatchObject({ status: 'assigned' });
  });

  it('keeps a call whose sender was told that it is taken, whole, in the leads’ quarantine', async () => {
    const body = JSON.stringify({ contact: { phone: '13800138000' } });
    const putOff = { ...DeliveryPutOff.sample, body: gzipSync(body).toString('base64') };
    await run(messages(DeliveryPutOff, putOff));
    await run(messages(DeliveryPutOff, putOff));
    const { items } = await listAside(table(), 'waiting', 10);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ entry: { source: 'web', status: 'waiting' }, kept: { leadId: putOff.leadId } });
    expect(items[0]?.kept.body.toString()).toBe(body);
  });

  it('keeps any other event for the admins and tells them, but not about an alert that could not be sent', async () => {
    await run(messages(LeadAssigned, { ...LeadAssigned.sample, eventId: 'untold' }));
    await run(messages(MessageQuarantined, { ...MessageQuarantined.sample, eventId: 'unalerted' }));
    await run(rawMessages('not JSON'));
    const { items } = await listQuarantine(table(), 10);
    expect(items.map(({ reason }) => reason).sort()).toEqual([
      'LeadAssigned failed at every try',
      'MessageQuarantined failed at every try',
      'body is not JSON',
    ]);
    const told = async (id: string) => (await query(table(), { pk: `QUARANTINE#${id}`, begins: 'EVENT#' })).length;
    expect(await told('untold')).toBe(1);
    expect(await told('unalerted')).toBe(0);
  });
});
