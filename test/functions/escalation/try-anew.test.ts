import { beforeAll, describe, expect, it } from 'vitest';
import { tryAnew } from '../../../functions/escalation/try-anew.ts';
import { recordsOf } from '../../../shared/audit/store.ts';
import { rosterChanged } from '../../../shared/config/store.ts';
import { waitsUntil } from '../../../shared/lead/lead.ts';
import { read } from '../../../shared/lead/store.ts';
import { saveSettings } from '../../../shared/org/store.ts';
import { now } from '../../../shared/platform/clock.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import {
  anyRep,
  beforeCommit,
  hrSays,
  leadsExist,
  repsExist,
  scoredLead,
  square,
  territoriesAre,
} from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';
import { attempt, offDuty } from './off-duty.ts';

const { table } = useRealTable();
const [ann, ben] = ['ann', 'ben'].map((repId) => anyRep(repId, { shifts: offDuty }));

const always = () => true;
const minute = (time = always) => tryAnew(table(), now, time);
const setTo = (repId: string, set: object) => commit(table(), [saveSettings(repId, set), rosterChanged()]);

/** So many leads that wait for a shift. */
async function waiting(many: number): Promise<string[]> {
  const ids = Array.from({ length: many }, () => newId(new Date()));
  for (const leadId of ids) {
    await leadsExist(table(), scoredLead(leadId));
    await attempt(leadId);
  }
  return ids;
}

/** How often each was let go on. */
const released = (ids: string[]) =>
  Promise.all(ids.map(async (id) => (await recordsOf(table(), id)).filter((one) => one.outcome === 'released').length));

describe('leads that wait for a shift', () => {
  beforeAll(async () => {
    process.env.QUEUE_URL = 'http://127.0.0.1:9/queue';
    if (!ann || !ben) throw new Error('there are two');
    await repsExist(table(), ann, ben);
    await territoriesAre(table(), 0, square(['ann']));
  });

  it('go on when somebody may take them sooner, and are left to wait while nothing changes', async () => {
    const [leadId = ''] = await waiting(1);
    await minute();
    await minute();
    await minute();
    expect(await released([leadId])).toEqual([0]);
    await setTo('ann', { shifts: undefined });
    await minute();
    const lead = await read(table(), leadId);
    expect(lead).toMatchObject({ status: 'scored', attempts: 0 });
    expect(lead && waitsUntil(lead)).toBeUndefined();
    expect(await recordsOf(table(), leadId)).toMatchObject([{}, { basis: 'staff-or-rules-changed' }]);
    await attempt(leadId);
    expect(await read(table(), leadId)).toMatchObject({ status: 'assigned', owner: { repId: 'ann' } });
    await setTo('ann', { shifts: offDuty });
  });

  it('go on once for a change, and wait again where it helps nobody', async () => {
    const ids = await waiting(1);
    await minute();
    await minute();
    await hrSays(table(), 'ben', 'on-leave');
    await minute();
    expect(await released(ids)).toEqual([1]);
    await attempt(ids[0] ?? '');
    await minute();
    await minute();
    expect(await released(ids)).toEqual([1]);
    const lead = await read(table(), ids[0] ?? '');
    expect(lead && waitsUntil(lead)).toBeDefined();
  });

  it('go on when others have a territory', async () => {
    const ids = await waiting(1);
    await minute();
    await minute();
    await territoriesAre(table(), 1, square(['ann', 'ben']));
    await minute();
    expect(await released(ids)).toEqual([1]);
  });

  it('go on a page at a time, the rest in the next minute where there was no time', async () => {
    const ids = await waiting(52);
    await minute();
    await minute();
    await setTo('ben', { capacity: 7 });
    await minute(() => false);
    expect((await released(ids)).filter((times) => times === 1)).toHaveLength(50);
    await minute();
    expect(new Set(await released(ids))).toEqual(new Set([1]));
  });

  it('go on a minute later when what was in force changed while they were tried', async () => {
    await minute();
    await minute();
    const leadId = newId(new Date());
    await leadsExist(table(), scoredLead(leadId));
    const asBefore = beforeCommit(table(), 1, async () => {
      await setTo('ben', { capacity: 8 });
      await minute();
    });
    await attempt(leadId);
    asBefore();
    expect(await released([leadId])).toEqual([0]);
    await minute();
    expect(await released([leadId])).toEqual([1]);
  });
});
