import { gzipSync } from 'node:zlib';
import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../../events/contract.ts';
import { DeliveryPutOff } from '../../../events/delivery-put-off.ts';
import { RetakeAsked } from '../../../events/retake-asked.ts';
import { handler } from '../../../functions/intake/handler.ts';
import { importIdOf, progressOf } from '../../../shared/intake/imports/store.ts';
import { askRetake, keepAside, listAside, readAside } from '../../../shared/intake/quarantine/store.ts';
import { read, readForms } from '../../../shared/lead/store.ts';
import { iso, now } from '../../../shared/platform/clock.ts';
import { newId } from '../../../shared/platform/random.ts';
import { context, messages } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();

const of = (phone: string): string => JSON.stringify({ contact: { phone } });
const once = (key: string) => ({ 'idempotency-key': key });
const webhook = (id: string) => ({ 'webhook-id': id });

/** A call that was answered with a lead's id while the table was busy. */
function promised(source: string, body: string, headers: Record<string, string>): EventOf<typeof DeliveryPutOff> {
  const at = now();
  return {
    ...DeliveryPutOff.sample,
    eventId: newId(at),
    at: iso(at),
    leadId: newId(at),
    source,
    headers: { 'content-type': 'application/json', ...headers },
    body: gzipSync(body).toString('base64'),
  };
}

/** Hands such calls over in this order. */
async function takeIn(...calls: EventOf<typeof DeliveryPutOff>[]): Promise<void> {
  for (const call of calls)
    expect(await handler(messages(DeliveryPutOff, call), context as Context)).toEqual({ batchItemFailures: [] });
}

const phoneOf = async (leadId: string) => (await readForms(table(), [leadId])).get(leadId)?.contact.phone;
const waiting = async () => (await listAside(table(), 'waiting', 10)).items;

describe('a lead that was promised while the table was busy', () => {
  it.each([
    ['web', 'Idempotency-Key', once('two-people'), '13511120001', '13511120002'],
    ['standard', 'webhook-id', webhook('msg_two'), '13511120003', '13511120004'],
  ])('to a sender of %s comes in though another person had its %s first', async (source, _, headers, one, two) => {
    const [first, second] = [promised(source, of(one), headers), promised(source, of(two), headers)];
    await takeIn(first, second, second);
    expect(await read(table(), first.leadId)).toMatchObject({ status: 'received' });
    expect(await read(table(), second.leadId)).toMatchObject({ status: 'received' });
    expect([await phoneOf(first.leadId), await phoneOf(second.leadId)]).toEqual([`+86${one}`, `+86${two}`]);
    expect(await waiting()).toEqual([]);
  });

  it('and sent again is one lead, also under a key that another person had first', async () => {
    const phones = ['13511120005', '13511120006', '13511120006'];
    const calls = phones.map((phone) => promised('web', of(phone), once('again')));
    await takeIn(...calls);
    const [, second, again] = calls.map(({ leadId }) => leadId);
    expect(await read(table(), second ?? '')).toMatchObject({ status: 'received' });
    expect(await read(table(), again ?? '')).toMatchObject({ status: 'duplicate', duplicateOf: second });
  });

  it('in a file comes in though another file had its Idempotency-Key first', async () => {
    const files = ['phone\n13511120007\n', 'phone\n13511120008\n'];
    await takeIn(...files.map((file) => promised('import', file, { 'content-type': 'text/csv', ...once('files') })));
    for (const file of files)
      expect(await progressOf(table(), importIdOf(Buffer.from(file)))).toMatchObject({ rows: 1 });
  });
});

it('A lead that lay in quarantine because another person had its key first comes in under its id when it is taken again', async () => {
  const [first, second] = ['13511120009', '13511120010'].map((phone) => promised('web', of(phone), once('kept')));
  if (!first || !second) throw new Error('there are two');
  await takeIn(first);
  const { leadId, at: cameAt, headers } = second;
  const body = Buffer.from(of('13511120010'));
  const kept = { source: 'web', kind: 'delivery', shown: 'key', headers, query: {}, body, leadId, cameAt } as const;
  const reason = 'this Idempotency-Key was used with another body';
  const quarantineId = await keepAside(table(), kept, { reason }, now());
  await askRetake(table(), quarantineId, 'ann', now());
  await handler(messages(RetakeAsked, { ...RetakeAsked.sample, quarantineId, by: 'ann' }), context as Context);
  expect((await readAside(table(), quarantineId))?.entry).toMatchObject({ status: 'taken-in', leadId });
  expect(await phoneOf(leadId)).toBe('+8613511120010');
});
