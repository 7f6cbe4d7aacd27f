import { ContactCorrected } from '../../../events/contact-corrected.ts';
import { announce } from '../../../events/contract.ts';
import { countCorrectionOf } from '../../appraisal/facts/store.ts';
import { recordsOf } from '../../audit/store.ts';
import { firstContactIn, isContact as isSaid, type Said } from '../../conversation/message.ts';
import { isClosed, type Lead } from '../../lead/lead.ts';
import { leadPartition } from '../../lead/partition.ts';
import { save } from '../../lead/store.ts';
import { iso } from '../../platform/clock.ts';
import { type Change, outbox } from '../../platform/commit.ts';
import { newId, timeOf } from '../../platform/random.ts';
import type { Table } from '../../platform/table.ts';
import type { SlaRules } from '../../sla/rules.ts';
import { type Contact, nextTask } from '../contacts/store.ts';
import { countedFor } from '../counted.ts';
import { contactMade, contactUnmade, endOf } from '../first-contact/store.ts';
import { countCorrection } from '../health/store.ts';
import { type Interaction, isContact } from '../interaction.ts';
import { goneOn } from '../progress.ts';
import { addInteraction, rulesOf } from '../store.ts';
import { addTask, saveTask, tasksAbout } from '../tasks/store.ts';
import { asTheyWere } from './marked.ts';
import { retasked } from './tasks.ts';

/** A contact as it was, or that it never was; and why that is said. */
export type Correction = { reason: string; repId?: string } & ({ retracted: true } | Contact);

/** A lead with all its records before the correction, and what was said with its customer. */
interface Corrected {
  lead: Lead;
  records: readonly Interaction[];
  messages: readonly Said[];
}

/** When whoever has the lead got it (ISO 8601); undefined if no decision says so. */
async function givenTo(table: Table, { leadId }: Lead): Promise<string | undefined> {
  return (await recordsOf(table, leadId)).findLast(({ outcome }) => outcome === 'assigned')?.at;
}

/** All that a correction changes, in one transaction. The lead is saved too: two corrections of one contact meet there. */
export async function corrected(
  table: Table,
  { lead, records, messages }: Corrected,
  wrong: Interaction,
  right: Correction,
  sla: SlaRules,
  at: Date,
) {
  const { leadId } = lead;
  const interactionId = newId(at);
  const { corrects: _, reason: __, retracted: ___, ...was } = wrong;
  const record: Interaction =
    'retracted' in right
      ? { ...was, interactionId, corrects: wrong.interactionId, reason: right.reason, retracted: true }
      : {
          ...right,
          interactionId,
          corrects: wrong.interactionId,
          ...(wrong.counted ? { counted: { ...wrong.counted, repId: countedFor(wrong, lead) ?? '' } } : {}),
        };
  const todo = isClosed(lead)
    ? { changes: [], also: (each: Lead) => each }
    : await todoAfter(table, { lead, records }, wrong, record, at);
  const givenAt = lead.status === 'contacted' ? await givenTo(table, lead) : undefined;
  const made = firstContactAfter({ lead, records, messages, givenAt }, wrong, record, sla, at, todo.also);
  const event = announce(ContactCorrected, {
    leadId,
    interactionId,
    corrects: wrong.interactionId,
    reason: right.reason,
    ...(made.reopened ? { reopened: true } : {}),
  });
  return {
    changes: [
      ...made.changes,
      ...todo.changes,
      addInteraction(leadId, record),
      ...countCorrection(wrong, record),
      ...countCorrectionOf(lead, wrong, record, records),
      outbox(leadPartition(leadId), event, at),
    ],
    answer: {
      interactionId,
      corrects: wrong.interactionId,
      firstContactAt: made.lead.sla.firstContactAt,
      reopened: made.reopened,
    },
  };
}

/** The contact, and all that it corrects, by their ids. */
function idsOf(records: readonly Interaction[], wrong: Interaction): Set<string> {
  const by = new Map(records.map((record) => [record.interactionId, record]));
  const ids = new Set<string>();
  for (let each: Interaction | undefined = wrong; each; each = by.get(each.corrects ?? '')) ids.add(each.interactionId);
  return ids;
}

