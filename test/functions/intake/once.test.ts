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
});
