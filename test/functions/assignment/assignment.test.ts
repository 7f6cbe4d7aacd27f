import type { Context } from 'aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { LeadScored } from '../../../events/lead-scored.ts';
import { handler } from '../../../functions/assignment/handler.ts';
import { recordsOf } from '../../../shared/audit/store.ts';
import { ownerOf } from '../../../shared/lead/lead.ts';
import { read, save, timeline } from '../../../shared/lead/store.ts';
import { letGo, readReps, saveSettings } from '../../../shared/org/store.ts';
import { strideOf } from '../../../shared/org/tally.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { route } from '../../../shared/routing/route.ts';
import {
  anyRep,
  beforeCommit,
  context,
  hrSays,
  leadsExist,
  messages,
  monday,
  repsExist,
  scoredLead,
  square,
  territoriesAre,
} from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const run = (event: ReturnType<typeof messages>) => handler(event, context as Context);
const scored = (leadId: string) => ({ ...LeadScored.sample, leadId, grade: 'B' as const, value: 50 });
const assign = (...leadIds: string[]) => run(messages(LeadScored, ...leadIds.map(scored)));

let version = 0;

/** A territory of its own at the same place, served by these reps only. */
async function company(...reps: ReturnType<typeof anyRep>[]): Promise<void> {
  await repsExist(table(), ...reps);
  await territoriesAre(table(), version, square(reps.map(({ repId }) => repId)));
  version += 1;
}

const readAll = async (leadIds: string[]) => Promise.all(leadIds.map((leadId) => read(table(), leadId)));

