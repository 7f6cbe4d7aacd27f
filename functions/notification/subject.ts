import { numberOf } from '../../shared/audit/record.ts';
import { readTask } from '../../shared/journey/tasks/store.ts';
import { ownerOf } from '../../shared/lead/lead.ts';
import { readWithForm } from '../../shared/lead/store.ts';
import { type Handover, readHandover } from '../../shared/org/handover/store.ts';
import { readRep, readReps } from '../../shared/org/store.ts';
import type { Table } from '../../shared/platform/table.ts';
import type { HandedOver, Subject } from './compose.ts';
import type { TaskSubject } from './compose-journey.ts';
import { supervisorOf } from './supervisor.ts';

/** The lead, what was posted, and its owner as the event names them: for what is the owner's own business. */
export async function subjectOf(table: Table, leadId: string, repId: string | undefined): Promise<Subject | undefined> {
  const [found, owner] = await Promise.all([
    readWithForm(table, leadId),
    repId === undefined ? undefined : readRep(table, repId),
  ]);
  return found && { ...found, owner, supervisor: undefined };
}

/**
 * The same of a lead that was just given to its owner by this decision, of how it was a moment ago, for half the price; read strongly
 * only if it does not show the decision yet.
 */
export async function newSubjectOf(
  table: Table,
  { leadId, repId, decisionId }: { leadId: string; repId: string; decisionId: string },
): Promise<Subject | undefined> {
  const [found, owner] = await Promise.all([
    readWithForm(table, leadId, 'eventually'),
    readRep(table, repId, 'eventually'),
  ]);
  const shown = found && owner && numberOf(decisionId) <= found.lead.audit.records;
  return shown ? { ...found, owner, supervisor: undefined } : subjectOf(table, leadId, repId);
}

/** The same, and the owner's supervisor, if one is there. */
export async function supervisedSubjectOf(
  table: Table,
  leadId: string,
  repId: string | undefined,
): Promise<Subject | undefined> {
  const subject = await subjectOf(table, leadId, repId);
  return subject && { ...subject, supervisor: await supervisorOf(table, subject.owner) };
}

/** Whose leads were handed over, what came of them, and who has to know. */
export async function handedOver(table: Table, handover: Handover): Promise<HandedOver | undefined> {
  const [rep, record] = await Promise.all([readRep(table, handover.repId), readHandover(table, handover)]);
  if (!rep || !record) return undefined;
  return { rep, supervisor: await supervisorOf(table, rep), record };
}

/**
 * A task that is open still, who has to do it, their supervisor, if one is there, and the lead it is about, if any. A next step is
 * whoever's who has the lead by now; while nobody has, their supervisor counts who had it last.
 */
export async function taskOf(
  table: Table,
  { taskId, leadId, repId }: { taskId: string; leadId?: string | undefined; repId?: string | undefined },
): Promise<TaskSubject | undefined> {
  const [task, found] = await Promise.all([
    readTask(table, taskId),
    leadId === undefined ? undefined : readWithForm(table, leadId),
  ]);
  if (task?.state !== 'open') return undefined;
  const holder = (task.kind === 'next-step' && found ? ownerOf(found.lead)?.repId : repId) ?? '';
  const reps = await readReps(table, [...new Set([holder, task.repId])].filter(Boolean));
  const owner = reps.get(holder);
  const supervisor = await supervisorOf(table, owner ?? reps.get(task.repId));
  return { task, owner, supervisor, about: found && { ...found, owner, supervisor } };
}
