import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { LeadScored } from '../../../events/lead-scored.ts';
import { assignByHand } from '../../../functions/api/routes/assign.ts';
import { getLead, listLeads } from '../../../functions/api/routes/leads.ts';
import { handler as assignment } from '../../../functions/assignment/handler.ts';
import { handler as escalation } from '../../../functions/escalation/handler.ts';
import { handOver, handOverStrays, handOverTerritory } from '../../../functions/handover/hand-over.ts';
import { handler } from '../../../functions/handover/handler.ts';
import { recordsOf } from '../../../shared/audit/store.ts';
import { current, publish } from '../../../shared/config/store.ts';
import { gradeOf } from '../../../shared/lead/lead.ts';
import { read, save, timeline } from '../../../shared/lead/store.ts';
import { historyOf, readRep } from '../../../shared/org/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { draw } from '../../../shared/platform/random.ts';
import { rulesNow } from '../../../shared/routing/facts/store.ts';
import { assign } from '../../../shared/routing/store.ts';
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
import { call } from '../api/asked.ts';

const { table } = useRealTable();
const now = () => monday;

/** The power goes out at the nth transaction from now on; it never reaches the table. */
const crashAt = (transaction: number): (() => void) =>
  beforeCommit(table(), transaction, async () => {
    throw new Error('crashed');
  });