describe('assignment', () => {
  beforeAll(() => {
    process.env.QUEUE_URL = 'http://127.0.0.1:9/queue';
  });

  it('finds who sells a product line however it is spelt, and replays so', async () => {
    const sells = { ...anyRep('sells-mes'), productLines: ['MES Basic'] };
    await company(sells, { ...anyRep('sells-erp'), productLines: ['ERP'] });
    const lead = { ...scoredLead(), productLine: ' ｍｅｓ  basic' };
    await leadsExist(table(), lead);
    await assign(lead.leadId);
    const [record] = await recordsOf(table(), lead.leadId);
    expect(record).toMatchObject({ outcome: 'assigned', repId: 'sells-mes' });
    expect(record?.inputs && route(record.inputs)).toMatchObject({ outcome: 'assigned', repId: 'sells-mes' });
  });

  it('Invariant 2: the same lead delivered twenty times through the queue is assigned once', async () => {
    await company(anyRep('twenty-a'), anyRep('twenty-b'));
    const lead = scoredLead();
    await leadsExist(table(), lead);
    const deliveries = Array.from({ length: 20 }, () => assign(lead.leadId));
    await Promise.all(deliveries);
    const records = await recordsOf(table(), lead.leadId);
    expect(records.map(({ outcome }) => outcome)).toEqual(['assigned']);
    const events = await timeline(table(), lead.leadId);
    expect(events.map(({ type }) => type)).toEqual(['LeadAssigned']);
    const reps = [...(await readReps(table(), ['twenty-a', 'twenty-b'])).values()];
    expect(reps.reduce((sum, { openLeads }) => sum + openLeads, 0)).toBe(1);
  });

  it('Invariant 3: twenty concurrent leads never put a rep over capacity', async () => {
    await company(anyRep('cap-a', { capacity: 3 }), anyRep('cap-b', { capacity: 4 }));
    const leads = Array.from({ length: 20 }, () => scoredLead());
    await leadsExist(table(), ...leads);
    await Promise.all(leads.map(({ leadId }) => assign(leadId)));
    const owners = (await readAll(leads.map(({ leadId }) => leadId))).map((lead) => lead && ownerOf(lead)?.repId);
    expect(owners.filter((owner) => owner === 'cap-a')).toHaveLength(3);
    expect(owners.filter((owner) => owner === 'cap-b')).toHaveLength(4);
    const reps = await readReps(table(), ['cap-a', 'cap-b']);
    expect([...reps.values()].every(({ openLeads, capacity }) => openLeads === capacity)).toBe(true);
  });

  it.each(['left', 'on-leave'] as const)(
    'Invariant 3: HR says %s between the decision and its commit, and the lead goes to another',
    async (status) => {
      const [first, second] = [anyRep(`${status}-1`), anyRep(`${status}-2`)];
      await company(first, second);
      const lead = scoredLead();
      await leadsExist(table(), lead);
      // Whoever would be chosen is the one with fewer open leads.
      await commit(table(), [saveSettings(second.repId, { capacity: 1 })]);
      const filler = scoredLead(newId(monday), { preferredRepId: second.repId });
      await leadsExist(table(), filler);
      await assign(filler.leadId);
      await commit(table(), [saveSettings(second.repId, { capacity: 9 })]);
      const restore = beforeCommit(table(), 1, () => hrSays(table(), first.repId, status));
      await assign(lead.leadId);
      restore();
      const [after] = await readAll([lead.leadId]);
      expect(after && ownerOf(after)?.repId).toBe(second.repId);
      const [record] = await recordsOf(table(), lead.leadId);
      expect(record?.candidates).toContainEqual(
        expect.objectContaining({ repId: first.repId, outcome: 'passed-over', reason: `is ${status}` }),
      );
    },
  );

  it('Invariant 3: a capacity taken away between the decision and its commit is kept to', async () => {
    await company(anyRep('shrunk'));
    const lead = scoredLead();
    await leadsExist(table(), lead);
    const restore = beforeCommit(table(), 1, () => commit(table(), [saveSettings('shrunk', { capacity: 0 })]));
    await assign(lead.leadId);
    restore();
    const [after] = await readAll([lead.leadId]);
    expect(after).toMatchObject({ status: 'scored', attempts: 1, lastCause: 'all-reps-at-capacity' });
  });

  it('Invariant 4: the audit record is written with the assignment, with every candidate, reason and version', async () => {
    await company(anyRep('audit-a'), anyRep('audit-b', { status: 'on-leave' }));
    const lead = scoredLead();
    await leadsExist(table(), lead);
    await assign(lead.leadId);
    const [record] = await recordsOf(table(), lead.leadId);
    expect(record).toMatchObject({
      outcome: 'assigned',
      repId: 'audit-a',
      basis: 'territory',
      versions: { routing: 1, scoring: 1, territories: version },
    });
    expect(record?.candidates).toEqual([
      expect.objectContaining({ repId: 'audit-b', outcome: 'passed-over', reason: 'is on-leave' }),
      expect.objectContaining({ repId: 'audit-a', outcome: 'chosen', rank: 1 }),
    ]);
    expect(record?.flip).toEqual([
      { repId: 'audit-b', change: expect.stringMatching(/^status active instead of on-leave/) },
    ]);
  });

  it('spreads concurrent leads evenly: nobody of equal standing is more than one ahead', async () => {
    const reps = [anyRep('fair-a'), anyRep('fair-b'), anyRep('fair-c')];
    await company(...reps);
    const leads = Array.from({ length: 50 }, () => scoredLead());
    await leadsExist(table(), ...leads);
    await Promise.all(leads.map(({ leadId }) => assign(leadId)));
    const held = [...(await readReps(table(), ['fair-a', 'fair-b', 'fair-c'])).values()].map(
      ({ openLeads }) => openLeads,
    );
    expect(held.reduce((sum, each) => sum + each, 0)).toBe(50);
    expect(Math.max(...held) - Math.min(...held)).toBeLessThanOrEqual(1);
  });

  it('counts what a rep has, not what they ever had: who closed a lead is next', async () => {
    await company(anyRep('busy'), anyRep('quick'));
    const give = async () => {
      const lead = scoredLead();
      await leadsExist(table(), lead);
      await assign(lead.leadId);
      const now = await read(table(), lead.leadId);
      return (now && ownerOf(now)) as NonNullable<ReturnType<typeof ownerOf>>;
    };
    for (let n = 0; n < 6; n += 1) await give();
    const quick = { repId: 'quick', weighs: strideOf({ weight: 1, capacity: 100 }) };
    for (let n = 0; n < 2; n += 1) await commit(table(), [letGo(quick)]);
    expect([(await give()).repId, (await give()).repId]).toEqual(['quick', 'quick']);
  });

  it('Invariant 5: the third attempt in a row that finds nobody hands the lead to the manual group, once', async () => {
    await company(anyRep('gone', { status: 'left' }));
    const lead = scoredLead();
    await leadsExist(table(), lead);
    for (const attempt of [1, 2, 3]) {
      const before = await read(table(), lead.leadId);
      // The back-off has passed.
      const { nextAttemptAt, ...due } = before ?? lead;
      if (nextAttemptAt) await makeDue(due as typeof lead);
      await assign(lead.leadId);
      const after = await read(table(), lead.leadId);
      expect(after?.attempts).toBe(attempt);
    }
    await assign(lead.leadId);
    expect(await read(table(), lead.leadId)).toMatchObject({ status: 'manual', cause: 'all-reps-unavailable' });
    const events = (await timeline(table(), lead.leadId)).map(({ type }) => type);
    expect(events).toEqual(['AssignmentFailed', 'AssignmentFailed', 'AssignmentFailed', 'LeadSentToManual']);
  });

  it('counts no attempt when the same failed message is delivered again at once', async () => {
    await company(anyRep('absent', { status: 'on-leave' }));
    const lead = scoredLead();
    await leadsExist(table(), lead);
    await Promise.all(Array.from({ length: 10 }, () => assign(lead.leadId)));
    expect(await read(table(), lead.leadId)).toMatchObject({ status: 'scored', attempts: 1 });
  });

  it('serves higher grades first within a batch', async () => {
    await company(anyRep('one', { capacity: 1 }));
    const [low, high] = [scoredLead(), scoredLead()];
    await leadsExist(table(), low, high);
    await run(messages(LeadScored, { ...scored(low.leadId), grade: 'C' }, { ...scored(high.leadId), grade: 'A' }));
    expect((await read(table(), high.leadId))?.status).toBe('assigned');
    expect((await read(table(), low.leadId))?.status).toBe('scored');
  });
});

/** Takes the waiting time off a lead, as if it had passed. */
async function makeDue(lead: ReturnType<typeof scoredLead>): Promise<void> {
  await commit(table(), [save(lead, lead)]);
}
