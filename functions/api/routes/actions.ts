import * as z from 'zod';
import { ContactLogged } from '../../../events/contact-logged.ts';
import { announce } from '../../../events/contract.ts';
import { StageMoved } from '../../../events/stage-moved.ts';
import { countContactOf, countMoveOf } from '../../../shared/appraisal/facts/store.ts';
import { askOf } from '../../../shared/appraisal/surveys/store.ts';
import type { ConversionKind } from '../../../shared/attribution/conversion.ts';
import { noting } from '../../../shared/attribution/store.ts';
import { type Changed, contactMade } from '../../../shared/journey/first-contact/store.ts';
import { countLogged, countMove } from '../../../shared/journey/health/store.ts';
import { interaction, isContact } from '../../../shared/journey/interaction.ts';
import { refuseMove, stageMove, stages } from '../../../shared/journey/stages.ts';
import { addInteraction } from '../../../shared/journey/store.ts';
import { become, isClosed, isOpen, type Lead, ownerOf, segmentOf } from '../../../shared/lead/lead.ts';
import { leadPartition } from '../../../shared/lead/partition.ts';
import { read, save } from '../../../shared/lead/store.ts';
import { letGo, readRep } from '../../../shared/org/store.ts';
import { countDeal } from '../../../shared/performance/store.ts';
import { segmentKey } from '../../../shared/performance/win-rate.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { commit, outbox, reconsider } from '../../../shared/platform/commit.ts';
import { invalid, Problem } from '../../../shared/platform/problem.ts';
import { newId } from '../../../shared/platform/random.ts';
import { countWon } from '../../../shared/response/store.ts';
import { rulesNow } from '../../../shared/routing/facts/store.ts';
import { assign, entrust } from '../../../shared/routing/store.ts';
import { protectedFrom, timedFor } from '../../../shared/sla/lead-clock.ts';
import { mustSee } from '../access.ts';
import { id, route } from '../route.ts';
import { time } from '../views.ts';

const all = ['admin', 'supervisor', 'rep'] as const;
const params = z.object({ leadId: id });

/** A customer's clock and ours may differ by so much (milliseconds). */
const SKEW = 60_000;

/** When a contact was made. @throws Problem 400 for a time to come, or before the lead came in */
function madeAt(said: string | undefined, lead: Lead, at: Date): string {
  if (said === undefined) return iso(at);
  const when = new Date(said);
  if (when.getTime() > at.getTime() + SKEW) throw invalid('at', 'is yet to come');
  if (when.getTime() < Date.parse(lead.receivedAt) - SKEW) throw invalid('at', 'is before the lead came in');
  return iso(when);
}

/** Logs a contact. */
export const logInteraction = route({
  method: 'POST',
  path: '/leads/{leadId}/interactions',
  summary:
    'Logs a contact with the customer; the earliest at which they were reached stops the SLA clock, whenever it is logged',
  roles: all,
  params,
  body: interaction,
  answers: { 201: z.object({ interactionId: z.string(), at: time, firstContactAt: time.nullable() }) },
  handle: ({ params: { leadId }, body, person, table, now }) =>
    reconsider(async () => {
      const lead = await mustSee(table, person, await read(table, leadId), leadId);
      if (isClosed(lead)) throw new Problem(409, `the lead is ${lead.status}`);
      const at = now();
      const when = madeAt(body.at, lead, at);
      const repId = person.repId === undefined ? {} : { repId: person.repId };
      const interactionId = newId(at);
      const made = isContact(body) ? contactMade(lead, when, (await rulesNow(table)).sla, at) : tried(lead, when);
      const event = announce(ContactLogged, {
        leadId,
        channel: body.channel,
        first: made.first,
        reached: isContact(body),
        ...repId,
      });
      await commit(table, [
        ...made.changes,
        addInteraction(leadId, { ...body, interactionId, at: when, ...repId }),
        countLogged(lead, isContact(body), at),
        ...(await countContactOf(table, lead, { ...body, interactionId, at: when, ...repId }, at)),
        outbox(leadPartition(leadId), event, at),
      ]);
      return { status: 201, body: { interactionId, at: when, firstContactAt: made.lead.sla.firstContactAt } };
    }),
});

/** A dial that reached nobody is no contact, but it was tried. */
const tried = (lead: Lead, triedAt: string): Changed => {
  const after = { ...lead, triedAt };
  return { lead: after, first: false, changes: [save(lead, after)] };
};

