import { AssignmentFailed } from '../../events/assignment-failed.ts';
import { BreakerTried } from '../../events/breaker-tried.ts';
import { announce, type OutgoingEvent } from '../../events/contract.ts';
import { HandoverAsked } from '../../events/handover-asked.ts';
import { LeadAssigned } from '../../events/lead-assigned.ts';
import { LeadDuplicated } from '../../events/lead-duplicated.ts';
import { LeadPooled } from '../../events/lead-pooled.ts';
import { LeadReceived } from '../../events/lead-received.ts';
import { LeadReleased } from '../../events/lead-released.ts';
import { LeadSentToManual } from '../../events/lead-sent-to-manual.ts';
import { type AuditRecord, type Decision, seal } from '../audit/record.ts';
import { append } from '../audit/store.ts';
import { freeIfHeld, holdFor } from '../breaker/store.ts';
import { askedOf, become, gradeOf, isOpen, type Lead, type Likeness, type Owner, ownerOf } from '../lead/lead.ts';
import { leadPartition } from '../lead/partition.ts';
import { save } from '../lead/store.ts';
import type { Rep } from '../org/rep.ts';
import { entrustTo, letGo, takeOn } from '../org/store.ts';
import { strideOf, tallied } from '../org/tally.ts';
import { after, iso } from '../platform/clock.ts';
import { type Change, outbox, riding } from '../platform/commit.ts';
import { countGiven, uncount } from '../response/store.ts';
import type { FailureCause } from './failure.ts';
import { type RoutingRules, zoneOf } from './rules.ts';

/**
 * The moves of a lead between owners. Each gives all the writes of one transaction: the lead, the decision's audit record in
 * its chain, the reps' counts, and the event.
 */

/** A decision with the time it was made at; sealed into the lead's chain. */
function record(lead: Lead, decision: Decision, at: Date): { sealed: AuditRecord; audited: Lead } {
  const sealed = seal(lead.leadId, lead.audit, decision, at);
  return { sealed, audited: { ...lead, audit: { records: sealed.number, hash: sealed.hash } } };
}

const tell = (lead: Lead, event: OutgoingEvent, at: Date): Change => outbox(leadPartition(lead.leadId), event, at);

/** Who gets a lead, as read, and the turns that the decision took them to have had before it. */
export interface Chosen {
  rep: Rep;
  turns: number;
}

/** Gives a waiting lead, or one of another owner, to a rep: checked to be active and under capacity by the transaction itself. */
export function assign(
  lead: Lead,
  { rep, turns }: Chosen,
  decision: Decision,
  rules: RoutingRules,
  at: Date,
): Change[] {
  const { sealed, audited } = record(lead, decision, at);
  const { nextAttemptAt, lastCause, trial, seenAt, triedAt, releasedAt, ...rest } = audited;
  const weighs = strideOf(rep);
  const owner = { repId: rep.repId, name: rep.name, ...(rep.teamId ? { teamId: rep.teamId } : {}), weighs };
  const { given, pending, changes: counted } = countGiven(lead, owner, rep.pending);
  const owned = { ...become(rest as Lead, { status: 'assigned', owner }), attempts: 0, given };
  const before = isOpen(lead) ? ownerOf(lead) : undefined;
  const good = rules.newcomers.grades.includes(gradeOf(lead));
  const event = announce(LeadAssigned, {
    leadId: lead.leadId,
    repId: rep.repId,
    basis: decision.basis,
    decisionId: sealed.decisionId,
    ...(before ? { from: before.repId } : {}),
  });
  return [
    save(lead, owned),
    append(sealed, riding(event, at)),
    takeOn(rep, tallied(rep.tally, turns + weighs, good, at, zoneOf(rep, rules)), at, pending),
    ...counted,
    ...(before ? [letGo(before)] : []),
    ...freeIfHeld(lead, at),
    ...triedWith(lead, true, at),
  ];
}

/** Says how the trial of a breaker ended, if the lead was one. */
const triedWith = (lead: Lead, passed: boolean, at: Date): Change[] =>
  lead.trial === undefined
    ? []
    : [tell(lead, announce(BreakerTried, { cause: lead.trial, leadId: lead.leadId, passed }), at)];

/** What follows from an attempt that found nobody: either the seconds until the next, or the manual group. */
export interface FailedAttempt {
  changes: Change[];
  retryAfterSeconds: number | undefined;
}

/**
 * Records an attempt that found nobody; the last one allowed hands the lead to the manual group in the same transaction. While
 * the cause's breaker is open (`open`), the first is the last.
 */
