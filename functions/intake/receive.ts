import { announce } from '../../events/contract.ts';
import { LeadDuplicated } from '../../events/lead-duplicated.ts';
import { LeadReceived } from '../../events/lead-received.ts';
import { emptyChain } from '../../shared/audit/record.ts';
import type { Form } from '../../shared/lead/form.ts';
import { isClosed, type Lead } from '../../shared/lead/lead.ts';
import { leadPartition } from '../../shared/lead/partition.ts';
import { create } from '../../shared/lead/store.ts';
import { claim, noteCompany } from '../../shared/person/store.ts';
import { iso } from '../../shared/platform/clock.ts';
import { type Change, outbox } from '../../shared/platform/commit.ts';
import { newId } from '../../shared/platform/random.ts';
import { startClock } from '../../shared/sla/clock.ts';
import type { Deadlines } from '../../shared/sla/rules.ts';
import { toWgs84 } from '../../shared/territory/crs.ts';
import type { Person } from './recognise.ts';

/** Within this long after their last lead, the same person posting again is a duplicate of it while it is open. */
const DUPLICATE_WINDOW = 30 * 24 * 3600 * 1000;

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
  const original = person.leads.find((lead) => isOriginal(lead, at));
  const source = form.source.channel;
  if (original) {
    const duplicateOf = original.leadId;
    const lead: Lead = { ...base, status: 'duplicate', duplicateOf };
    const event = announce(LeadDuplicated, { leadId, duplicateOf, source });
    return {
      changes: [...create(lead, form), ...claims(person, duplicateOf), outbox(leadPartition(leadId), event, at)],
      receipt: { leadId, status: 'duplicate', duplicateOf },
    };
  }
  const lead: Lead = { ...base, status: 'received', ...previousOf(person) };
  const event = announce(LeadReceived, { leadId, source });
  return {
    changes: [
      ...create(lead, form),
      ...claims(person, leadId),
      ...(person.companyKey === undefined ? [] : [noteCompany(person.companyKey, leadId)]),
      outbox(leadPartition(leadId), event, at),
    ],
    receipt: { leadId, status: 'received' },
  };
}

/** The lead before this one of the same person; else of the same company. */
function previousOf({ leads, companyLeadId }: Person): Pick<Lead, 'previousLeadId' | 'previousBy'> {
  const [own] = leads;
  if (own) return { previousLeadId: own.leadId, previousBy: 'person' };
  return companyLeadId === undefined ? {} : { previousLeadId: companyLeadId, previousBy: 'company' };
}

const isOriginal = (lead: Lead, at: Date): boolean =>
  !isClosed(lead) && Date.parse(lead.receivedAt) > at.getTime() - DUPLICATE_WINDOW;

/** Ties every contact key to the lead, on condition that each is still known (or unknown) as it was seen. */
const claims = (person: Person, leadId: string): Change[] =>
  person.contactKeys.map((key) =>
    claim(
      key,
      leadId,
      person.known.find(({ contactKey }) => contactKey === key),
    ),
  );

/** What every lead begins with. */
export function baseOf(leadId: string, form: Form, deadlines: Deadlines, at: Date) {
  const { campaign, channel } = form.source;
  const point = form.location?.point;
  return {
    leadId,
    receivedAt: iso(at),
    source: { channel, ...(campaign ? { campaign } : {}) },
    ...(form.productLine ? { productLine: form.productLine } : {}),
    ...(form.company?.industry ? { industry: form.company.industry } : {}),
    ...(form.preferredRepId ? { preferredRepId: form.preferredRepId } : {}),
    ...(point ? { point: toWgs84(point) } : {}),
    version: 1,
    sla: startClock(at, deadlines),
    stage: { name: 'first-contact' as const, since: iso(at) },
    attempts: 0,
    audit: emptyChain(leadId),
  };
}