/** Gives a lead to a rep by hand. */
export const assignByHand = route({
  method: 'POST',
  path: '/leads/{leadId}/assign',
  summary:
    'Assigns by hand, with a reason: to an active rep under capacity; a supervisor within their team; a won customer too',
  roles: ['admin', 'supervisor'],
  params,
  body: z.strictObject({ repId: id, reason: z.string().trim().min(1).max(500) }),
  answers: { 200: z.object({ leadId: z.string(), owner: z.object({ repId: z.string(), name: z.string() }) }) },
  handle: ({ params: { leadId }, body: { repId, reason }, person, table, now }) =>
    reconsider(async () => {
      const lead = await mustSee(table, person, await read(table, leadId), leadId);
      const rep = await readRep(table, repId);
      if (!rep) throw invalid('repId', `${repId} is not on the roster`);
      if (person.role === 'supervisor' && rep.teamId !== person.teamId) {
        throw new Problem(403, `${repId} is not in your team`, [{ path: 'repId', message: 'not in your team' }]);
      }
      const refused = refuseOwner(lead, rep);
      if (refused) throw new Problem(409, refused, [{ path: 'repId', message: refused }]);
      const by = { role: person.role, repId: person.repId, reason };
      const candidates = [{ repId, outcome: 'chosen' as const, reason, rank: 1 }];
      const { rules, sla, versions } = await rulesNow(table);
      const decision = { outcome: 'assigned' as const, repId, basis: 'manual', by, candidates, flip: [], versions };
      if (lead.status === 'won') {
        const owner = { repId, name: rep.name, ...(rep.teamId ? { teamId: rep.teamId } : {}) };
        await commit(table, entrust(lead, owner, decision, now()));
      } else {
        const timed = timedFor(lead, rep, sla, now());
        await commit(table, assign(timed, { rep, turns: rep.tally.turns }, decision, rules, now()));
      }
      return { status: 200, body: { leadId, owner: { repId, name: rep.name } } };
    }),
});

/** Why the lead cannot be given to this rep, or undefined. */
function refuseOwner(lead: Lead, rep: { repId: string; status: string; openLeads: number; capacity: number }) {
  if (isClosed(lead) && lead.status !== 'won') return `the lead is ${lead.status}`;
  if (ownerOf(lead)?.repId === rep.repId) return `${rep.repId} has the lead already`;
  if (rep.status !== 'active') return `${rep.repId} is ${rep.status}`;
  if (lead.status !== 'won' && rep.openLeads >= rep.capacity)
    return `${rep.repId} is at capacity (${rep.openLeads} of ${rep.capacity})`;
  return undefined;
}

/** The lead after a move along the journey: won at the end of it, lost with its reason. */
function moved(
  lead: Extract<Lead, { status: 'assigned' | 'contacted' }>,
  move: z.infer<typeof stageMove>,
  at: Date,
): Lead {
  const stage = { name: move.to, since: iso(at) };
  const { owner } = lead;
  if (move.to === 'lost') {
    return { ...become(lead, { status: 'lost', owner, closedAt: iso(at), lostReason: move.lostReason ?? '' }), stage };
  }
  if (move.to === stages.at(-1)) return { ...become(lead, { status: 'won', owner, closedAt: iso(at) }), stage };
  return { ...lead, stage };
}

/** What closing a deal means for its owner: room for another, and one more deal that their win rate is made of. */
const closing = (lead: Extract<Lead, { status: 'assigned' | 'contacted' }>, won: boolean) => [
  letGo(lead.owner),
  countDeal(lead.owner.teamId, segmentKey(segmentOf(lead)), lead.owner.repId, won),
  ...(won && lead.response ? [countWon(lead.response)] : []),
];

/** What reaching a stage is to ad platforms: the need is understood once a solution is shown. */
function conversionAt(stage: z.infer<typeof stageMove>['to']): ConversionKind | undefined {
  if (stage === stages.at(-1)) return 'won';
  return stage === 'solution-demo' ? 'qualified' : undefined;
}

/** Moves a deal along the journey. */
export const moveStage = route({
  method: 'POST',
  path: '/leads/{leadId}/stage',
  summary: 'Moves the deal: one stage forward, any back, or lost with its reason',
  roles: all,
  params,
  body: stageMove,
  answers: {
    200: z.object({ leadId: z.string(), status: z.string(), stage: z.object({ name: z.string(), since: time }) }),
  },
  handle: ({ params: { leadId }, body, person, table, now }) =>
    reconsider(async () => {
      const lead = await mustSee(table, person, await read(table, leadId), leadId);
      if (!isOpen(lead)) throw new Problem(409, `the lead is ${lead.status}`);
      const refused = refuseMove(lead.stage.name, body.to);
      if (refused) throw new Problem(409, refused, [{ path: 'to', message: refused }]);
      const at = now();
      const { sla } = await rulesNow(table);
      const { lead: after, changes } = noting(
        protectedFrom(moved(lead, body, at), sla, at),
        conversionAt(body.to),
        iso(at),
        at,
      );
      const event = announce(StageMoved, { leadId, from: lead.stage.name, to: body.to });
      await commit(table, [
        save(lead, after),
        ...changes,
        countMove(lead, body.to, body.lostReason, at),
        ...countMoveOf(lead, body.to, body.lostReason, at),
        ...(isClosed(after) ? closing(lead, after.status === 'won') : []),
        ...(after.status === 'won' ? [askOf(leadId, at)] : []),
        outbox(leadPartition(leadId), event, at),
      ]);
      return { status: 200, body: { leadId, status: after.status, stage: after.stage } };
    }),
});
