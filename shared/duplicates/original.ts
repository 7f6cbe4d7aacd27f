import { stages } from '../journey/stages.ts';
import type { Contact } from '../lead/contact.ts';
import type { Form } from '../lead/form.ts';
import { isClosed, type Lead } from '../lead/lead.ts';
import { type DuplicateRules, windowBegins } from './rules.ts';
import { similarity } from './similar.ts';

/** Whether a post that comes now can be a duplicate of the lead: it is open, and did not come in too long ago. */
export const takesDuplicates = (lead: Lead, rules: DuplicateRules, at: Date): boolean =>
  !isClosed(lead) && Date.parse(lead.receivedAt) > windowBegins(rules, at);

/** Whether somebody was in touch with the customer, be it that the clock started anew since, or that another has the lead. */
const wasContacted = ({ status, sla, response }: Lead): boolean =>
  status === 'contacted' || sla.firstContactAt !== null || response !== undefined;

const rank = ({ stage }: Lead): number => (stages as readonly string[]).indexOf(stage.name);

const hasTasks = ({ openTasks = 0 }: Lead): boolean => openTasks > 0;

/** How far somebody got with a lead, what counts most first. */
const progress = (lead: Lead): number[] => [
  Number(lead.status === 'contacted'),
  Number(wasContacted(lead)),
  rank(lead),
  Number(hasTasks(lead)),
];

/** Which of two leads of one person the other is merged into: the one with which somebody got further, else the first. */
function beforeOther(a: Lead, b: Lead): number {
  const theirs = progress(b);
  const ahead = progress(a).map((own, at) => (theirs[at] ?? 0) - own);
  return ahead.find((by) => by !== 0) ?? (a.leadId < b.leadId ? -1 : 1);
}

/** The lead into which the others of the same person are merged. */
export const survivor = (leads: readonly Lead[]): Lead | undefined => [...leads].sort(beforeOther)[0];

/** What nobody would see to any more if the lead were merged into another, in words; nothing if it may be. */
export function forgotten(lead: Lead, into: Lead, payments: number): string[] {
  return [
    ...(wasContacted(lead) && !wasContacted(into) ? ['its customer was contacted'] : []),
    ...(rank(lead) > rank(into) ? [`it stands at ${lead.stage.name}`] : []),
    ...(hasTasks(lead) ? ['it has open tasks'] : []),
    ...(payments > 0 ? ['it has payments'] : []),
  ];
}

/** Whether leads of one person may be merged without anybody looking: nobody kept them apart, nobody works on the first. */
export const joinable = (lead: Lead, into: Lead, payments = 0): boolean =>
  !isClosed(lead) &&
  !isClosed(into) &&
  !wasContacted(lead) &&
  forgotten(lead, into, payments).length === 0 &&
  lead.apartFrom?.includes(into.leadId) !== true &&
  into.apartFrom?.includes(lead.leadId) !== true;

/** A lead that may be of the same person, and what was posted. */
export interface Candidate {
  lead: Lead;
  form: Form;
}

const mailbox = (address: string): [name: string, domain: string] => {
  const folded = address.normalize('NFKC').trim().toLowerCase();
  const at = folded.lastIndexOf('@');
  return [folded.slice(0, at), folded.slice(at + 1)];
};

/** Two mailboxes at one place are two people's, however alike their names. */
function areTwo(one: Contact, other: Contact): boolean {
  if (one.email === undefined || other.email === undefined) return false;
  const [[name, domain], [otherName, otherDomain]] = [mailbox(one.email), mailbox(other.email)];
  return domain === otherDomain && name !== otherName;
}

/** Whether two names are similar enough for one person's, as far as there are two. */
export const calledAlike = (one: string | undefined, other: string | undefined, { likely }: DuplicateRules): boolean =>
  likely.enabled && one !== undefined && other !== undefined && similarity(one, other) >= likely.threshold;

/** Of leads of the same company, the one whose contact is named most like this one; undefined when none is enough. */
export function likelyOriginal(
  contact: Contact,
  candidates: readonly Candidate[],
  rules: DuplicateRules,
  at: Date,
): Lead | undefined {
  const alike = candidates
    .filter(({ lead, form }) => takesDuplicates(lead, rules, at) && !areTwo(contact, form.contact))
    .filter(({ form }) => calledAlike(contact.name, form.contact.name, rules))
    .map(({ lead, form }) => ({ lead, likeness: similarity(contact.name ?? '', form.contact.name ?? '') }));
  const best = Math.max(...alike.map(({ likeness }) => likeness));
  return survivor(alike.filter(({ likeness }) => likeness === best).map(({ lead }) => lead));
}
