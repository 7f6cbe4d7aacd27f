import { silence } from '../../shared/audit/store.ts';
import type { Interaction } from '../../shared/journey/interaction.ts';
import { saveTask } from '../../shared/journey/tasks/store.ts';
import type { Task } from '../../shared/journey/tasks/task.ts';
import type { Form } from '../../shared/lead/form.ts';
import { read, save, saveForm } from '../../shared/lead/store.ts';
import {
  bareDetail,
  bareForm,
  bareInteraction,
  bareLead,
  bareTask,
  ERASED_WORDS,
} from '../../shared/person/erasure/scrub.ts';
import { commitAll } from '../../shared/person/erasure/store.ts';
import { allOf } from '../../shared/person/whole/store.ts';
import { type Change, commit, put, reconsider, remove } from '../../shared/platform/commit.ts';
import type { Item, Table } from '../../shared/platform/table.ts';

/** What becomes of the things that lie with a lead, by the beginnings of their keys. Nothing: they say nothing of a person. */
const kinds: Readonly<Record<string, (item: Item, at: Date) => Change[]>> = {
  LEAD: () => [],
  FORM: () => [],
  TOLD: () => [],
  DECISION: (item) => [silence(numbered(item))],
  EVENT: (item) => [put('event', { ...item, detail: bareDetail(item.detail) })],
  INTERACTION: (item) => [put('contact', { ...item, interaction: bareInteraction(item.interaction as Interaction) })],
  TASK: ({ task }, at) => [saveTask(task as Task, bareTask(task as Task, at))],
  TOUCH: (item) => [put('touch', { ...item, touch: bareTouch(item.touch as { undone?: object }) })],
  SURVEY: (item) => [put('survey', { ...item, answer: without(item.answer, 'text') })],
  PAYMENT: (item) => [put('payment', { ...item, payment: without(item.payment, 'document') })],
};

const without = (what: unknown, field: string) => {
  const { [field]: _, ...rest } = what as Record<string, unknown>;
  return rest;
};
const bareTouch = ({ undone, ...touch }: { undone?: object }) =>
  undone ? { ...touch, undone: { ...undone, reason: ERASED_WORDS } } : touch;
const numbered = ({ pk, sk }: Item) => ({ leadId: pk.slice('LEAD#'.length), number: Number(sk.split('#')[1]) });

/** Erases what lies with a lead of its person; whatever is not named above goes as a whole. Can be repeated. */
export async function eraseLead(table: Table, leadId: string, at: Date): Promise<void> {
  const items = await allOf(table, leadId);
  const changes = items.flatMap((item) => {
    const kind = kinds[item.sk.split('#')[0] ?? ''];
    return kind ? kind(item, at) : [remove('personal data', item)];
  });
  await commitAll(table, changes);
  const form = items.find(({ sk }) => sk === 'FORM')?.form as Form | undefined;
  if (form) await reconsider(() => bare(table, leadId, form));
}

async function bare(table: Table, leadId: string, form: Form): Promise<void> {
  const lead = await read(table, leadId);
  if (!lead) return;
  const nothing = bareForm(form);
  await commit(table, [save(lead, bareLead(lead)), saveForm(leadId, nothing, nothing)]);
}
