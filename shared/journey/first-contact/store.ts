import { announce } from '../../../events/contract.ts';
import { EscalationWithdrawn } from '../../../events/escalation-withdrawn.ts';
import { countAnswerOf, countOverdueOf } from '../../appraisal/facts/store.ts';
import { noting } from '../../attribution/store.ts';
import { isClosed, type Lead, ownerOf } from '../../lead/lead.ts';
import { leadPartition } from '../../lead/partition.ts';
import { save } from '../../lead/store.ts';
import { iso } from '../../platform/clock.ts';
import { type Change, outbox } from '../../platform/commit.ts';
import { minutesBetween } from '../../response/response.ts';
import { countContact, countedAs, recount } from '../../response/store.ts';
import { protectedFrom, whyMissed } from '../../sla/lead-clock.ts';
import type { SlaRules } from '../../sla/rules.ts';
import { recordException, withdrawException } from '../../sla/store.ts';
import { type Contacted, contacted, uncontacted, unreached } from '../contact.ts';
import { goneOn, setBack } from '../progress.ts';

/** What a contact changes: the lead, and all its writes for the transaction that records the contact itself. */
export interface Changed {
  lead: Lead;
  /** The first contact is this one. */
  first: boolean;
  changes: Change[];
}

/**
 * A contact that was made with the customer at `contactAt` (ISO 8601): the earliest stops the clock, and takes back what was not
 * true. `also` is what else changes about the lead.
 */
export function contactMade(
  before: Lead,
  contactAt: string,
  rules: SlaRules,
  at: Date,
  also: (lead: Lead) => Lead = (lead) => lead,
): Changed {
  const { lead: made, first, withdrawn } = contacted(before, contactAt);
  // Nobody takes away what has ended.
  const protectedNow = isClosed(made) ? made : goneOn(protectedFrom(made, rules, at), new Date(contactAt));
  const { lead, changes } = noting(also(protectedNow), first ? 'contacted' : undefined, contactAt, at);
  return {
    lead,
    first,
    changes: [
      ...counted(before, lead, first, at),
      ...changes,
      ...(withdrawn.length > 0 ? takenBack(lead, withdrawn, at) : []),
    ],
  };
}

/** How the deal has ended, if it has. */
export const endOf = ({ status }: Lead): 'won' | 'lost' | undefined =>
  status === 'won' || status === 'lost' ? status : undefined;

/** Saves the lead, counted by how long its first contact took. */
function counted(before: Lead, contactedLead: Lead, first: boolean, at: Date): Change[] {
  const { lead: after, countings, changes } = countOverdueOf(contactedLead, at);
  const contactAt = after.sla.firstContactAt;
  // The answer to a later post of theirs is not the response to the first.
  const again = before.response !== undefined && before.sla.receivedAt !== before.receivedAt;
  if (!first || again || contactAt === null) return [save(before, after), ...changes];
  const response = countedAs(after, ownerOf(after), contactAt);
  const ended = endOf(before);
  return [
    save(before, { ...after, response, given: response.row }),
    ...(ended
      ? recount(response, before.response, { given: before.given, ended })
      : countContact(response, before.response, before.given)),
    ...countAnswerOf(before, after, at, countings),
  ];
}

/** Escalations that were not true are marked so. */
function takenBack({ leadId, sla }: Lead, levels: Contacted['withdrawn'], at: Date): Change[] {
  const firstContactAt = sla.firstContactAt ?? iso(at);
  const event = announce(EscalationWithdrawn, { leadId, levels, firstContactAt });
  const exception = levels.includes('exception')
    ? [withdrawException({ leadId, dueAt: sla.exceptionDueAt }, firstContactAt)]
    : [];
  return [outbox(leadPartition(leadId), event, at), ...exception];
}

/**
 * A contact that never was, and what remains: when the earliest and the latest were made (ISO 8601), none if undefined; and whether
 * whoever has the lead now was in touch by any.
 */
export interface Unmade {
  wrongAt: string;
  first: string | undefined;
  last: string | undefined;
  byOwner: boolean;
}

/**
 * What it changes that a contact was never made: if it was the first, the next one is, and everything counts from that; if there is
 * none, the lead waits again. To ads, which were told of it, it stays a contact.
 */
export function contactUnmade(
  before: Lead,
  { wrongAt, first, last, byOwner }: Unmade,
  rules: SlaRules,
  at: Date,
  also: (lead: Lead) => Lead = (lead) => lead,
): Changed & { reopened: boolean } {
  const known = before.sla.firstContactAt;
  const back = setBack(byOwner ? before : unreached(before), wrongAt, last);
  if (known !== wrongAt || first === wrongAt) {
    const lead = also(back);
    return { lead, first: false, reopened: false, changes: [save(before, lead)] };
  }
  const { lead: made, reopened, missed } = uncontacted(back, first, rules, at);
  const { lead, changes } = countedAnew(before, also(made), at);
  const { leadId, sla } = lead;
  const repId = ownerOf(lead)?.repId;
  const exception = { leadId, at: iso(at), dueAt: sla.exceptionDueAt, repId, why: whyMissed(lead) };
  return { lead, first: false, reopened, changes: [...changes, ...(missed ? [recordException(exception)] : [])] };
}

/** Saves the lead, counted by its first contact as it is known now. What was counted of an earlier post of theirs stays. */
function countedAnew(before: Lead, unmade: Lead, at: Date): { lead: Lead; changes: Change[] } {
  const { lead: after, countings, changes } = countOverdueOf(unmade, at);
  const { response } = before;
  const [was, is] = [before.sla.firstContactAt, after.sla.firstContactAt];
  if (!response || was === null || response.minutes !== minutesBetween(before.sla.receivedAt, was))
    return { lead: after, changes: [save(before, after), ...changes] };
  const { response: _, ...uncounted } = after;
  const now = is === null ? undefined : countedAs(after, ownerOf(after), is);
  const lead = { ...uncounted, ...(now ? { response: now, given: now.row } : {}) } as Lead;
  return {
    lead,
    changes: [
      save(before, lead),
      ...recount(now, response, { given: before.given, ended: endOf(before) }),
      ...countAnswerOf(before, after, at, countings),
    ],
  };
}
