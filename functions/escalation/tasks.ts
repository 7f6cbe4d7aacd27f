import { announce } from '../../events/contract.ts';
import { TaskOverdue } from '../../events/task-overdue.ts';
import { TaskReminded } from '../../events/task-reminded.ts';
import { readTask, saveTask, taskPartition } from '../../shared/journey/tasks/store.ts';
import { end, nextTold, type Task, told } from '../../shared/journey/tasks/task.ts';
import { isClosed, ownerOf } from '../../shared/lead/lead.ts';
import { read } from '../../shared/lead/store.ts';
import { type Change, commit, outbox, reconsider } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';
import { type Acted, done } from './steps.ts';

const events = { remind: TaskReminded, supervisor: TaskOverdue };

/** Tells of a task what is due to be told, once, in one transaction with the task's own record of it. */
export const tellOfTask = (from: Table, taskId: string, now: () => Date): Promise<Acted> =>
  reconsider(async () => {
    const task = await readTask(from, taskId);
    const at = now();
    const next = task && nextTold(task);
    if (!task || !next || next.at > at.toISOString()) return 'nothing'; // done meanwhile, or the index lags
    await commit(from, await telling(from, task, next.step, at));
    const after = nextTold(told(task, next.step));
    return done(after !== undefined && after.at <= at.toISOString());
  });

/** What there is to tell, of a task whose lead is still open; a next step is one of whoever has the lead now, if anybody has. */
async function telling(from: Table, task: Task, step: 'remind' | 'supervisor', at: Date): Promise<Change[]> {
  const { taskId, leadId, dueAt } = task;
  const lead = leadId === undefined ? undefined : await read(from, leadId);
  if (leadId !== undefined && task.kind === 'next-step' && (!lead || isClosed(lead)))
    return [saveTask(task, end(task, 'cancelled', lead?.status ?? 'erased', at))];
  const repId = task.kind === 'next-step' && lead ? (ownerOf(lead)?.repId ?? '') : task.repId;
  const event = announce(events[step], {
    taskId,
    dueAt,
    ...(leadId === undefined ? {} : { leadId }),
    ...(repId === '' ? {} : { repId }),
  });
  return [
    saveTask(task, { ...told(task, step), repId: repId || task.repId }),
    outbox(taskPartition(taskId), event, at),
  ];
}
