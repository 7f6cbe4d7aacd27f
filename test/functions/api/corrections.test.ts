import { describe, expect, it } from 'vitest';
import { correctInteraction, logInteraction } from '../../../functions/api/routes/contacts.ts';
import { moveStage } from '../../../functions/api/routes/journey.ts';
import { getRankings } from '../../../functions/api/routes/rankings.ts';
import { getScorecard } from '../../../functions/api/routes/scorecards.ts';
import { factsBetween, recordsBetween } from '../../../shared/appraisal/facts/store.ts';
import { type FactName, sumOf } from '../../../shared/appraisal/facts.ts';
import { become, isOpen } from '../../../shared/lead/lead.ts';
import { read, save } from '../../../shared/lead/store.ts';
import { readRep, takeOn } from '../../../shared/org/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { newId } from '../../../shared/platform/random.ts';
import { leadsExist, monday, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';
import { admin, call, hire } from './asked.ts';

const { table } = useRealTable();
const hours = (many: number): string => new Date(monday.getTime() + many * 3600_000).toISOString();
const talked = { channel: 'phone', minutes: 6, summary: 'wants a demo', outcome: 'interested' };
const promised = { ...talked, nextStep: { text: 'send the offer', dueAt: hours(30) } };
const never = { retracted: true, reason: 'another customer' };
/** An admin who is no rep. */
const nobody: Person = { role: 'admin' };

let made = 0;
/** The id of a rep of whom nothing is counted yet. */
async function anybody(): Promise<string> {
  made += 1;
  await hire(table(), `rep-${made}`);
  return `rep-${made}`;
}

async function leadOf(repId: string): Promise<string> {
  const lead = become(scoredLead(newId(monday)), { status: 'assigned', owner: { repId, name: repId } });
  await leadsExist(table(), lead);
  return lead.leadId;
}

async function give(leadId: string, repId: string): Promise<void> {
  const lead = await read(table(), leadId);
  if (!lead || !isOpen(lead)) throw new Error('nobody has the lead');
  await commit(table(), [save(lead, { ...lead, owner: { repId, name: repId } })]);
}

/** Logs a contact so many hours after the lead came in; its id. */
async function log(leadId: string, body: object, at: number, person = nobody): Promise<string> {
  const answer = await call(logInteraction, hours(at), { params: { leadId }, body, person });
  expect(answer.status).toBe(201);
  return answer.body.interactionId ?? '';
}

/** Corrects a contact; the id of the record that does. */
async function correct(leadId: string, interactionId: string, body: object, person = nobody): Promise<string> {
  const answer = await call(correctInteraction, hours(90), { params: { leadId, interactionId }, body, person });
  expect(answer.status).toBe(201);
  return answer.body.interactionId ?? '';
}

/** How much is counted of a rep. */
async function counted(repId: string, ...names: FactName[]): Promise<number[]> {
  const facts = sumOf((await factsBetween(table(), repId, '2026-01-01', '2027-01-01')).map((day) => day.facts));
  return names.map((name) => facts[name] ?? 0);
}
const contactsOf = (repId: string) => counted(repId, 'contacts', 'records', 'reached');

describe('a corrected contact', () => {
  it('that an admin logged is taken back from whom it was counted for, whoever has the lead since', async () => {
    const [before, after] = [await anybody(), await anybody()];
    const leadId = await leadOf(before);
    const wrong = await log(leadId, talked, 1);
    await give(leadId, after);
    expect(await contactsOf(before)).toEqual([1, 1, 1]);
    await correct(leadId, wrong, never);
    expect([await contactsOf(before), await contactsOf(after)]).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('counts as what it was for the same person, whoever corrects it and however often', async () => {
    const [before, after, boss] = [await anybody(), await anybody(), await anybody()];
    const leadId = await leadOf(before);
    const wrong = await log(leadId, talked, 1);
    await give(leadId, after);
    const busy = { ...talked, at: hours(1), outcome: 'busy', reason: 'nobody took it' };
    const once = await correct(leadId, wrong, busy, { ...admin, repId: boss });
    expect(await contactsOf(before)).toEqual([1, 1, 0]);
    const twice = await correct(leadId, once, { ...busy, outcome: 'interested' });
    expect(await contactsOf(before)).toEqual([1, 1, 1]);
    await correct(leadId, twice, never, { ...admin, repId: boss });
    for (const each of [before, after, boss]) expect(await contactsOf(each), each).toEqual([0, 0, 0]);
  });

  it('that a rep made stays theirs when a supervisor corrects it', async () => {
    const [owner, boss] = [await anybody(), await anybody()];
    const leadId = await leadOf(owner);
    const wrong = await log(leadId, talked, 1, { role: 'rep', repId: owner });
    const right = { ...talked, at: hours(1), channel: 'visit', reason: 'I was there' };
    await correct(leadId, wrong, right, { role: 'admin', repId: boss });
    expect(await counted(owner, 'contacts', 'visits')).toEqual([1, 1]);
    expect(await counted(boss, 'contacts', 'visits')).toEqual([0, 0]);
  });

  it('that counted for nobody counts for nobody', async () => {
    const [owner, boss] = [await anybody(), await anybody()];
    const lead = become(scoredLead(newId(monday)), { status: 'manual', cause: 'no-territory', since: hours(0) });
    await leadsExist(table(), lead);
    const { leadId } = lead;
    const wrong = await log(leadId, talked, 1);
    const assigned = become(lead, { status: 'assigned', owner: { repId: owner, name: owner } });
    const now = await read(table(), leadId);
    if (!now) throw new Error('the lead is gone');
    await commit(table(), [save(now, { ...assigned, version: now.version })]);
    const right = { ...talked, at: hours(1), outcome: 'busy', reason: 'nobody took it' };
    const record = await correct(leadId, wrong, right, { role: 'admin', repId: boss });
    await correct(leadId, record, never);
    for (const each of [owner, boss]) expect(await contactsOf(each), each).toEqual([0, 0, 0]);
  });

  it('whose promise others keep has it kept for whom it is due, whoever has the lead since', async () => {
    const [before, after] = [await anybody(), await anybody()];
    const leadId = await leadOf(before);
    await log(leadId, promised, 1);
    await give(leadId, after);
    await log(leadId, talked, 20);
    expect(await counted(before, 'stepsDue', 'stepsKept')).toEqual([1, 1]);
    expect(await counted(after, 'stepsDue', 'stepsKept')).toEqual([0, 0]);
  });
});

describe('a promise', () => {
  const steps = (repId: string) => counted(repId, 'stepsDue', 'stepsKept');

  it('that never was made was not kept either, and each figure opens to records that add up to it', async () => {
    const owner = await anybody();
    const leadId = await leadOf(owner);
    const promise = await log(leadId, promised, 1);
    await log(leadId, talked, 20);
    expect(await steps(owner)).toEqual([1, 1]);
    await correct(leadId, promise, never);
    expect(await steps(owner)).toEqual([0, 0]);
    const { items } = await recordsBetween(table(), owner, { from: '2026', to: '2027', fact: 'stepsKept', limit: 9 });
    expect(items.map(({ facts, of }) => [of.what, facts.stepsKept])).toEqual([
      ['next-step-kept', 1],
      ['next-step-kept-undone', -1],
    ]);
  });

  it('that was made otherwise is kept by whoever was in touch by then', async () => {
    const owner = await anybody();
    const leadId = await leadOf(owner);
    const promise = await log(leadId, promised, 1);
    await log(leadId, talked, 40);
    const sooner = { text: 'send the offer', dueAt: hours(10) };
    const right = { ...promised, at: hours(1), nextStep: sooner, reason: 'it was due before' };
    const record = await correct(leadId, promise, right);
    expect(await steps(owner)).toEqual([1, 0]);
    const last = await correct(leadId, record, { ...right, nextStep: { ...sooner, dueAt: hours(39) } });
    expect(await steps(owner)).toEqual([1, 1]);
    await correct(leadId, last, { ...talked, at: hours(1), reason: 'nothing was promised' });
    expect(await steps(owner)).toEqual([0, 0]);
  });

  it('that is told after somebody had kept it is kept, until it turns out that nobody had', async () => {
    const owner = await anybody();
    const leadId = await leadOf(owner);
    const kept = await log(leadId, talked, 20);
    await log(leadId, { ...promised, at: hours(1) }, 21);
    expect(await steps(owner)).toEqual([1, 1]);
    await correct(leadId, kept, never);
    expect(await steps(owner)).toEqual([1, 0]);
  });

  it('whose keeping was retracted may be kept by another contact', async () => {
    const owner = await anybody();
    const leadId = await leadOf(owner);
    await log(leadId, promised, 1);
    await correct(leadId, await log(leadId, talked, 20), never);
    expect(await steps(owner)).toEqual([1, 0]);
    await log(leadId, talked, 25);
    expect(await steps(owner)).toEqual([1, 1]);
  });

  it('that was due after the deal was lost is not due, unless it turns out that it had been kept', async () => {
    const owner = await anybody();
    const leadId = await leadOf(owner);
    await log(leadId, promised, 1);
    await log(leadId, { ...promised, nextStep: { text: 'call', dueAt: hours(15) } }, 2);
    await log(leadId, { ...promised, nextStep: { text: 'visit', dueAt: hours(60) } }, 18);
    const dial = await log(leadId, { ...talked, outcome: 'busy' }, 19);
    expect(await steps(owner)).toEqual([3, 2]);
    const rep = await readRep(table(), owner);
    if (!rep) throw new Error('the rep is not there');
    await commit(table(), [takeOn(rep, rep.tally, monday)]);
    const lost = { to: 'lost', lostReason: 'price' };
    expect((await call(moveStage, hours(20), { params: { leadId }, body: lost })).status).toBe(200);
    expect(await steps(owner)).toEqual([2, 2]);
    const right = await correct(leadId, dial, { ...talked, at: hours(19), reason: 'they called back' });
    expect(await steps(owner)).toEqual([3, 3]);
    await correct(leadId, right, never);
    expect(await steps(owner)).toEqual([2, 2]);
  });

  it('is kept by who calls while nobody has the lead', async () => {
    const owner = await anybody();
    const leadId = await leadOf(owner);
    await log(leadId, promised, 1);
    const lead = await read(table(), leadId);
    if (!lead) throw new Error('the lead is gone');
    await commit(table(), [
      save(lead, become(lead, { status: 'manual', cause: 'owner-left', since: hours(2), held: true })),
    ]);
    await log(leadId, talked, 20);
    expect(await steps(owner)).toEqual([1, 1]);
  });
});

describe('a rep whose only contact never was', () => {
  it('has no score, and no rank or coefficient by it', async () => {
    const owner = await anybody();
    const leadId = await leadOf(owner);
    await correct(leadId, await log(leadId, talked, 1), never);
    const period = { period: '2026-11' };
    const none = { score: null, grade: null, coefficient: null };
    const card = await call(getScorecard, hours(91), { params: { repId: owner }, query: period });
    expect(card.body).toMatchObject({ ...none, why: 'nothing was recorded' });
    const ranking = await call(getRankings, hours(91), { query: period });
    expect(ranking.body.items).toContainEqual(expect.objectContaining({ ...none, repId: owner, rank: null }));
  });
});
