import { announce } from '../../events/contract.ts';
import { LeadDuplicated } from '../../events/lead-duplicated.ts';
import { LeadReceived } from '../../events/lead-received.ts';
import { adIds } from '../../shared/attribution/clicks.ts';
import { emptyChain } from '../../shared/audit/record.ts';
import type { Form } from '../../shared/lead/form.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import { routedBy } from '../../shared/lead/routed-by.ts';
import { create } from '../../shared/lead/store.ts';
import { claim } from '../../shared/person/store.ts';
import { iso } from '../../shared/platform/clock.ts';
import { type Change, riding } from '../../shared/platform/commit.ts';
import { newId } from '../../shared/platform/random.ts';
import { startClock } from '../../shared/sla/clock.ts';
import type { Deadlines } from '../../shared/sla/rules.ts';
import type { Person } from './recognise.ts';

/** What is answered to whoever posted. */
export type Receipt =
  | { leadId: string; status: 'received' }
  | { leadId: string; status: 'duplicate'; duplicateOf: string };

/** What a posted form becomes: all its writes, for one transaction, and the receipt. */
export function receive(
  form: Form,
  person: Person,
  deadlines: Deadlines,
  at: Date,
  leadId: string = newId(at),
): { changes: Change[]; receipt: Receipt } {
  const base = baseOf(leadId, form, deadlines, at);
  const source = form.source.channel;
  if (person.original) {
    const { likeness, others } = person.original;
    const duplicateOf = person.original.lead.leadId;
    const lead: Lead = { ...base, status: 'duplicate', duplicateOf, likeness };
    const event = announce(LeadDuplicated, { leadId, duplicateOf, source, ...(others.length > 0 ? { others } : {}) });
    return {
      changes: [...create(lead, form, riding(event, at)), ...claims(person, duplicateOf)],
      receipt: { leadId, status: 'duplicate', duplicateOf },
    };
  }
  const lead: Lead = { ...base, status: 'received', ...previousOf(person) };
  const event = announce(LeadReceived, { leadId, source });
  return {
    changes: [...create(lead, form, riding(event, at)), ...claims(person, leadId)],
    receipt: { leadId, status: 'received' },
  };
}

/** The lead before this one of the same person; else of the same company. */
function previousOf({ leads, ofCompany: [newest] }: Person): Pick<Lead, 'previousLeadId' | 'previousBy'> {
  const [own] = leads;
  if (own) return { previousLeadId: own.leadId, previousBy: 'person' };
  return newest ? { previousLeadId: newest.leadId, previousBy: 'company' } : {};
}

/**
 * Ties every contact key to the lead, on condition that each is still known (or unknown) as it was seen. One that points there
 * already is let be: many posts of one person at once do not wait for each other.
 */
const claims = (person: Person, leadId: string): Change[] =>
  person.contactKeys.flatMap((key) => {
    const seen = person.known.find(({ contactKey }) => contactKey === key);
    return seen?.leadId === leadId ? [] : [claim(key, leadId, seen)];
  });

/** What every lead begins with. */
export function baseOf(leadId: string, form: Form, deadlines: Deadlines, at: Date) {
  const { campaign, channel } = form.source;
  return {
    leadId,
    receivedAt: iso(at),
    source: { channel, ...(campaign ? { campaign } : {}) },
    ...routedBy(form),
    ...(Object.keys(adIds(form.source)).length > 0 ? { conversions: [] } : {}),
    version: 1,
    sla: startClock(at, deadlines),
    stage: { name: 'first-contact' as const, since: iso(at) },
    attempts: 0,
    audit: emptyChain(leadId),
  };
}
