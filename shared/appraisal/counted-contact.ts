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

/** A promise that was kept: by which contact it was made, and when it was due. */
type Kept = { promise: Interaction; dueAt: string };

/** Promises of earlier contacts that this one keeps: made before it, not overdue, not kept by another. */
const keptBy = (contact: Interaction, earlier: readonly Interaction[]): Kept[] =>
  earlier.flatMap((promise) => {
    const { nextStep, at } = promise;
    if (!nextStep) return [];
    const { dueAt } = nextStep;
    const keeps = (other: Interaction): boolean =>
      other.at > at && isContact(other) && Date.parse(other.at) <= Date.parse(dueAt) + GRACE;
    return keeps(contact) && !earlier.some(keeps) ? [{ promise, dueAt }] : [];
  });

/** What a logged contact counts for, given all contacts with the lead before it. */
export function countingsOfContact(
  lead: Lead,
  contact: Interaction,
  earlier: readonly Interaction[],
  loggedAt: string,
): Counting[] {
  const { leadId } = lead;
  const repId = countedFor(contact, lead);
  if (repId === undefined) return [];
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
    ...keptBy(contact, earlier).flatMap(({ promise, dueAt }): Counting[] => {
      const whose = countedFor(promise, lead);
      if (whose === undefined) return [];
      return [
        {
          repId: whose,
          at: new Date(dueAt).toISOString(),
          facts: { stepsKept: 1 },
          of: { what: 'next-step-kept', id: promise.interactionId, leadId },
        },
      ];
    }),
  ];
}
