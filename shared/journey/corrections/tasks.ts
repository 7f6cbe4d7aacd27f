import type { Interaction } from '../interaction.ts';
import type { JourneyRules } from '../rules.ts';
import { end, setTask, type Task } from '../tasks/task.ts';

/** What a correction makes of the tasks about its lead: those that change, each with what it becomes; and one that is new. */
export interface Retasked {
  changed: { before: Task; after: Task }[];
  added: Pick<Interaction, 'nextStep'>['nextStep'] | undefined;
}

/** Tells the same task anew, by a time. */
const anew = (task: Task, text: string, dueAt: string, rules: JourneyRules['tasks'], at: Date): Task => {
  const { endedAt, endedBy, ...open } = task;
  const { createdAt, postponed, version } = task;
  return { ...setTask({ ...open, text }, dueAt, rules, at), createdAt, postponed, version };
};

/**
 * What becomes of the tasks of a contact that was otherwise. `ids`: the contact's, and of those that corrected it. A next step that was
 * not agreed is none; one that was agreed otherwise is changed; and what only a contact that never was had fulfilled is open again.
 */
export function retasked(
  tasks: readonly Task[],
  ids: ReadonlySet<string>,
  { wrong, right, reached }: { wrong: Interaction; right: Interaction; reached: boolean },
  rules: JourneyRules['tasks'],
  at: Date,
): Retasked {
  const steps = tasks.filter(({ kind }) => kind === 'next-step');
  const agreed = right.retracted ? undefined : right.nextStep;
  const own = steps.find(({ state, from }) => state === 'open' && ids.has(from));
  const same = agreed?.text === wrong.nextStep?.text && agreed?.dueAt === wrong.nextStep?.dueAt;
  const changed = own && !same ? [{ before: own, after: stepAs(own, agreed) }] : [];
  const undone = reached
    ? []
    : steps.filter(({ state, endedBy }) => state === 'done' && endedBy !== undefined && ids.has(endedBy));
  return {
    changed: [
      ...changed,
      ...undone.map((task) => ({ before: task, after: anew(task, task.text, task.dueAt, rules, at) })),
    ],
    added: agreed && !wrong.nextStep ? agreed : undefined,
  };

  function stepAs(task: Task, step: Interaction['nextStep']): Task {
    return step ? anew(task, step.text, step.dueAt, rules, at) : end(task, 'cancelled', right.interactionId, at);
  }
}
