import { type Interaction, isContact } from '../journey/interaction.ts';
import { type Stage, stages } from '../journey/stages.ts';
import { type Lead, ownerOf } from '../lead/lead.ts';
import type { Facts } from './facts.ts';

/** What is counted of whom, at which time, and the thing that it is counted by. */
export interface Counting {
  repId: string;
  /** On whose day it is counted (ISO 8601). */
  at: string;
  facts: Facts;
  /** What the counted thing is, and its own id: the same is counted once. */
  of: { what: string; id: string; leadId?: string; url?: string };
}

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

/** Promises of earlier contacts that this one keeps: made before it, not overdue, not kept by another. */
function keptBy(contact: Interaction, earlier: readonly Interaction[]): Interaction[] {
  if (!isContact(contact)) return [];
  return earlier.filter(
    (promise) =>
      promise.nextStep !== undefined &&
      promise.at < contact.at &&
      Date.parse(contact.at) <= Date.parse(promise.nextStep.dueAt) + GRACE &&
      !earlier.some(
        (other) =>
          other.at > promise.at &&
          isContact(other) &&
          Date.parse(other.at) <= Date.parse(promise.nextStep?.dueAt ?? '') + GRACE,
      ),
  );
}

/** What a logged contact counts for, given all contacts with the lead before it. */
export function countingsOfContact(
  lead: Lead,
  contact: Interaction,
  earlier: readonly Interaction[],
  loggedAt: string,
): Counting[] {
  const { leadId } = lead;
  const repId = contact.repId ?? ownerOf(lead)?.repId;
  const who = (of: Interaction) => of.repId ?? ownerOf(lead)?.repId;
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
    ...keptBy(contact, earlier).flatMap((promise): Counting[] => {
      const by = who(promise);
      const dueAt = promise.nextStep?.dueAt;
      if (by === undefined || dueAt === undefined) return [];
      const of = { what: 'next-step-kept', id: promise.interactionId, leadId };
      return [{ repId: by, at: new Date(dueAt).toISOString(), facts: { stepsKept: 1 }, of }];
    }),
  ];
}

/** Reasons that say that there never was the need that was claimed. */
const NEVER_MEANT =
  /never (had|was|interested)|no (real |actual )?(need|demand|intent)|not a (real )?(lead|customer)|fake|made[ -]?up|wrong (person|number)|无需求|没有需求|无意向|没有意向|虚报|虚假|空号|打错/i;

const rankOf = (stage: Stage['name']): number => (stages as readonly string[]).indexOf(stage);

/** What a move of a deal counts for its owner. */
export function countingsOfMove(
  lead: Lead,
  to: Stage['name'],
  lostReason: string | undefined,
  at: string,
  id: string,
): Counting[] {
  const owner = ownerOf(lead);
  if (!owner) return [];
  const [before, after] = [rankOf(lead.stage.name), rankOf(to)];
  const won = to === stages.at(-1);
  const lost = to === 'lost';
  const falsely = lost && before > 0 && NEVER_MEANT.test(lostReason ?? '');
  const facts: Facts = {
    ...(after > before ? { forward: 1 } : {}),
    ...(before === 0 && after === 1 ? { claims: 1 } : {}),
    ...(won ? { won: 1, closed: 1 } : {}),
    ...(won && lead.previousBy === undefined ? { newCustomers: 1 } : {}),
    ...(lost ? { lost: 1, closed: 1 } : {}),
    ...(falsely ? { falseClaims: 1 } : {}),
  };
  if (Object.keys(facts).length === 0) return [];
  return [
    { repId: owner.repId, at, facts, of: { what: won ? 'won' : lost ? 'lost' : 'move', id, leadId: lead.leadId } },
  ];
}

/** What a first contact counts for the lead's owner: in time when it was before the supervisor would have been told. */
function answer({
  sla: { firstContactAt, receivedAt, supervisorDueAt },
}: Lead): Required<Pick<Facts, 'answered' | 'answerMinutes' | 'answeredInTime'>> {
  if (firstContactAt === null) return { answered: 0, answerMinutes: 0, answeredInTime: 0 };
  const minutes = Math.max(0, Math.floor((Date.parse(firstContactAt) - Date.parse(receivedAt)) / 60_000));
  return { answered: 1, answerMinutes: minutes, answeredInTime: Number(firstContactAt <= supervisorDueAt) };
}

/** What a first contact counts; one that turns out to have been earlier than the one that was counted, by how much it differs. */
export function countingsOfAnswer(before: Lead, after: Lead, at: string, id: string): Counting[] {
  const owner = ownerOf(after);
  if (!owner) return [];
  const [was, is] = [answer(before), answer(after)];
  const facts: Facts = Object.fromEntries(
    (['answered', 'answerMinutes', 'answeredInTime'] as const)
      .map((name) => [name, is[name] - was[name]] as const)
      .filter(([name, by]) => by !== 0 || (name === 'answered' && was.answered === 0)),
  );
  if (Object.keys(facts).length === 0) return [];
  return [{ repId: owner.repId, at, facts, of: { what: 'first-contact', id, leadId: after.leadId } }];
}