describe('handing over the leads of somebody who left', () => {
  it('can crash anywhere and be run again: none is lost, none released twice, A grades first', async () => {
    await repsExist(table(), anyRep('leaver', { capacity: 50 }));
    await territoriesAre(table(), 0, square(['leaver']));
    const grades = ['C', 'A', 'B', 'A', 'C', 'B', 'A', 'C'] as const;
    const leads = grades.map((grade) => scoredLead(undefined, { score: { value: 50, grade, points: [], version: 1 } }));
    await leadsExist(table(), ...leads);
    await assignment(
      messages(LeadScored, ...leads.map(({ leadId }) => ({ ...LeadScored.sample, leadId }))),
      context as Context,
    );
    const rep = await readRep(table(), 'leaver');
    expect(rep?.openLeads).toBe(leads.length);
    await hrSays(table(), 'leaver', 'left');

    const order: string[] = [];
    for (let crash = 1; crash <= leads.length; crash += 1) {
      const restore = crashAt(2);
      await handOver(table(), 'leaver', now).catch((error: Error) => expect(error.message).toBe('crashed'));
      restore();
      for (const { leadId } of leads) {
        const lead = await read(table(), leadId);
        if (lead?.status === 'scored' && !order.includes(leadId)) order.push(leadId);
      }
    }
    expect((await readRep(table(), 'leaver'))?.openLeads).toBe(0);
    const released = await Promise.all(order.map((leadId) => read(table(), leadId)));
    expect(released.map((lead) => lead && gradeOf(lead))).toEqual([...grades].sort());
    for (const { leadId } of leads) {
      expect((await recordsOf(table(), leadId)).map(({ outcome }) => outcome)).toEqual(['assigned', 'released']);
      expect((await timeline(table(), leadId)).map(({ type }) => type)).toEqual(['LeadAssigned', 'LeadReleased']);
    }
  });

  it('of two hundred leads can crash at any transaction: none is lost, none doubled, and the summary is told once', async () => {
    const LEADS = 200;
    await repsExist(table(), anyRep('veteran', { capacity: LEADS }));
    const { territories } = await current(table());
    await territoriesAre(table(), territories, square(['veteran']));
    const leads = Array.from({ length: LEADS }, (_, n) =>
      scoredLead(undefined, {
        score: { value: 50, grade: (['A', 'B', 'C'] as const)[n % 3] ?? 'C', points: [], version: 1 },
      }),
    );
    for (let from = 0; from < LEADS; from += 50) {
      const some = leads.slice(from, from + 50);
      await Promise.all(some.map((lead) => leadsExist(table(), lead)));
      const batch = some.map(({ leadId }) => ({ ...LeadScored.sample, leadId }));
      await assignment(messages(LeadScored, ...batch), context as Context);
    }
    expect((await readRep(table(), 'veteran'))?.openLeads).toBe(LEADS);
    await hrSays(table(), 'veteran', 'left');

    let crashes = 0;
    for (let done = false; !done; ) {
      const restore = crashAt(1 + Math.floor(draw(`crash ${crashes}`) * 15));
      done = await handOver(table(), 'veteran', now).then(
        () => true,
        () => false,
      );
      restore();
      if (!done) crashes += 1;
    }
    await handOver(table(), 'veteran', now);
    expect(crashes).toBeGreaterThan(10);
    expect((await readRep(table(), 'veteran'))?.openLeads).toBe(0);
    for (const { leadId } of leads) {
      expect((await read(table(), leadId))?.status).toBe('scored');
      expect((await timeline(table(), leadId)).map(({ type }) => type)).toEqual(['LeadAssigned', 'LeadReleased']);
    }
    const told = (await historyOf(table(), 'veteran')).filter(({ type }) => type === 'LeadsHandedOver');
    expect(told.map(({ detail }) => detail)).toMatchObject([{ released: { A: 67, B: 67, C: 66 }, asked: 0 }]);
  });

  it('asks at night for the customers whom they won, once each, whom the index did not show before', async () => {
    await repsExist(table(), anyRep('winner'));
    const { versions, rules } = await rulesNow(table());
    const handover = { ...rules.handover, won: 'supervisor' as const };
    await commit(table(), publish('routing', versions.routing, { ...rules, handover }, 'admin', monday));
    await hrSays(table(), 'winner', 'left');
    await handOver(table(), 'winner', now);
    const owner = { repId: 'winner', name: 'winner', weighs: 1 };
    const won = scoredLead(undefined, { status: 'won', owner, closedAt: monday.toISOString() });
    await leadsExist(table(), won);
    const hook = Symbol.for('leadkeeper.clock');
    Object.assign(globalThis, { [hook]: () => monday.getTime() + 16 * 3600_000 });
    const night = () => handler({ schedule: 'handover', scheduledTime: '' }, context as Context);
    await night();
    await night().finally(() => Object.assign(globalThis, { [hook]: undefined }));
    const asked = (await timeline(table(), won.leadId)).map(({ type }) => type);
    expect(asked.filter((type) => type === 'HandoverAsked')).toHaveLength(1);
  });

  it('shows a contacted lead to the supervisor who is asked for its owner, and to no other; without an answer the admins are told', async () => {
    const team = { teamId: 'north' };
    await repsExist(table(), anyRep('caller', team), anyRep('successor', team));
    const { versions, rules } = await rulesNow(table());
    const handover = { ...rules.handover, contacted: 'supervisor' as const };
    await commit(table(), publish('routing', versions.routing, { ...rules, handover }, 'admin', monday));
    const { versions: since } = await rulesNow(table());
    const called = scoredLead(undefined, { sla: { ...scoredLead().sla, firstContactAt: monday.toISOString() } });
    const { leadId } = called;
    await leadsExist(table(), called);
    const rep = await readRep(table(), 'caller');
    if (!rep) throw new Error('there is no such rep');
    const decision = {
      ...{ outcome: 'assigned' as const, repId: 'caller', basis: 'territory' },
      ...{ candidates: [], flip: [], versions: since },
    };
    await commit(table(), assign(called, { rep, turns: rep.tally.turns }, decision, rules, monday));
    const owned = await read(table(), leadId);
    if (owned?.status !== 'assigned') throw new Error('it was not assigned');
    await commit(table(), [save(owned, { ...owned, status: 'contacted' })]);
    await hrSays(table(), 'caller', 'left');
    await handOver(table(), 'caller', now);
    expect(await read(table(), leadId)).toMatchObject({ status: 'manual', cause: 'owner-left', askedOf: 'north' });

    const supervisor = (teamId: string): Person => ({ role: 'supervisor', repId: `sup-${teamId}`, teamId });
    const sees = async (person: Person) => {
      const { status } = await call(getLead, monday.toISOString(), { params: { leadId }, person });
      const lists = [{ status: 'manual' }, {}, { status: 'assigned' }].map(async (query) => {
        const { body } = await call(listLeads, monday.toISOString(), { query, person });
        return (body as unknown as { items: { leadId: string }[] }).items.some((lead) => lead.leadId === leadId);
      });
      return [status, ...(await Promise.all(lists))];
    };
    expect(await sees(supervisor('north'))).toEqual([200, true, true, false]);
    expect(await sees(supervisor('south'))).toEqual([404, false, false, false]);
    expect(await sees({ role: 'rep', repId: 'caller', ...team })).toEqual([404, false, false, false]);

    const hook = Symbol.for('leadkeeper.clock');
    const told = async (hours: number) => {
      Object.assign(globalThis, { [hook]: () => monday.getTime() + hours * 3600_000 });
      const ran = escalation({ schedule: 'escalation', scheduledTime: '' }, context as Context);
      await ran.finally(() => Object.assign(globalThis, { [hook]: undefined }));
      return (await timeline(table(), leadId)).filter(({ type }) => type === 'LeadSentToManual').length;
    };
    expect([await told(1.9), await told(2.1), await told(30)]).toEqual([0, 1, 1]);
    expect((await sees(supervisor('north')))[0]).toBe(200);
    const body = { repId: 'successor', reason: 'knows them' };
    const given = await call(assignByHand, monday.toISOString(), {
      params: { leadId },
      body,
      person: supervisor('north'),
    });
    expect(given.status).toBe(200);
    const after = await read(table(), leadId);
    expect(after).toMatchObject({ status: 'assigned', owner: { repId: 'successor' } });
    expect(after).not.toHaveProperty('askedOf');
  });

  it('leaves alone who is not frozen, or not any more', async () => {
    await repsExist(table(), anyRep('stays'));
    await handOver(table(), 'stays', now);
    await handOver(table(), 'nobody', now);
    expect((await readRep(table(), 'stays'))?.openLeads).toBe(0);
  });
});

