import { expect, it } from 'vitest';
import { takeIn } from '../../../functions/intake/take-in.ts';
import { readAside } from '../../../shared/intake/quarantine/store.ts';
import { monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();

it.each([
  ['linkedin', '[]'],
  ['hubspot', '[]'],
  ['meta', '{"object":"page","entry":[]}'],
])('what %s sends with nothing in it is kept, and no admin is told', async (source, body) => {
  const delivery = {
    source,
    shown: 'signature',
    headers: { 'content-type': 'application/json' },
    query: {},
    body: Buffer.from(body),
    at: monday,
    leadId: '01JD0000000000000000000001',
  } as const;
  const { answer, taken } = await takeIn(table(), delivery as never);
  expect(answer.status).toBe(200);
  const [item] = taken;
  if (item?.kind !== 'quarantined') throw new Error(`it was ${item?.kind}`);
  expect((await readAside(table(), item.quarantineId))?.entry).toMatchObject({ source, status: 'ignored' });
});
