import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../functions/intake/delivery.ts';
import { takeIn } from '../../../functions/intake/take-in.ts';
import type { SourceName } from '../../../shared/intake/sources.ts';
import { readForms } from '../../../shared/lead/store.ts';
import { now } from '../../../shared/platform/clock.ts';
import { newId } from '../../../shared/platform/random.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();

/** Takes in a body as a source sends it; gives what the sender is told. */
const send = async (source: SourceName, body: string, but: Partial<Delivery> = {}) => {
  const at = now();
  const headers = { 'content-type': 'application/json', ...but.headers };
  const delivery = { source, shown: 'key', query: {}, at, leadId: newId(at), ...but } as const;
  const { answer } = await takeIn(table(), { ...delivery, headers, body: Buffer.from(body) });
  return answer.body as { leadId?: string; importId?: string; status?: string };
};
const of = (phone: string): string => JSON.stringify({ contact: { phone } });
const webhook = (id: string, more: Record<string, string> = {}) => ({ headers: { 'webhook-id': id, ...more } });
const refused = (header: string) => ({ status: 409, errors: [{ path: header }] });

describe('a Standard Webhook', () => {
  it.each<SourceName>(['web', 'standard'])(
    'to %s that is sent again is answered as at first; another person under its id is refused, and not lost',
    async (source) => {
      const first = await send(source, of('13511110001'), webhook('msg_1'));
      expect(first.leadId).toBeDefined();
      expect(await send(source, of('13511110001'), webhook('msg_1'))).toEqual(first);
      await expect(send(source, of('13511110002'), webhook('msg_1'))).rejects.toMatchObject(refused('webhook-id'));
    },
  );

  it('in words of its own is known again by its id as well', async () => {
    const theirs = (phone: string) => JSON.stringify({ data: { 姓名: '赵六', 手机号: phone } });
    const first = await send('standard', theirs('13511110003'), webhook('msg_2'));
    expect(await send('standard', theirs('13511110003'), webhook('msg_2'))).toEqual(first);
    const other = send('standard', theirs('13511110004'), webhook('msg_2'));
    await expect(other).rejects.toMatchObject(refused('webhook-id'));
  });

  it('that is an HTML form’s is known again by its id as well', async () => {
    const form = webhook('msg_3', { 'content-type': 'application/x-www-form-urlencoded' });
    const first = await send('web', 'phone=13511110005', form);
    expect(await send('web', 'phone=13511110005', form)).toEqual(first);
  });

  it('that names an Idempotency-Key as well goes by that', async () => {
    const first = await send('web', of('13511110006'), webhook('msg_4', { 'idempotency-key': 'k' }));
    expect(await send('web', of('13511110006'), webhook('msg_5', { 'idempotency-key': 'k' }))).toEqual(first);
    const other = send('web', of('13511110007'), webhook('msg_6', { 'idempotency-key': 'k' }));
    await expect(other).rejects.toMatchObject(refused('Idempotency-Key'));
  });
});

describe('a file of leads', () => {
  it('that numbers people as another does brings in each of them', async () => {
    const row = async (line: number, phone: string) =>
      (await send('import', JSON.stringify({ id: '1', phone }), { row: `file:${line}` })).leadId ?? '';
    const [first, other, again] = [
      await row(2, '13511110008'),
      await row(3, '13511110009'),
      await row(4, '13511110008'),
    ];
    expect(again).toBe(first);
    expect((await readForms(table(), [other])).get(other)?.contact.phone).toBe('+8613511110009');
  });

  it('is the same under the same Idempotency-Key, under which no other comes in', async () => {
    const file = { headers: { 'content-type': 'text/csv', 'idempotency-key': 'file' } };
    const first = await send('import', 'phone\n13511110010\n', file);
    expect(await send('import', 'phone\n13511110010\n', file)).toEqual(first);
    const other = send('import', 'phone\n13511110011\n', file);
    await expect(other).rejects.toMatchObject(refused('Idempotency-Key'));
  });
});
