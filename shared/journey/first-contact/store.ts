import { announce } from '../../../events/contract.ts';
import { EscalationWithdrawn } from '../../../events/escalation-withdrawn.ts';
import { countAnswerOf } from '../../appraisal/facts/store.ts';
import { noting } from '../../attribution/store.ts';
import { type Lead, ownerOf } from '../../lead/lead.ts';
import { leadPartition } from '../../lead/partition.ts';
import { save } from '../../lead/store.ts';
import { iso } from '../../platform/clock.ts';
import { type Change, outbox } from '../../platform/commit.ts';
import { countContact, countedAs } from '../../response/store.ts';
import { protectedFrom } from '../../sla/lead-clock.ts';
import type { SlaRules } from '../../sla/rules.ts';
import { withdrawException } from '../../sla/store.ts';
import { type Contacted, contacted } from '../contact.ts';
import { goneOn } from '../progress.ts';

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
  const protectedNow = goneOn(protectedFrom(made, rules, at), new Date(contactAt));
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

/** Saves the lead, counted by how long its first contact took. */
function counted(before: Lead, after: Lead, first: boolean, at: Date): Change[] {
  const contactAt = after.sla.firstContactAt;
  // The answer to a later post of theirs is not the response to the first.
  const again = before.response !== undefined && before.sla.receivedAt !== before.receivedAt;
  if (!first || again || contactAt === null) return [save(before, after)];
  const response = countedAs(after, ownerOf(after), contactAt);
  return [
    save(before, { ...after, response, given: response.row }),
    ...countContact(response, before.response, before.given),
    ...countAnswerOf(before, after, at),
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
