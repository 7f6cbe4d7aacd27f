import { ContactLogged } from '../../../events/contact-logged.ts';
import { announce } from '../../../events/contract.ts';
import { countContactOf } from '../../appraisal/facts/store.ts';
import { type Lead, ownerOf } from '../../lead/lead.ts';
import { leadPartition } from '../../lead/partition.ts';
import { save } from '../../lead/store.ts';
import { type Change, outbox } from '../../platform/commit.ts';
import { invalid } from '../../platform/problem.ts';
import { newId } from '../../platform/random.ts';
import type { Table } from '../../platform/table.ts';
import type { SlaRules } from '../../sla/rules.ts';
import { actionsOf } from '../checklist.ts';
import { type Changed, contactMade } from '../first-contact/store.ts';
import { countedAs, countLogged } from '../health/store.ts';
import { type Interaction, isContact } from '../interaction.ts';
import { type JourneyRules, journeyOf } from '../rules.ts';
import { addInteraction, rulesOf } from '../store.ts';
import { addTask, newTaskId, saveTask, tasksAbout } from '../tasks/store.ts';
import { end, fulfilledBy, setTask, type Task } from '../tasks/task.ts';

/** So many tasks are done by one contact: a transaction holds 100 writes. What is left is done by the next. */
const MOST_KEPT = 50;

/** A contact that is logged now. */
export type Contact = Omit<Interaction, 'interactionId'>;

/** All that logging a contact changes, in one transaction, and what is said of it. */
export interface Logged {
  changes: Change[];
  answer: { interactionId: string; at: string; firstContactAt: string | null; taskId?: string; tasksDone: string[] };
}

/** A dial that reached nobody is no contact, but it was tried. */
const tried = (lead: Lead, triedAt: string, with_: (lead: Lead) => Lead): Changed => {
  const after = with_({ ...lead, triedAt });
  return { lead: after, first: false, changes: [save(lead, after)] };
};

/** @throws Problem 400 naming an action that no stage of the deal's journey has */
function mustBeActions(done: readonly string[] | undefined, rules: JourneyRules, lead: Lead): void {
  const known = actionsOf(journeyOf(rules, lead.productLine).stages);
  done?.forEach((id, at) => {
    if (!known.has(id)) throw invalid(`done.${at}`, `${id} is no action of this deal’s stages`);
  });
}

/** What a contact changes: the lead's clock, its records, running counts, and what there is to do. */
export async function logged(table: Table, lead: Lead, contact: Contact, sla: SlaRules, at: Date): Promise<Logged> {
  const { leadId } = lead;
  const reached = isContact(contact);
  const interactionId = newId(at);
  const rules = await rulesOf(table, lead);
  mustBeActions(contact.done, rules, lead);
  const waiting = (lead.openTasks ?? 0) > 0 ? await tasksAbout(table, leadId) : [];
  const kept = reached ? fulfilledBy(waiting, contact.at).slice(0, MOST_KEPT) : [];
  const next = nextTask(lead, contact, interactionId, rules, at);
  const counted = (after: Lead): Lead =>
    next || kept.length > 0
      ? { ...after, openTasks: Math.max(0, (lead.openTasks ?? 0) - kept.length + (next ? 1 : 0)) }
      : after;
  const made = reached ? contactMade(lead, contact.at, sla, at, counted) : tried(lead, contact.at, counted);
  const record = { ...contact, interactionId, counted: countedAs(lead, interactionId, at) };
  const event = announce(ContactLogged, {
    leadId,
    channel: contact.channel,
    first: made.first,
    reached,
    ...(contact.repId === undefined ? {} : { repId: contact.repId }),
  });
  return {
    changes: [
      ...made.changes,
      addInteraction(leadId, record),
      ...countLogged(lead, record, at),
      ...(await countContactOf(table, lead, record, at)),
      ...kept.map((task) => saveTask(task, end(task, 'done', interactionId, at))),
      ...(next ? [addTask(next)] : []),
      outbox(leadPartition(leadId), event, at),
    ],
    answer: {
      interactionId,
      at: contact.at,
      firstContactAt: made.lead.sla.firstContactAt,
      ...(next ? { taskId: next.taskId } : {}),
      tasksDone: kept.map(({ taskId }) => taskId),
    },
  };
}

/** The task that an agreed next step makes. */
export function nextTask(
  lead: Lead,
  { nextStep, repId }: Pick<Contact, 'nextStep' | 'repId'>,
  from: string,
  rules: JourneyRules,
  at: Date,
): Task | undefined {
  if (!nextStep) return undefined;
  const { leadId } = lead;
  const whose = ownerOf(lead)?.repId ?? repId ?? '';
  const task = {
    taskId: newTaskId(leadId, at),
    leadId,
    repId: whose,
    kind: 'next-step' as const,
    text: nextStep.text,
    from,
  };
  return setTask(task, nextStep.dueAt, rules.tasks, at);
}