describe('handing over the leads of a territory that somebody lost', () => {
  it('leaves what a person gave them, the customer wished, or is theirs since they serve the customer', async () => {
    await repsExist(table(), anyRep('loser'));
    const { territories: seen } = await current(table());
    await territoriesAre(table(), seen, square(['loser']));
    const rep = await readRep(table(), 'loser');
    if (!rep) throw new Error('there is no such rep');
    const { rules, versions } = await rulesNow(table());
    const by = { role: 'admin', reason: 'knows them' };
    const bases = [{ basis: 'territory' }, { basis: 'preference' }, { basis: 'history' }, { basis: 'manual', by }];
    const leads = bases.map((basis) => ({ ...basis, lead: scoredLead() }));
    for (const { lead, ...how } of leads) {
      await leadsExist(table(), lead);
      const decision = { ...how, outcome: 'assigned' as const, repId: 'loser', candidates: [], flip: [], versions };
      const fresh = (await readRep(table(), 'loser')) ?? rep;
      await commit(table(), assign(lead, { rep: fresh, turns: fresh.tally.turns }, decision, rules, monday));
    }
    await territoriesAre(table(), seen + 1, square(['winner']));
    await handOverTerritory(table(), { repId: 'loser', before: seen + 1, version: seen + 2 }, now);
    const after = await Promise.all(leads.map(async ({ lead }) => (await read(table(), lead.leadId))?.status));
    expect(after).toEqual(['scored', 'assigned', 'assigned', 'assigned']);
  });

  it('finds the lead that was given while the new territories were published, and leaves what people gave since', async () => {
    await repsExist(table(), anyRep('served'), anyRep('serves'));
    const { territories: seen } = await current(table());
    await territoriesAre(table(), seen, square(['served']));
    const [stray, byHand] = [scoredLead(), scoredLead()];
    await leadsExist(table(), stray, byHand);
    const lost = { repId: 'served', before: seen + 1, version: seen + 2 };
    const restore = beforeCommit(table(), 1, async () => {
      await territoriesAre(table(), seen + 1, square(['serves']));
      await handOverTerritory(table(), lost, now);
    });
    await assignment(messages(LeadScored, { ...LeadScored.sample, leadId: stray.leadId }), context as Context);
    restore();
    const rep = await readRep(table(), 'served');
    if (!rep) throw new Error('there is no such rep');
    const { rules, versions } = await rulesNow(table());
    const by = { role: 'admin', reason: 'knows them' };
    const decision = {
      outcome: 'assigned' as const,
      repId: 'served',
      basis: 'manual',
      by,
      candidates: [],
      flip: [],
      versions,
    };
    await commit(table(), assign(byHand, { rep, turns: rep.tally.turns }, decision, rules, monday));
    const ownersAre = async () =>
      Promise.all([stray, byHand].map(async ({ leadId }) => (await read(table(), leadId))?.status));
    expect(await ownersAre()).toEqual(['assigned', 'assigned']);

    await handOverStrays(table(), new Date(monday.getTime() - 1), now);
    await handOverStrays(table(), new Date(monday.getTime() - 1), now);
    expect(await ownersAre()).toEqual(['scored', 'assigned']);
    expect((await recordsOf(table(), stray.leadId)).map(({ basis }) => basis)).toEqual(['territory', 'territory-lost']);
  });
});
