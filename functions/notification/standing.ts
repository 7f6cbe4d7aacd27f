import { appealsOf } from '../../shared/appraisal/appeals/store.ts';
import { cycleOf } from '../../shared/appraisal/cycles/store.ts';
import { readTask } from '../../shared/journey/tasks/store.ts';
import { read } from '../../shared/lead/store.ts';
import { isFrozen } from '../../shared/org/rep.ts';
import { readRep } from '../../shared/org/store.ts';
import { iso } from '../../shared/platform/clock.ts';
import type { Table } from '../../shared/platform/table.ts';
import { mayAsk } from './appraisal-of.ts';
import type { Message } from './message.ts';
import type { Standing } from './untrue.ts';

/** How that stands now of which a message tells. */
export async function standingOf(table: Table, { leadId, point, about = {} }: Message): Promise<Standing> {
  const { repId, task, closing, appeal } = about;
  return {
    ...(leadId === undefined ? {} : { lead: await read(table, leadId) }),
    ...(leadId === undefined || point === undefined ? {} : { mayAsk: await mayAsk(table, leadId, point) }),
    ...(repId === undefined ? {} : { isOut: await hasLeft(table, repId) }),
    ...(task === undefined ? {} : { task: await readTask(table, task.taskId) }),
    ...(closing === undefined ? {} : { cycle: await cycleOf(table, closing.period) }),
    ...(appeal === undefined ? {} : { isAnswered: await wasAnswered(table, appeal) }),
  };
}

async function hasLeft(table: Table, repId: string): Promise<boolean> {
  const rep = await readRep(table, repId);
  return rep !== undefined && isFrozen(rep);
}

async function wasAnswered(
  table: Table,
  { period, repId, appealId }: { period: string; repId: string; appealId: string },
): Promise<boolean> {
  const appeals = await appealsOf(table, period, repId);
  return appeals.some((each) => each.appealId === appealId && each.answer !== null);
}

/** A message as it is to be said at a time: what was yet to come when it was composed is left out once it has come, or need not come. */
export function saidAt(message: Message, { lead }: Standing, at: Date): Message {
  const { lapses } = message;
  if (!lapses || (lapses.at > iso(at) && lead?.sla.firstContactAt == null)) return message;
  return { ...message, text: lapses.text, values: lapses.values };
}
