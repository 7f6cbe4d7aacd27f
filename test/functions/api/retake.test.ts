import { expect, it } from 'vitest';
import { retakeAll } from '../../../functions/api/routes/intake.ts';
import { keepAside } from '../../../shared/intake/quarantine/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { newId } from '../../../shared/platform/random.ts';
import { monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';
import { call } from './asked.ts';

const { table } = useRealTable();

it('all that waits in the leads’ quarantine is taken in again by a call that says nothing else', async () => {
  const sent = { headers: {}, query: {}, body: Buffer.from('{}'), leadId: newId(monday), cameAt: iso(monday) };
  const kept = { source: 'baidu', kind: 'delivery', shown: 'key', ...sent } as const;
  const quarantineId = await keepAside(table(), kept, { reason: 'nobody is named' }, monday);
  expect(await call(retakeAll, iso(monday))).toMatchObject({
    status: 202,
    body: { retaken: 1, quarantineIds: [quarantineId] },
  });
});
