import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../functions/intake/delivery.ts';
import { sources } from '../../../functions/intake/sources/index.ts';
import type { Item } from '../../../functions/intake/sources/source.ts';
import { readingOf, takeIn } from '../../../functions/intake/take-in.ts';
import { defaultSourcesRules, type SourceName } from '../../../shared/intake/sources.ts';
import { idsBetween, readForms } from '../../../shared/lead/store.ts';
import { now } from '../../../shared/platform/clock.ts';
import { newId } from '../../../shared/platform/random.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();

const envelopes: [SourceName, (told: unknown) => string][] = [
  ['ocean-engine', (told) => JSON.stringify({ message_id: 'm1', data: JSON.stringify(told) })],
  ['tiktok', (told) => JSON.stringify({ client_key: 'k', event: 'lead.created', content: JSON.stringify(told) })],
];
const li = { id: '900000000000000001', name: '李雷', telphone: '13800138001' };
const han = { id: '900000000000000002', name: '韩梅梅', telphone: '13800138002' };

async function parsed(source: SourceName, body: string): Promise<Item[]> {
  const sent = { headers: { 'content-type': 'application/json' }, query: {}, body: Buffer.from(body) };
  return (await sources.get(source)?.parse(sent, readingOf(defaultSourcesRules, source, undefined))) ?? [];
}
const people = (items: readonly Item[]) =>
  items.map((item) => (item.kind === 'lead' ? [item.key, item.form.contact.name, item.form.contact.phone] : item.kind));
const both = [
  [li.id, '李雷', '+8613800138001'],
  [han.id, '韩梅梅', '+8613800138002'],
];

describe.each(envelopes)('what %s says in one post', (source, post) => {
  it('of several people is a lead of each, and nobody’s data lies with another', async () => {
    const items = await parsed(source, post([li, han]));
    expect(people(items)).toEqual(both);
    expect(JSON.stringify(items[0])).not.toMatch(/韩|13800138002/);
    expect(people(await parsed(source, JSON.stringify([li, han])))).toEqual(both);
  });

  it('of one in a list is that one', async () => {
    expect(people(await parsed(source, post([li])))).toEqual([both[0]]);
    expect(people(await parsed(source, post(li)))).toEqual([both[0]]);
  });

  it('in a list of answers is of one', async () => {
    const answers = [
      { name: 'name', value: '李雷' },
      { name: 'phone', value: '13800138001' },
    ];
    expect(people(await parsed(source, post(answers)))).toMatchObject([[expect.any(String), '李雷', '+8613800138001']]);
    const several = await parsed(source, post([answers, [{ name: 'phone', value: '13800138002' }]]));
    expect(people(several)).toMatchObject([
      [expect.any(String), '李雷', '+8613800138001'],
      [expect.any(String), undefined, '+8613800138002'],
    ]);
  });

  it('of several under one id, or under none, loses none of them', async () => {
    for (const id of ['1', undefined]) {
      const keys = people(
        await parsed(
          source,
          post([
            { ...li, id },
            { ...han, id },
          ]),
        ),
      ).map(([key]) => key);
      expect(new Set(keys).size).toBe(2);
    }
  });

  it('of somebody who cannot be reached is put aside, and the others are taken', async () => {
    expect(people(await parsed(source, post([{ id: '1', name: '王' }, han])))).toEqual(['unclear', both[1]]);
  });

  it('of several people further within is put aside as a whole; of one with several phones it is a lead', async () => {
    expect(await parsed(source, post({ leads: [li, han] }))).toEqual([
      { kind: 'unclear', reason: 'a list within it tells of several people' },
    ]);
    const phones = [{ phone: '13800138001' }, { phone: '13800138002' }];
    expect(people(await parsed(source, post({ id: li.id, name: '李雷', phones })))).toEqual([both[0]]);
  });

  it('of more people than come in one post is not understood', async () => {
    await expect(parsed(source, post(Array.from({ length: 101 }, (_, n) => ({ ...li, id: `${n}` }))))).rejects.toThrow(
      'more than 100 leads in one post',
    );
  });

  it('becomes leads once, however often it is sent or taken up again', async () => {
    const at = now();
    const delivery: Delivery = {
      ...{ source, shown: 'signature', headers: {}, query: {}, at, leadId: newId(at) },
      body: Buffer.from(post([li, han])),
    };
    const idsOf = async (of: Delivery) =>
      (await takeIn(table(), of)).taken.map((each) =>
        each.kind === 'lead' ? (each.receipt as { leadId: string }).leadId : '',
      );
    const stored = () =>
      Promise.all((['received', 'duplicate'] as const).map((status) => idsBetween(table(), status, at, now())));
    const ids = await idsOf(delivery);
    expect([...(await readForms(table(), ids)).values()].map(({ contact }) => contact.phone)).toEqual([
      '+8613800138001',
      '+8613800138002',
    ]);
    expect(await idsOf({ ...delivery, leadId: newId(at) })).toEqual(ids);
    const leads = await stored();
    expect(await idsOf({ ...delivery, again: true, promised: true })).toEqual(ids);
    expect(await stored()).toEqual(leads);
  });
});
