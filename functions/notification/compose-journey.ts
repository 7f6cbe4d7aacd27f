import type { Task } from '../../shared/journey/tasks/task.ts';
import { ownerOf } from '../../shared/lead/lead.ts';
import type { Values } from '../../shared/notice/template.ts';
import { isFrozen, type Rep } from '../../shared/org/rep.ts';
import { ADMINS, anonymous, customer, DEAL_SYSTEMS, type Speech, type Subject, type Telling } from './compose.ts';

/** What a message about a task is made of. */
export interface TaskSubject {
  task: Task;
  owner: Rep | undefined;
  supervisor: Rep | undefined;
  /** The lead that it is about, if any. */
  about: Subject | undefined;
}

/** To the owner's supervisor, or the admins where there is none: nothing happens with a deal. */
export const dealStuck =
  ({ stage, since }: { stage: string; since: string }) =>
  (subject: Subject): Telling[] => {
    const { lead, owner, supervisor } = subject;
    const values = (speech: Speech): Values => ({
      ...(supervisor ? customer(subject, speech) : anonymous(subject, speech)),
      stage: speech.language.words[`stage-${stage}`] ?? stage,
      since: speech.clock(since),
      holder: speech.language.holder(owner?.name),
    });
    return [{ to: supervisor ?? ADMINS, kind: 'deal-stuck', leadId: lead.leadId, values }];
  };

const leadOf = ({ task }: TaskSubject) => (task.leadId === undefined ? {} : { leadId: task.leadId });

const aboutOf = (subject: TaskSubject) => ({
  about: { task: { taskId: subject.task.taskId, dueAt: subject.task.dueAt } },
  ...leadOf(subject),
});

/** The task as a supervisor, or the admins, are told of it: to these without its customer and what was agreed. */
const taskValues =
  ({ task, owner, supervisor, about }: TaskSubject) =>
  (speech: Speech): Values => ({
    ...(about ? (supervisor ? customer : anonymous)(about, speech) : { who: speech.language.words['your-team'] }),
    task: supervisor ? task.text : task.taskId,
    due: speech.clock(task.dueAt),
    holder: speech.language.holder(owner?.name),
  });

/**
 * To whoever has a task: it is due. Where nobody has it, or who has it left, to whom it is told when it is overdue, while there is
 * time to see to it.
 */
export function taskReminded(subject: TaskSubject): Telling[] {
  const { task, owner, supervisor, about } = subject;
  if (!owner || isFrozen(owner)) {
    const values = (speech: Speech): Values => ({
      ...taskValues(subject)(speech),
      idle: speech.language.idle(owner?.name),
    });
    // Not about whose task it is: what is told while nobody has it stays so.
    return [{ to: supervisor ?? ADMINS, kind: 'task-reminder', ...leadOf(subject), values }];
  }
  const values = (speech: Speech): Values => ({
    ...(about ? customer(about, speech) : { who: speech.language.words['your-team'] }),
    task: task.text,
    due: speech.clock(task.dueAt),
    idle: '',
  });
  return [{ to: owner, kind: 'task-reminder', ...aboutOf(subject), values }];
}

/** To their supervisor, or the admins where there is none: it was not done. */
export const taskOverdue = (subject: TaskSubject): Telling[] => [
  { to: subject.supervisor ?? ADMINS, kind: 'task-overdue', ...aboutOf(subject), values: taskValues(subject) },
];

/** To the systems beside this one: a deal moved. With its customer, by whom they know it. */
export const dealMoved =
  ({
    at,
    from,
    to,
    kind,
    reason,
  }: {
    at: string;
    from: string;
    to: string;
    kind?: string | undefined;
    reason?: string | undefined;
  }) =>
  ({ lead, form }: Subject): Telling[] => {
    const { leadId, status, productLine, receivedAt, source } = lead;
    const owner = ownerOf(lead);
    const data = {
      leadId,
      at,
      from,
      to,
      ...(kind === undefined ? {} : { kind }),
      ...(reason === undefined ? {} : { reason }),
      ...(lead.status === 'lost' && to === 'lost' ? { lostReason: lead.lostReason } : {}),
      status,
      receivedAt,
      ...(productLine === undefined ? {} : { productLine }),
      source: source.channel,
      owner: owner ? { repId: owner.repId, name: owner.name, ...(owner.teamId ? { teamId: owner.teamId } : {}) } : null,
      contact: form.contact,
      ...(form.company ? { company: form.company } : {}),
    };
    return [{ to: DEAL_SYSTEMS, kind: 'deal-moved', leadId, values: () => ({ leadId, from, to }), data }];
  };
