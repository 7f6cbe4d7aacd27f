import { announce } from '../../events/contract.ts';
import { LeadAccepted } from '../../events/lead-accepted.ts';
import { LeadHeldForReview } from '../../events/lead-held-for-review.ts';
import { LeadRejected } from '../../events/lead-rejected.ts';
import { type Decision, seal } from '../audit/record.ts';
import { append } from '../audit/store.ts';
import { freeIfHeld } from '../breaker/store.ts';
import { become, isOpen, type Lead } from '../lead/lead.ts';
import { leadPartition } from '../lead/partition.ts';
import { save } from '../lead/store.ts';
import { letGo } from '../org/store.ts';
import { iso } from '../platform/clock.ts';
import { type Change, outbox } from '../platform/commit.ts';
import { uncount } from '../response/store.ts';
import { startClock } from '../sla/clock.ts';
import type { Deadlines } from '../sla/rules.ts';
import type { Judgement } from './judge.ts';
import { trust } from './senders/store.ts';
import { countByHand } from './share/store.ts';

/** Who decided by hand, and why. */
export type By = NonNullable<Decision['by']>;

const who = ({ role, repId }: By) => ({ role, ...(repId === undefined ? {} : { repId }) });

/** Rejects or holds a lead that has come in, for what was found against it: the strongest sign is its reason. */
export function setAside(lead: Lead, rubbish: Judgement, at: Date): Change[] {
  const { leadId } = lead;
  const { verdict, points, reasons, version } = rubbish;
  const held = verdict === 'review';
  const [strongest] = [...reasons].sort((a, b) => b.points - a.points);
  const reason = strongest?.sign ?? 'rubbish';
  const aside = become(lead, {
    status: 'rejected',
    reason,
    since: iso(at),
    ...(held ? { review: true as const } : {}),
  });
  const against = { leadId, points, reasons, version };
  const event = held ? announce(LeadHeldForReview, against) : announce(LeadRejected, { ...against, reason });
  return [save(lead, { ...aside, rubbish }), outbox(leadPartition(leadId), event, at)];
}

/** Whether the rules had rejected or held it, whatever was done since. */
const wasSetAside = ({ rubbish }: Lead): boolean => rubbish !== undefined && rubbish.verdict !== 'passed';

/** A decision of somebody's about rubbish, as the lead's chain keeps it. */
function recorded(lead: Lead, basis: string, by: By, versions: Decision['versions'], at: Date) {
  const repId = isOpen(lead) ? { repId: lead.owner.repId } : {};
  const decision: Decision = { outcome: 'released', basis, ...repId, by, candidates: [], flip: [], versions };
  const sealed = seal(lead.leadId, lead.audit, decision, at);
  return { sealed, audited: { ...lead, audit: { records: sealed.number, hash: sealed.hash } } };
}

/** Rejects a lead by hand: whoever had it is free for another. One that is held is rejected for good. */
export function rejectByHand(lead: Lead, by: By, versions: Decision['versions'], at: Date): Change[] {
  const { sealed, audited } = recorded(lead, 'rejected', by, versions, at);
  const { trial, nextAttemptAt, lastCause, seenAt, triedAt, given, ...rest } = audited;
  const { repId, teamId } = isOpen(lead) ? lead.owner : {};
  const takenFrom = repId === undefined ? undefined : { repId, ...(teamId === undefined ? {} : { teamId }) };
  const rejected = become({ ...rest, attempts: 0 } as Lead, {
    status: 'rejected',
    reason: by.reason,
    since: iso(at),
    byHand: true,
    ...(takenFrom ? { takenFrom } : {}),
  });
  const event = announce(LeadRejected, { leadId: lead.leadId, reason: by.reason, by: who(by) });
  return [
    save(lead, rejected),
    append(sealed),
    ...(isOpen(lead) ? [letGo(lead.owner)] : []),
    ...freeIfHeld(lead, at),
    ...uncount(lead),
    ...countRejected(lead),
    outbox(leadPartition(lead.leadId), event, at),
  ];
}

/** What is held counts as such already. */
const countRejected = (lead: Lead): Change[] =>
  lead.status === 'rejected'
    ? []
    : [wasSetAside(lead) ? countByHand(lead, 'accepted', -1) : countByHand(lead, 'rejectedByHand')];

/**
 * Lets a rejected lead go its way: scored and assigned like any other, and not judged again; nor is whoever sent it (`contactKeys`).
 * Its clock begins now, as nobody could have called before. How long the customer waited is still counted from the receipt.
 */
export function accept(
  lead: Extract<Lead, { status: 'rejected' }>,
  by: By,
  contactKeys: readonly string[],
  deadlines: Deadlines,
  versions: Decision['versions'],
  at: Date,
): Change[] {
  const { sealed, audited } = recorded(lead, 'accepted', by, versions, at);
  const { letLieBy, ...rest } = audited;
  const accepted = become({ ...rest, acceptedAt: iso(at), releasedAt: iso(at) } as Lead, { status: 'received' });
  const event = announce(LeadAccepted, { leadId: lead.leadId, reason: by.reason, by: who(by) });
  return [
    save(lead, { ...accepted, sla: startClock(at, deadlines) }),
    append(sealed),
    ...contactKeys.map((key) => trust(key, lead.leadId, at)),
    ...countAccepted(lead),
    outbox(leadPartition(lead.leadId), event, at),
  ];
}

const countAccepted = (lead: Extract<Lead, { status: 'rejected' }>): Change[] => {
  if (wasSetAside(lead)) return [countByHand(lead, 'accepted')];
  return lead.byHand ? [countByHand(lead, 'rejectedByHand', -1)] : [];
};
