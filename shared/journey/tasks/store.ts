import { isOpen, ownerOf } from '../../lead/lead.ts';
import { leadPartition } from '../../lead/partition.ts';
import { leadsOf } from '../../lead/store.ts';
import { iso } from '../../platform/clock.ts';
import { absent, type Change, put } from '../../platform/commit.ts';
import { newId, shardOf } from '../../platform/random.ts';
import { get, getMany, type Item, indexes, type Key, query, queryIndex, type Table } from '../../platform/table.ts';
import { nextTold, type Task } from './task.ts';

/** Timers are spread over so many index partitions. */
const SHARDS = 2;
const NO_LEAD = 'TASK';
/** So many tasks of a rep are read at once. */
const MOST = 500;

/** The id of a new task, with its lead's id in it if it is about one: by it the task is found. */
export const newTaskId = (leadId: string | undefined, at: Date): string => `${leadId ?? NO_LEAD}.${newId(at)}`;

/** Where a task and its events lie. */
export function taskPartition(taskId: string): string {
  const [lead = '', own = ''] = taskId.split('.');
  return lead === NO_LEAD ? `TASK#${own}` : leadPartition(lead);
}
const keyOf = (taskId: string): Key => ({ pk: taskPartition(taskId), sk: `TASK#${taskId.split('.')[1] ?? ''}` });
const listOf = (repId: string, state: 'open' | 'ended'): string => `TASKS#${state}#${repId}`;
const dueList = (shard: number): string => `TASKDUE#${shard}`;

function toItem(task: Task): Item {
  const next = nextTold(task);
  const ended = task.state === 'open' ? undefined : task.endedAt;
  return {
    ...keyOf(task.taskId),
    task,
    version: task.version,
    owner: listOf(task.repId, ended === undefined ? 'open' : 'ended'),
    sort: `${ended ?? task.dueAt}#${task.taskId}`,
    ...(next ? { due: dueList(shardOf(task.taskId, SHARDS)), dueAt: next.at } : {}),
  };
}
const toTask = (item: Item): Task => item.task as Task;

/** Stores a new task. */
export const addTask = (task: Task): Change => put('task', toItem(task), absent);

/** Stores what became of a task, if nobody changed it since it was read as `before`. */
export const saveTask = (before: Task, after: Task): Change =>
  put('task', toItem({ ...after, version: before.version + 1 }), {
    expression: 'version = :seen',
    values: { ':seen': before.version },
  });

/** One task, or undefined. */
export async function readTask(from: Table, taskId: string): Promise<Task | undefined> {
  const item = await get(from, keyOf(taskId));
  return item && toTask(item);
}

/** All tasks about a lead, oldest first. */
export const tasksAbout = async (from: Table, leadId: string): Promise<Task[]> =>
  (await query(from, { pk: leadPartition(leadId), begins: 'TASK#' })).map(toTask);

async function listed(from: Table, repId: string, state: 'open' | 'ended'): Promise<Task[]> {
  const keys = await queryIndex(from, {
    index: indexes.owner,
    pk: listOf(repId, state),
    limit: MOST,
    newestFirst: state === 'ended',
  });
  return (await getMany(from, keys)).map(toTask);
}

/** What a rep has done or need not do any more, the newest first. */
export const endedTasks = async (from: Table, repId: string): Promise<Task[]> =>
  (await listed(from, repId, 'ended'))
    .filter(({ state }) => state !== 'open')
    .sort((a, b) => ((a.endedAt ?? '') > (b.endedAt ?? '') ? -1 : 1));

/** What a rep has to do, the most urgent first: next steps of the leads that they have now, and what was decided for them. */
export async function openTasks(from: Table, repId: string): Promise<Task[]> {
  const theirs = new Map<string, boolean>();
  for await (const lead of leadsOf(from, repId)) {
    if (isOpen(lead) && ownerOf(lead)?.repId === repId) theirs.set(lead.leadId, (lead.openTasks ?? 0) > 0);
  }
  const own = (await listed(from, repId, 'open')).filter(
    ({ kind, leadId }) => kind === 'decision' || (leadId !== undefined && theirs.has(leadId)),
  );
  const seen = new Set(own.map(({ taskId }) => taskId));
  const about = [...theirs].flatMap(([leadId, some]) => (some ? [leadId] : []));
  const inherited = (await Promise.all(about.map((leadId) => tasksAbout(from, leadId))))
    .flat()
    .filter(({ taskId, kind }) => kind === 'next-step' && !seen.has(taskId));
  return [...own, ...inherited]
    .filter(({ state }) => state === 'open')
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.taskId < b.taskId ? -1 : 1));
}

/** When the soonest is to be told of any task; undefined when there is nothing to tell. The index lags. */
export async function soonestTask(from: Table): Promise<Date | undefined> {
  const found = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) =>
      queryIndex(from, { index: indexes.due, pk: dueList(shard), limit: 1 }),
    ),
  );
  const [soonest] = found.flatMap(([first]) => (first ? [String(first.dueAt)] : [])).sort();
  return soonest === undefined ? undefined : new Date(soonest);
}

/** Ids of tasks of which something is to be told by `now`, at most `limit` from each partition. */
export async function tasksDueBy(from: Table, now: Date, limit: number): Promise<string[]> {
  const shards = Array.from({ length: SHARDS }, (_, shard) => shard);
  const found = await Promise.all(
    shards.map((shard) => queryIndex(from, { index: indexes.due, pk: dueList(shard), upTo: iso(now), limit })),
  );
  return found
    .flat()
    .sort((a, b) => (String(a.dueAt) < String(b.dueAt) ? -1 : 1))
    .map(({ pk, sk }) => `${pk.startsWith('TASK#') ? NO_LEAD : pk.slice('LEAD#'.length)}.${sk.slice('TASK#'.length)}`);
}
