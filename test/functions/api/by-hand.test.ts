import { beforeAll, describe, expect, it } from 'vitest';
import { assignByHand } from '../../../functions/api/routes/assign.ts';
import { claimLead } from '../../../functions/api/routes/pool.ts';
import { become } from '../../../shared/lead/lead.ts';
import { create } from '../../../shared/lead/store.ts';
import { savePause } from '../../../shared/org/store.ts';
import { WHENEVER } from '../../../shared/platform/clock.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { anyForm, monday, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';
import { call, hire, rep } from './asked.ts';

const { table } = useRealTable();
const at = monday.toISOString();
const until = new Date(monday.getTime() + 1800_000).toISOString();

/** A lead that lies in the pool, for anybody. */
async function pooled(): Promise<string> {
  const lead = become(scoredLead(newId(monday)), { status: 'pool', poolOf: '', since: at });
  await commit(table(), create(lead, anyForm));
  return lead.leadId;
}
const assign = async (repId: string) =>
  call(assignByHand, at, { params: { leadId: await pooled() }, body: { repId, reason: 'knows them' } });
const claim = async (repId: string) => call(claimLead, at, { params: { leadId: await pooled() }, person: rep(repId) });

beforeAll(async () => {
  for (const repId of ['rep-away', 'rep-gone', 'rep-back']) await hire(table(), repId);
  await commit(table(), [savePause('rep-away', until), savePause('rep-gone', WHENEVER), savePause('rep-back', at)]);
});

describe('a rep who takes a break', () => {
  it('is given no lead by hand, and it is said why', async () => {
    expect(await assign('rep-away')).toMatchObject({
      status: 409,
      body: { detail: `rep-away is paused until ${until}` },
    });
    expect(await assign('rep-gone')).toMatchObject({ status: 409, body: { detail: 'rep-gone is paused' } });
  });

  it('takes none out of the pool, and is told why', async () => {
    expect(await claim('rep-away')).toMatchObject({ status: 409, body: { detail: `you are paused until ${until}` } });
  });

  it('gets them again once it is over', async () => {
    expect((await assign('rep-back')).status).toBe(200);
    expect((await claim('rep-back')).status).toBe(200);
  });
});