export function failAttempt(
  lead: Lead,
  cause: FailureCause,
  decision: Decision,
  rules: RoutingRules,
  at: Date,
  open = false,
): FailedAttempt {
  const { sealed, audited } = record(lead, decision, at);
  const attempt = lead.attempts + 1;
  const failed = announce(AssignmentFailed, { leadId: lead.leadId, cause, attempt, decisionId: sealed.decisionId });
  const { trial, ...rest } = audited;
  const tried = { ...rest, attempts: attempt, lastCause: cause } as Lead;
  const ended = triedWith(lead, trial !== cause, at);
  const waits = rules.retryAfterSeconds;
  if (attempt < rules.attemptsBeforeManual && !open) {
    const retryAfterSeconds = waits[Math.min(attempt, waits.length) - 1] ?? 1;
    const next = { ...tried, nextAttemptAt: iso(after(at, retryAfterSeconds * 1000)) };
    return { changes: [save(lead, next), append(sealed), tell(lead, failed, at), ...ended], retryAfterSeconds };
  }
  const told = tell(lead, failed, at);
  const given = handOver(lead, tried, cause, decision.versions, at, open);
  return { changes: [append(sealed), told, ...ended, ...given], retryAfterSeconds: undefined };
}

/**
 * Takes a lead from its owner and asks the supervisor of a team who gets it, who sees it until then; when none has said so by a time,
 * the manual group is told of it (`giveUpAsking`).
 */
export function askSupervisor(
  lead: Extract<Lead, { status: 'assigned' | 'contacted' }>,
  reason: string,
  asked: { askedOf?: string; answerBy: string },
  versions: Decision['versions'],
  at: Date,
): Change[] {
  const { leadId, owner } = lead;
  const decision: Decision = {
    outcome: 'manual',
    cause: 'owner-left',
    basis: reason,
    repId: owner.repId,
    candidates: [],
    flip: [],
    versions,
  };
  const { sealed, audited } = record(lead, decision, at);
  const manual = become(audited, { status: 'manual', cause: 'owner-left', since: iso(at), ...asked });
  const event = announce(HandoverAsked, { leadId, repId: owner.repId, reason });
  return [save(lead, manual), append(sealed), letGo(owner), tell(lead, event, at)];
}

/** Tells the manual group, once, of a lead of which the supervisor has not said who gets it. It stays for either to give away. */
export function giveUpAsking(lead: Extract<Lead, { status: 'manual' }>, at: Date): Change[] {
  const { leadId, cause, attempts } = lead;
  const { answerBy, ...rest } = lead;
  return [save(lead, rest), tell(lead, announce(LeadSentToManual, { leadId, cause, attempts }), at)];
}

/** Asks the supervisor who looks after a customer whose deal was won by somebody who left. */
export function askWho(lead: Extract<Lead, { status: 'won' }>, reason: string, at: Date): Change[] {
  const { leadId, owner } = lead;
  const event = announce(HandoverAsked, { leadId, repId: owner.repId, reason });
  return [save(lead, { ...lead, handoverAsked: true }), tell(lead, event, at)];
}

/** Gives the customer of a won deal to another rep: the deal stays won, and whose it was stays on record. */
export function entrust(lead: Extract<Lead, { status: 'won' }>, owner: Owner, decision: Decision, at: Date): Change[] {
  const { sealed, audited } = record(lead, decision, at);
  const { handoverAsked, ...rest } = audited;
  const event = announce(LeadAssigned, {
    leadId: lead.leadId,
    repId: owner.repId,
    basis: decision.basis,
    decisionId: sealed.decisionId,
    from: lead.owner.repId,
  });
  return [save(lead, { ...rest, owner } as Lead), append(sealed), entrustTo(owner.repId), tell(lead, event, at)];
}

/**
 * Records an attempt that found nobody because shifts have not begun: the lead waits until one does (`until`). It is no failure, of
 * the lead or of a breaker; the schedule that looks for what is due lets it go on.
 */
export function waitForShift(lead: Lead, until: string, decision: Decision, at: Date): Change[] {
  const { sealed, audited } = record(lead, { ...decision, waitsUntil: until }, at);
  const { trial, lastCause, ...rest } = audited;
  return [
    save(lead, { ...rest, attempts: 0, nextAttemptAt: until } as Lead),
    append(sealed),
    ...triedWith(lead, true, at),
  ];
}

/** The writes that put a lead (as `now` after earlier changes of the same transaction) into the manual group. */
function handOver(
  seen: Lead,
  now: Lead,
  cause: FailureCause,
  versions: Decision['versions'],
  at: Date,
  open: boolean,
): Change[] {
  const decision: Decision = { outcome: 'manual', cause, basis: 'manual', candidates: [], flip: [], versions };
  const { sealed, audited } = record(now, decision, at);
  const { nextAttemptAt, ...rest } = audited;
  const held = open ? { held: true as const } : {};
  const manual = become(rest as Lead, { status: 'manual', cause, since: iso(at), ...held });
  const event = announce(LeadSentToManual, { leadId: seen.leadId, cause, attempts: now.attempts, ...held });
  const before = isOpen(seen) ? ownerOf(seen) : undefined;
  return [
    save(seen, manual),
    append(sealed),
    ...(before ? [letGo(before)] : []),
    tell(seen, event, at),
    ...(open ? [holdFor(cause, seen.leadId, at)] : []),
  ];
}

