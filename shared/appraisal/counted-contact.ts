import { countedFor } from '../journey/counted.ts';
import { type Interaction, isContact } from '../journey/interaction.ts';
import type { Lead } from '../lead/lead.ts';
import type { Counting } from './counting.ts';
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

/**
 * Promises that are known as kept once this contact is: earlier ones that it keeps and no other does, and its own, where another
 * that was told before keeps it.
 */
const keptWith = (contact: Interaction, earlier: readonly Interaction[]): Promised[] => {
  const isKept = (promise: Promised): boolean => earlier.some((each) => keeps(promise, each));
  return [
    ...earlier.filter(isPromise).filter((promise) => keeps(promise, contact) && !isKept(promise)),
    ...[contact].filter(isPromise).filter(isKept),
  ];
};

/** What a logged contact counts for, given all contacts with the lead before it. */
export function countingsOfContact(
  lead: Lead,
  contact: Interaction,
  earlier: readonly Interaction[],
  loggedAt: string,
): Counting[] {
  const { leadId } = lead;
  const kept = keptWith(contact, earlier).flatMap((promise): Counting[] => {
    const whose = countedFor(promise, lead);
    if (whose === undefined) return [];
    // Named by both: what a contact that never was had kept, another may keep.
    const id = `${promise.interactionId}-${contact.interactionId}`;
    const at = new Date(promise.nextStep.dueAt).toISOString();
    return [{ repId: whose, at, facts: { stepsKept: 1 }, of: { what: 'next-step-kept', id, leadId } }];
  });
  const repId = countedFor(contact, lead);
  if (repId === undefined) return kept;
  const promised = contact.nextStep;
  return [
    { repId, at: loggedAt, facts: factsOf(contact), of: { what: 'contact', id: contact.interactionId, leadId } },
    ...(promised
      ? [
          {
            repId,
            at: new Date(promised.dueAt).toISOString(),
            facts: { stepsDue: 1 },
            of: { what: 'next-step', id: contact.interactionId, leadId },
          },
        ]
      : []),
    ...kept,
  ];
}