/** What there is to do after a correction, and how many tasks the lead then has. */
async function todoAfter(
  table: Table,
  { lead, records }: Pick<Corrected, 'lead' | 'records'>,
  wrong: Interaction,
  right: Interaction,
  at: Date,
): Promise<{ changes: Change[]; also: (lead: Lead) => Lead }> {
  const [tasks, rules] = await Promise.all([tasksAbout(table, lead.leadId), rulesOf(table, lead)]);
  const reached = !right.retracted && isContact(right);
  const { changed, added } = retasked(tasks, idsOf(records, wrong), { wrong, right, reached }, rules.tasks, at);
  const next = added && nextTask(lead, { ...right, nextStep: added }, right.interactionId, rules, at);
  const more = changed.reduce(
    (sum, { before, after }) => sum + Number(after.state === 'open') - Number(before.state === 'open'),
    next ? 1 : 0,
  );
  return {
    changes: [...changed.map(({ before, after }) => saveTask(before, after)), ...(next ? [addTask(next)] : [])],
    also: (each) => (more === 0 ? each : { ...each, openTasks: Math.max(0, (each.openTasks ?? 0) + more) }),
  };
}

/** When somebody was in touch (ISO 8601), and when that was told first: a call may be logged long after it was made. */
interface Touched {
  at: string;
  toldAt: string;
}

/** The contact, told of when its first record was made. */
function touched(records: readonly Interaction[], contact: Interaction): Touched {
  const first = [...idsOf(records, contact)].at(-1) ?? contact.interactionId;
  return { at: contact.at, toldAt: iso(timeOf(first)) };
}

/** Who was in touch with the customer since their latest post, by what is known without this contact. */
function othersOf({ lead, records, messages }: Corrected, wrong: Interaction): Touched[] {
  const { receivedAt } = lead.sla;
  const again = receivedAt !== lead.receivedAt;
  const logged = asTheyWere(records)
    .filter((each) => each.interactionId !== wrong.interactionId && isContact(each) && !(again && each.at < receivedAt))
    .map((each) => touched(records, each));
  const first = firstContactIn(messages, receivedAt);
  const said = messages.flatMap((each) =>
    first !== undefined && each.at >= first && isSaid(each) ? [{ at: each.at, toldAt: each.at }] : [],
  );
  return [...logged, ...said];
}

/** The lead with its first contact as it is known now, with all that follows from it. */
function firstContactAfter(
  { givenAt, ...of }: Corrected & { givenAt: string | undefined },
  wrong: Interaction,
  right: Interaction,
  sla: SlaRules,
  at: Date,
  also: (lead: Lead) => Lead,
) {
  const { lead, records } = of;
  const reached = !right.retracted && isContact(right);
  const known = lead.sla.firstContactAt;
  const earlier = reached && (!isContact(wrong) || known === null || right.at < known);
  // Of a deal that has ended, too: what is known late counts for how fast they were. A lead that was none counts for nothing.
  if (earlier && (!isClosed(lead) || endOf(lead)))
    return { ...contactMade(lead, right.at, sla, at, also), reopened: false };
  if (!isContact(wrong)) return { lead, changes: [save(lead, also(lead))], reopened: false };
  const touches = [...othersOf(of, wrong), ...(reached ? [{ ...touched(records, wrong), at: right.at }] : [])];
  const all = touches.map((each) => each.at).sort();
  const byOwner = givenAt === undefined || touches.some((each) => each.at >= givenAt || each.toldAt >= givenAt);
  const tried = (each: Lead): Lead =>
    reached ? goneOn(each, new Date(right.at)) : right.retracted ? each : { ...each, triedAt: right.at };
  return contactUnmade(lead, { wrongAt: wrong.at, first: all[0], last: all.at(-1), byOwner }, sla, at, (each) =>
    also(tried(each)),
  );
}
