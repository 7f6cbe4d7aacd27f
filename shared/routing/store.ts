import { AssignmentFailed } from '../../events/assignment-failed.ts';
import { announce, type OutgoingEvent } from '../../events/contract.ts';
import { LeadAssigned } from '../../events/lead-assigned.ts';
import { LeadReceived } from '../../events/lead-received.ts';
import { LeadReleased } from '../../events/lead-released.ts';
import { LeadSentToManual } from '../../events/lead-sent-to-manual.ts';
import { type AuditRecord, type Decision, seal } from '../audit/record.ts';
import { append } from '../audit/store.ts';
import { become, gradeOf, isOpen, type Lead, ownerOf } from '../lead/lead.ts';
import { leadPartition } from '../lead/partition.ts';
import { save } from '../lead/store.ts';
import { letGo, takeOn } from '../org/store.ts';
import { after, iso } from '../platform/clock.ts';
import { type Change, outbox } from '../platform/commit.ts';
import type { FailureCause } from './failure.ts';
import type { RepSeen } from './inputs.ts';
import type { RoutingRules } from './rules.ts';

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

/** Gives a waiting lead, or one of another owner, to a rep: checked to be active and under capacity by the transaction itself. */
export function assign(lead: Lead, rep: RepSeen, decision: Decision, at: Date): Change[] {
  const { sealed, audited } = record(lead, decision, at);
  const { nextAttemptAt, lastCause, ...rest } = audited;
  const owner = { repId: rep.repId, name: rep.name, ...(rep.teamId ? { teamId: rep.teamId } : {}) };
  const owned = { ...become(rest as Lead, { status: 'assigned', owner }), attempts: 0 };
  const before = isOpen(lead) ? ownerOf(lead) : undefined;
  const event = announce(LeadAssigned, {
    leadId: lead.leadId,
    repId: rep.repId,
    basis: decision.basis,
    decisionId: sealed.decisionId,
  });
  return [
    save(lead, owned),
    append(sealed),
    takeOn(rep),
    ...(before ? [letGo(before.repId)] : []),
    tell(lead, event, at),
  ];
}

/** What follows from an attempt that found nobody: either the seconds until the next, or the manual group. */
export interface FailedAttempt {
  changes: Change[];
  retryAfterSeconds: number | undefined;
}

/** Records an attempt that found nobody; the last one allowed hands the lead to the manual group in the same transaction. */
export function failAttempt(
  lead: Lead,
  cause: FailureCause,
  decision: Decision,
  rules: RoutingRules,
  at: Date,
): FailedAttempt {
  const { sealed, audited } = record(lead, decision, at);
  const attempt = lead.attempts + 1;
  const failed = announce(AssignmentFailed, { leadId: lead.leadId, cause, attempt, decisionId: sealed.decisionId });
  const tried: Lead = { ...audited, attempts: attempt, lastCause: cause };
  const waits = rules.retryAfterSeconds;
  if (attempt < rules.attemptsBeforeManual) {
    const retryAfterSeconds = waits[Math.min(attempt, waits.length) - 1] ?? 1;
    const next = { ...tried, nextAttemptAt: iso(after(at, retryAfterSeconds * 1000)) };
    return { changes: [save(lead, next), append(sealed), tell(lead, failed, at)], retryAfterSeconds };
  }
  const told = tell(lead, failed, at);
  const given = handOver(lead, tried, cause, decision.versions, at);
  return { changes: [append(sealed), told, ...given], retryAfterSeconds: undefined };
}

/** The writes that put a lead (as `now` after earlier changes of the same transaction) into the manual group. */
function handOver(seen: Lead, now: Lead, cause: FailureCause, versions: Decision['versions'], at: Date): Change[] {
  const decision: Decision = { outcome: 'manual', cause, basis: 'manual', candidates: [], flip: [], versions };
  const { sealed, audited } = record(now, decision, at);
  const { nextAttemptAt, ...rest } = audited;
  const manual = become(rest as Lead, { status: 'manual', cause, since: iso(at) });
  const event = announce(LeadSentToManual, { leadId: seen.leadId, cause, attempts: now.attempts });
  const before = isOpen(seen) ? ownerOf(seen) : undefined;
  return [save(seen, manual), append(sealed), ...(before ? [letGo(before.repId)] : []), tell(seen, event, at)];
}

/** Puts a lead that the system could not deal with into the manual group. */
export const sendToManual = (lead: Lead, cause: FailureCause, versions: Decision['versions'], at: Date): Change[] =>
  handOver(lead, lead, cause, versions, at);

/** Takes a lead from its owner, or out of the manual group, and lets it be assigned anew. */
export function release(
  lead: Lead,
  reason: string,
  by: Decision['by'],
  versions: Decision['versions'],
  at: Date,
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
  const fresh = { ...rest, attempts: 0 } as Lead;
  const repId = owner ? { repId: owner.repId } : {};
  // A lead that never got its score goes through scoring first.
  const event = lead.score
    ? announce(LeadReleased, { leadId: lead.leadId, ...repId, reason, grade: gradeOf(lead) })
    : announce(LeadReceived, { leadId: lead.leadId, source: lead.source.channel });
  return [
    save(lead, become(fresh, { status: lead.score ? 'scored' : 'received' })),
    append(sealed),
    ...(owner ? [letGo(owner.repId)] : []),
    tell(lead, event, at),
  ];
}