/** Puts a lead that the system could not deal with into the manual group; `open`: while the cause's breaker is. */
export const sendToManual = (
  lead: Lead,
  cause: FailureCause,
  versions: Decision['versions'],
  at: Date,
  open: boolean,
): Change[] => handOver(lead, lead, cause, versions, at, open);

/** Takes a lead from its owner, or out of the manual group, and lets it be assigned anew. */
export function release(
  lead: Lead,
  reason: string,
  by: Decision['by'],
  versions: Decision['versions'],
  at: Date,
  pauseOwnerUntil?: string,
): Change[] {
  const owner = isOpen(lead) ? ownerOf(lead) : undefined;
  const decision: Decision = {
    outcome: 'released',
    basis: reason,
    repId: owner?.repId,
    by,
    candidates: [],
    flip: [],
    versions,
  };
  const { sealed, audited } = record(lead, decision, at);
  const { lastCause, nextAttemptAt, ...rest } = audited;
  const fresh = { ...rest, attempts: 0, releasedAt: iso(at) } as Lead;
  const repId = owner ? { repId: owner.repId } : {};
  // A lead that never got its score goes through scoring first.
  const event = lead.score
    ? announce(LeadReleased, { leadId: lead.leadId, ...repId, reason, grade: gradeOf(lead) })
    : announce(LeadReceived, { leadId: lead.leadId, source: lead.source.channel });
  return [
    save(lead, become(fresh, { status: lead.score ? 'scored' : 'received' })),
    append(sealed),
    ...(owner ? [letGo(owner, pauseOwnerUntil)] : []),
    tell(lead, event, at),
  ];
}

/** Puts a lead into its team's pool: any rep of it may take the lead, but its owner not for a while. */
export function toPool(
  lead: Lead,
  { reason, by, coolDown }: { reason: string; by: Decision['by']; coolDown: number },
  versions: Decision['versions'],
  at: Date,
): Change[] {
  const owner = isOpen(lead) ? ownerOf(lead) : undefined;
  const repId = owner ? { repId: owner.repId } : {};
  const decision: Decision = { outcome: 'released', basis: reason, ...repId, by, candidates: [], flip: [], versions };
  const { sealed, audited } = record(lead, decision, at);
  const { trial, nextAttemptAt, seenAt, triedAt, ...rest } = audited;
  const poolOf = owner?.teamId ?? askedOf(lead) ?? '';
  const formerly = (lead.formerly ?? []).filter(({ until }) => until > iso(at));
  if (owner) formerly.push({ repId: owner.repId, until: iso(after(at, coolDown)) });
  const pooled = become({ ...rest, attempts: 0, formerly } as Lead, { status: 'pool', poolOf, since: iso(at) });
  return [
    save(lead, pooled),
    append(sealed),
    ...(owner ? [letGo(owner)] : []),
    ...freeIfHeld(lead, at),
    tell(lead, announce(LeadPooled, { leadId: lead.leadId, teamId: poolOf, reason, ...repId }), at),
  ];
}

/**
 * Makes a lead a duplicate of another of the same person: its owner is rid of it, and it is announced, so that it becomes a
 * touch of the other. Both are written, so that no two can be merged into each other at once.
 */
export function mergeInto(
  lead: Lead,
  into: Lead,
  { likeness, by }: { likeness: Likeness; by?: Decision['by'] },
  versions: Decision['versions'],
  at: Date,
): Change[] {
  const owner = isOpen(lead) ? ownerOf(lead) : undefined;
  const repId = owner ? { repId: owner.repId } : {};
  const decision: Decision = { outcome: 'released', basis: 'merged', ...repId, by, candidates: [], flip: [], versions };
  const { sealed, audited } = record(lead, decision, at);
  const { trial, nextAttemptAt, lastCause, given, ...rest } = audited;
  const duplicateOf = into.leadId;
  const merged = become(rest as Lead, { status: 'duplicate', duplicateOf, likeness, since: iso(at) });
  const event = announce(LeadDuplicated, { leadId: lead.leadId, duplicateOf, source: lead.source.channel });
  return [
    save(lead, merged),
    append(sealed),
    ...(owner ? [letGo(owner)] : []),
    ...freeIfHeld(lead, at),
    ...uncount(lead),
    save(into, into),
    tell(lead, event, at),
  ];
}
