import { WHENEVER } from '../../platform/clock.ts';
import { lasting } from '../../sla/duration.ts';
import type { JourneyRules } from '../rules.ts';

/** Something that somebody has to do by a time: what was agreed with a customer, or decided in a review. Times ISO 8601. */
export interface Task {
  taskId: string;
  leadId?: string;
  /** Whose it is; a next step follows its lead to whoever has it. */
  repId: string;
  kind: 'next-step' | 'decision';
  text: string;
  dueAt: string;
  /** The contact or review that it comes from. */
  from: string;
  createdAt: string;
  state: 'open' | 'done' | 'cancelled';
  /** When its owner is reminded, and their supervisor told; taken away as it is done. */
  remindAt?: string;
  overdueAt?: string;
  /** How often it was put off. */
  postponed: number;
  /** When it was done or cancelled, and by which contact or person. */
  endedAt?: string;
  endedBy?: string;
  /** Counts every change. */
  version: number;
}

/** What is told of a task next, and when. */
export interface TaskDue {
  step: 'remind' | 'supervisor';
  at: string;
}

const before = (iso: string, ms: number): string => new Date(Date.parse(iso) - ms).toISOString();

/** When a task is told of that is due at a time: never before there is one. */
function timesOf(dueAt: string, rules: JourneyRules['tasks'], now: string): Pick<Task, 'remindAt' | 'overdueAt'> {
  const early = before(dueAt, lasting(rules.remindBefore));
  const remindAt = early > now ? early : dueAt;
  const late = before(dueAt, -lasting(rules.supervisorAfter));
  // The years after 9999 are written with a sign, and would come before all others.
  return { remindAt, overdueAt: late < dueAt ? WHENEVER : late };
}

/** A new task. */
export function setTask(
  task: Pick<Task, 'taskId' | 'leadId' | 'repId' | 'kind' | 'text' | 'from'>,
  dueAt: string,
  rules: JourneyRules['tasks'],
  at: Date,
): Task {
  const [due, now] = [new Date(dueAt).toISOString(), at.toISOString()];
  return {
    ...task,
    dueAt: due,
    createdAt: now,
    state: 'open',
    postponed: 0,
    version: 0,
    ...timesOf(due, rules, now),
  };
}

/** What is to be told of it next, or undefined. */
export function nextTold({ state, remindAt, overdueAt }: Task): TaskDue | undefined {
  if (state !== 'open') return undefined;
  if (remindAt !== undefined) return { step: 'remind', at: remindAt };
  return overdueAt === undefined ? undefined : { step: 'supervisor', at: overdueAt };
}

/** The task after that was told. */
export function told(task: Task, step: TaskDue['step']): Task {
  const { remindAt, overdueAt, ...rest } = task;
  return step === 'remind' && overdueAt !== undefined ? { ...rest, overdueAt } : rest;
}

/** The task with another time. */
export const postpone = (task: Task, dueAt: string, rules: JourneyRules['tasks'], at: Date): Task => {
  const due = new Date(dueAt).toISOString();
  return {
    ...told(task, 'supervisor'),
    dueAt: due,
    postponed: task.postponed + 1,
    ...timesOf(due, rules, at.toISOString()),
  };
};

/** The task done, or not to be done any more. */
export const end = (task: Task, state: 'done' | 'cancelled', by: string, at: Date): Task => ({
  ...told(task, 'supervisor'),
  state,
  endedAt: at.toISOString(),
  endedBy: by,
});

const DAY = 24 * 3600 * 1000;

/** The next steps that a contact with the customer fulfils: what was due by then, or within a day after it. */
export const fulfilledBy = (tasks: readonly Task[], contactAt: string): Task[] =>
  tasks.filter(
    ({ state, kind, dueAt, createdAt }) =>
      state === 'open' && kind === 'next-step' && before(dueAt, DAY) <= contactAt && createdAt <= contactAt,
  );
