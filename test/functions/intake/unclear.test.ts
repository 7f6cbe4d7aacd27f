import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../functions/intake/delivery.ts';
import { takeIn } from '../../../functions/intake/take-in.ts';
import { listAside, readAside } from '../../../shared/intake/quarantine/store.ts';
import { newId } from '../../../shared/platform/random.ts';
import { monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();

const feed = { field: 'feed' };
const broken = { field: 'leadgen', value: { form_id: 1 } };
const whole = { field: 'leadgen', value: { leadgen_id: 1 } };
const noLead = 'an event that is no lead';
const noId = 'entry.changes.value.leadgen_id is missing';

/** What lies in quarantine of an event of Meta's with these changes, after it came. */
async function keptOf(...changes: object[]) {
  const body = Buffer.from(JSON.stringify({ entry: [{ changes }] }));
  const headers = { 'content-type': 'application/json' };
  const about = { source: 'meta', shown: 'signature', headers, query: {} } as const;
  const delivery: Delivery = { ...about, body, at: monday, leadId: newId(monday) };
  const { taken } = await takeIn(table(), delivery);
  const aside = taken.flatMap((each) => (each.kind === 'quarantined' ? [each.quarantineId] : []));
  return Promise.all(aside.map(async (quarantineId) => (await readAside(table(), quarantineId))?.entry));
}

describe('a delivery with several things that are unclear', () => {
  it.each([
    ['before', [feed, broken]],
    ['behind', [broken, feed]],
    ['around', [feed, whole, broken, feed]],
  ])('is kept once, and waits for an admin, when what is none of our business stands %s it', async (_, changes) => {
    expect(await keptOf(...changes)).toMatchObject([{ status: 'waiting', reason: `${noId}; ${noLead}` }]);
  });

  it('is kept without an alert when all of it is none of our business', async () => {
    expect(await keptOf(feed, feed)).toMatchObject([{ status: 'ignored', reason: noLead }]);
    expect((await listAside(table(), 'ignored', 10)).items).toHaveLength(1);
  });
});
