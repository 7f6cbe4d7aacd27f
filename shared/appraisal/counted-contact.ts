import { countedFor } from '../journey/counted.ts';
import { type Interaction, isContact } from '../journey/interaction.ts';
import type { Lead } from '../lead/lead.ts';
import { type Counting, undone } from './counting.ts';
import type { Facts } from './facts.ts';

/** A promise counts as kept when somebody was in touch until so long after it was due. Milliseconds. */
const GRACE = 24 * 3600 * 1000;
/** A summary that others can work with has so many characters. */
const WORDS = 6;

const inPerson = new Set(['visit', 'meeting']);

/** What a contact counts for, by itself. */
function factsOf(contact: Interaction): Facts {
  const reached = isContact(contact);
  const evident = contact.nextStep !== undefined || (contact.evidence ?? []).length > 0;
  const visit = inPerson.has(contact.channel);
  const complete = contact.summary.trim().length >= WORDS && (!reached || evident);
  return {
    contacts: 1,
    records: 1,
    ...(reached ? { reached: 1 } : {}),
    ...(visit ? { visits: 1 } : {}),
    ...(visit && reached && evident ? { effectiveVisits: 1 } : {}),
    ...(complete ? { completeRecords: 1 } : {}),
  };
}

type Promised = Interaction & Required<Pick<Interaction, 'nextStep'>>;

const isPromise = (contact: Interaction): contact is Promised => contact.nextStep !== undefined;

/** Whether a contact keeps a promise: made after it, and not overdue. */
const keeps = ({ at, nextStep: { dueAt } }: Promised, by: Interaction): boolean =>
  by.at > at && isContact(by) && Date.parse(by.at) <= Date.parse(dueAt) + GRACE;

const isKept = (promise: Promised, by: readonly Interaction[]): boolean => by.some((each) => keeps(promise, each));

/** Whether the deal ended after the promise was made and before it was due: if nobody kept it, it never fell due. */
const isMoot = ({ at, nextStep: { dueAt } }: Promised, lead: Lead): boolean =>
  'closedAt' in lead && at <= lead.closedAt && Date.parse(lead.closedAt) < Date.parse(dueAt);

/** Counts something of a promise, for whoever made it, on the day on which it is due. */
function countingOf(promise: Promised, lead: Lead, facts: Facts, of: Omit<Counting['of'], 'leadId'>): Counting[] {
  const repId = countedFor(promise, lead);
  const at = new Date(promise.nextStep.dueAt).toISOString();
  return repId === undefined ? [] : [{ repId, at, facts, of: { ...of, leadId: lead.leadId } }];
}

/** What a logged contact counts for, given all contacts with the lead before it. */
export function countingsOfContact(
  lead: Lead,
  contact: Interaction,
  earlier: readonly Interaction[],
  loggedAt: string,
): Counting[] {
  const own = isPromise(contact) ? contact : undefined;
  const ownIsKept = own !== undefined && isKept(own, earlier);
  // Known as kept from now on, by this contact and no other.
  const kept = earlier.filter(isPromise).filter((each) => keeps(each, contact) && !isKept(each, earlier));
  const repId = countedFor(contact, lead);
  // Named by both: what a contact that never was had kept, another may keep.
  const pairOf = (promise: Promised) => ({
    what: 'next-step-kept',
    id: `${promise.interactionId}-${contact.interactionId}`,
  });
  return [
    ...(repId === undefined
      ? []
      : [
          {
            ...{ repId, at: loggedAt, facts: factsOf(contact) },
            of: { what: 'contact', id: contact.interactionId, leadId: lead.leadId },
          },
        ]),
    ...(own && (ownIsKept || !isMoot(own, lead))
      ? countingOf(own, lead, { stepsDue: 1 }, { what: 'next-step', id: contact.interactionId })
      : []),
    ...(own && ownIsKept ? countingOf(own, lead, { stepsKept: 1 }, pairOf(own)) : []),
    ...kept.flatMap((each) =>
      countingOf(each, lead, { ...(isMoot(each, lead) ? { stepsDue: 1 } : {}), stepsKept: 1 }, pairOf(each)),
    ),
  ];
}

/** What the end of a deal takes back of its contacts: what was promised for later and is not kept yet never falls due. */
export const countingsOfEnd = (ended: Lead, contacts: readonly Interaction[]): Counting[] =>
  contacts
    .filter(isPromise)
    .filter((promise) => isMoot(promise, ended) && !isKept(promise, contacts))
    .flatMap((promise) =>
      countingOf(promise, ended, { stepsDue: 1 }, { what: 'next-step', id: `${promise.interactionId}-ended` }),
    )
    .map(undone);
