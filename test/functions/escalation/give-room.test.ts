import { beforeEach, describe, expect, it } from 'vitest';
import { giveRoom } from '../../../functions/escalation/give-room.ts';
import { recordsOf } from '../../../shared/audit/store.ts';
import { waitsUntil, ownerOf as whose } from '../../../shared/lead/lead.ts';
import { read } from '../../../shared/lead/store.ts';
import { letGo, readReps, saveSettings } from '../../../shared/org/store.ts';
import { now } from '../../../shared/platform/clock.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { forgetFull, fullNow } from '../../../shared/routing/room/store.ts';
import { anyRep, leadsExist, repsExist, scoredLead, square, territoriesAre } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';
import { attempt, offDuty } from './off-duty.ts';

const { table } = useRealTable();

const always = () => true;
const minute = (time = always) => giveRoom(table(), now, time);
const later = (minutes: number) => giveRoom(table(), () => new Date(Date.now() + minutes * 60_000), always);

/** On duty around the clock, and with as many leads as they may have; a new one for each test. */
let night = '';
let tests = 0;
const close = (repId = night) => commit(table(), [letGo({ repId })]);
const room = async () => {
  const rep = (await readReps(table(), [night])).get(night);
  return rep ? rep.capacity - rep.openLeads : 0;
};

/** A lead that was tried once. */
async function tried(grade: 'A' | 'B' | 'C' = 'B', productLine?: string): Promise<string> {
  const leadId = newId(new Date());
  const lead = scoredLead(leadId, productLine === undefined ? {} : { productLine });
  await leadsExist(table(), { ...lead, score: { ...lead.score, grade } } as typeof lead);
  await attempt(leadId);
  return leadId;
}

const bases = async (leadId: string) => (await recordsOf(table(), leadId)).map(({ basis }) => basis);
const goesOn = async (leadId: string) => (await bases(leadId)).includes('rep-has-room');
const waits = async (leadId: string) => {
  const lead = await read(table(), leadId);
  return lead !== undefined && waitsUntil(lead) !== undefined;
};
const ownerOf = async (leadId: string) => {
  const lead = await read(table(), leadId);
  return lead && whose(lead)?.repId;
};
const looked = async () => (await fullNow(table()))?.repIds.includes(night) ?? false;

describe('leads that wait for a shift while whoever is on duty has no room', () => {
  beforeEach(async () => {
    process.env.QUEUE_URL = 'http://127.0.0.1:9/queue';
    tests += 1;
    night = `night-${tests}`;
    await repsExist(table(), anyRep(night, { capacity: 2 }), anyRep('day', { shifts: offDuty }));
    await territoriesAre(table(), tests - 1, square([night, 'day']));
    await tried();
    await tried();
    expect(await room()).toBe(0);
  });

  it('wait as long as nobody has room, and go on when somebody has', async () => {
    const leadId = await tried();
    expect([await waits(leadId), await looked()]).toEqual([true, true]);
    await minute();
    await later(5);
    expect(await bases(leadId)).toEqual(['none']);
    await close();
    await minute();
    expect(await bases(leadId)).toEqual(['none', 'rep-has-room']);
    await attempt(leadId);
    expect(await ownerOf(leadId)).toBe(night);
  });

  it('go on as many as there is room for: the best grade first, of one grade those that wait longest', async () => {
    const ids = [await tried(), await tried(), await tried(), await tried('A')];
    await close();
    await close();
    await minute();
    expect(await Promise.all(ids.map(goesOn))).toEqual([true, false, false, true]);
    for (const leadId of ids) await attempt(leadId);
    expect(await Promise.all(ids.map(ownerOf))).toEqual([night, undefined, undefined, night]);
    await minute();
    expect(await Promise.all(ids.map(goesOn))).toEqual([true, false, false, true]);
    await close();
    await close();
    await minute();
    expect(await Promise.all(ids.map(goesOn))).toEqual([true, true, true, true]);
  });

  it('wait on where the room is of somebody who was none of theirs', async () => {
    const [leadId, others] = [await tried(), night];
    await later(5);
    night = 'elsewhere';
    await repsExist(table(), anyRep(night, { capacity: 1 }), anyRep('day', { shifts: offDuty }));
    await territoriesAre(table(), tests, square([night, 'day']));
    tests += 1;
    const [theirs, another] = [await tried(), await tried()];
    expect([await ownerOf(theirs), await waits(another)]).toEqual([night, true]);
    await close();
    await minute();
    expect([await goesOn(leadId), await goesOn(another)]).toEqual([false, true]);
    night = others;
  });

  it('take no room from those whom the rep can take, where the rep can take nothing of theirs', async () => {
    const [unsold, best] = [await tried('A', 'erp'), await tried('B', 'mes')];
    await commit(table(), [saveSettings(night, { productLines: ['mes'] })]);
    const [unsoldToo, sold] = [await tried('A', 'erp'), await tried('C', 'mes')];
    await close();
    await close();
    await minute();
    expect(await Promise.all([unsold, best, unsoldToo, sold].map(goesOn))).toEqual([true, true, false, false]);
    await attempt(best);
    await attempt(unsold);
    await minute();
    expect(await Promise.all([unsoldToo, sold].map(goesOn))).toEqual([false, true]);
  });

  it('wait again where another lead was faster', async () => {
    const leadId = await tried();
    await close();
    await minute();
    expect(await ownerOf(await tried())).toBe(night);
    await attempt(leadId);
    expect(await waits(leadId)).toBe(true);
    await close();
    await minute();
    expect(await bases(leadId)).toEqual(['none', 'rep-has-room', 'none', 'rep-has-room']);
  });

  it('are looked for until nobody waits for the room, and as long as the list may lag', async () => {
    const leadId = await tried();
    await later(2);
    expect(await looked()).toBe(true);
    await close();
    await minute();
    await attempt(leadId);
    await close();
    await minute();
    expect(await looked()).toBe(true);
    await later(2);
    expect(await looked()).toBe(false);
    expect(await ownerOf(await tried())).toBe(night);
  });

  it('are not forgotten when another begins to wait meanwhile', async () => {
    await tried();
    await close();
    const seen = await fullNow(table());
    if (!seen) throw new Error('somebody is full');
    await tried();
    expect(await waits(await tried())).toBe(true);
    await forgetFull(table(), [night], seen);
    expect(await looked()).toBe(true);
  });

  it('are all read before one of them goes on, as the last may be the best', async () => {
    const ids = [];
    for (let each = 0; each < 51; each += 1) ids.push(await tried());
    await close();
    await minute(() => false);
    expect(await Promise.all(ids.map(goesOn))).not.toContain(true);
  });
});
