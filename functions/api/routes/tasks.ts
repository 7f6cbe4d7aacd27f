import * as z from 'zod';
import { load } from '../../../shared/config/store.ts';
import { rulesOf } from '../../../shared/journey/store.ts';
import { endedTasks, openTasks, readTask, saveTask } from '../../../shared/journey/tasks/store.ts';
import { end, postpone, type Task } from '../../../shared/journey/tasks/task.ts';
import { ownerOf } from '../../../shared/lead/lead.ts';
import { read, save } from '../../../shared/lead/store.ts';
import { readRep, teamMembers } from '../../../shared/org/store.ts';
import { type Change, commit, reconsider } from '../../../shared/platform/commit.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { invalid, notFound, Problem } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { id, paging, route } from '../route.ts';
import { time } from '../views.ts';

const all = ['admin', 'supervisor', 'rep'] as const;

const task = z.object({
  taskId: z.string(),
  leadId: z.string().optional(),
  repId: z.string(),
  kind: z.enum(['next-step', 'decision']),
  text: z.string(),
  dueAt: time,
  overdue: z.boolean(),
  state: z.enum(['open', 'done', 'cancelled']),
  from: z.string(),
  createdAt: time,
  postponed: z.number(),
  endedAt: time.optional(),
  endedBy: z.string().optional(),
});

const show = ({ version, remindAt, overdueAt, ...shown }: Task, repId: string, at: Date): z.infer<typeof task> => ({
  ...shown,
  repId,
  overdue: shown.state === 'open' && shown.dueAt < at.toISOString(),
});

/** Whose tasks are asked for, as far as the person may see them. @throws Problem 403, or 400 for an admin who names nobody */
async function whose(table: Table, person: Person, repId: string | undefined): Promise<string[]> {
  if (person.role === 'rep') {
    if (repId !== undefined && repId !== person.repId) throw new Problem(403, 'a rep sees their own tasks');
    return person.repId === undefined ? [] : [person.repId];
  }
  if (person.role === 'admin') {
    if (repId === undefined) throw invalid('repId', 'is needed: whose tasks?');
    return [repId];
  }
  const team = person.teamId === undefined ? [] : await teamMembers(table, person.teamId);
  if (repId !== undefined && !team.includes(repId)) throw new Problem(403, `${repId} is not in your team`);
  return repId === undefined ? team : [repId];
}

/** What there is to do. */
const getTasks = route({
  method: 'GET',
  path: '/tasks',
  summary:
    'What was agreed with customers and decided in reviews, the most urgent first (or what ended, the newest first): a rep’s own, a supervisor’s team’s, of whom an admin names',
  roles: all,
  query: z.object({ repId: id.optional(), state: z.enum(['open', 'ended']).default('open'), ...paging }),
  answers: { 200: z.object({ items: z.array(task), nextCursor: z.string().optional() }) },
  handle: async ({ query: { repId, state, limit, cursor }, person, table, now }) => {
    const reps = await whose(table, person, repId);
    const read = state === 'open' ? openTasks : endedTasks;
    const found = await Promise.all(
      reps.map(async (each) => (await read(table, each)).map((one) => show(one, each, now()))),
    );
    const first = (a: string, b: string) => (state === 'open' ? a < b : a > b);
    const key = (one: z.infer<typeof task>) => `${state === 'open' ? one.dueAt : one.endedAt}#${one.taskId}`;
    const sorted = found.flat().sort((a, b) => (key(a) === key(b) ? 0 : first(key(a), key(b)) ? -1 : 1));
    const rest = cursor === undefined ? sorted : sorted.filter((one) => first(cursor, key(one)));
    const items = rest.slice(0, limit);
    const last = items.at(-1);
    return {
      status: 200,
      body: { items, ...(rest.length > limit && last ? { nextCursor: key(last) } : {}) },
    };
  },
});

/** The task, whose it is now, and its lead, if the person may change it. @throws Problem 404, or 409 when it ended */
async function mine(table: Table, person: Person, taskId: string) {
  const task = await readTask(table, taskId);
  const lead = task?.leadId === undefined ? undefined : await read(table, task.leadId);
  const repId = task && ((task.kind === 'next-step' && lead && ownerOf(lead)?.repId) || task.repId);
  const team = person.role === 'supervisor' && repId ? (await readRep(table, repId))?.teamId : undefined;
  const may =
    person.role === 'admin' ||
    (person.role === 'supervisor' && team !== undefined && team === person.teamId) ||
    (person.repId !== undefined && person.repId === repId);
  if (!task || !may) throw notFound(`task ${taskId}`);
  if (task.state !== 'open') throw new Problem(409, `the task is ${task.state}`);
  return { task, lead, repId: repId || task.repId };
}

const params = z.object({ taskId: z.string().min(1).max(80) });

/** Ends a task, in one transaction with its lead's count of them. */
const ending =
  (state: 'done' | 'cancelled') =>
  ({
    params: { taskId },
    person,
    table,
    now,
  }: {
    params: { taskId: string };
    person: Person;
    table: Table;
    now: () => Date;
  }) =>
    reconsider(async () => {
      const { task, lead, repId } = await mine(table, person, taskId);
      const at = now();
      const ended = end(task, state, person.repId ?? person.role, at);
      const fewer: Change[] =
        lead && task.kind === 'next-step' && (lead.openTasks ?? 0) > 0
          ? [save(lead, { ...lead, openTasks: (lead.openTasks ?? 1) - 1 })]
          : [];
      await commit(table, [saveTask(task, { ...ended, repId }), ...fewer]);
      return { status: 200, body: show(ended, repId, at) };
    });

/** Says that a task is done. */
const doneTask = route({
  method: 'POST',
  path: '/tasks/{taskId}/done',
  summary: 'Says that a task is done',
  roles: all,
  params,
  answers: { 200: task },
  handle: ending('done'),
});

/** Says that a task need not be done any more. */
const cancelTask = route({
  method: 'POST',
  path: '/tasks/{taskId}/cancel',
  summary: 'Says that a task need not be done any more',
  roles: all,
  params,
  answers: { 200: task },
  handle: ending('cancelled'),
});

/** Puts a task off. */
const postponeTask = route({
  method: 'POST',
  path: '/tasks/{taskId}/postpone',
  summary: 'Gives a task another time; how often that was done is counted, and the reminders follow',
  roles: all,
  params,
  body: z.strictObject({ dueAt: z.iso.datetime({ offset: true }) }),
  answers: { 200: task },
  handle: ({ params: { taskId }, body: { dueAt }, person, table, now }) =>
    reconsider(async () => {
      const { task, lead, repId } = await mine(table, person, taskId);
      const at = now();
      if (Date.parse(dueAt) <= at.getTime()) throw invalid('dueAt', 'must be yet to come');
      const rules = lead ? await rulesOf(table, lead) : await load(table, 'journey', 1);
      const later = { ...postpone(task, dueAt, rules.tasks, at), repId };
      await commit(table, [saveTask(task, later)]);
      return { status: 200, body: show(later, repId, at) };
    }),
});

/** What there is to do. */
export const taskRoutes = [getTasks, doneTask, cancelTask, postponeTask] as const;
