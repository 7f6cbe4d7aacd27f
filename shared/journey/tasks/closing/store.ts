import type { Lead } from '../../../lead/lead.ts';
import type { Change } from '../../../platform/commit.ts';
import type { Table } from '../../../platform/table.ts';
import { saveTask, tasksAbout } from '../store.ts';
import { end } from '../task.ts';

/** So many tasks of a deal are cancelled in the transaction that closes it; others when their time comes. */
const MOST = 50;

/** A deal that is closed, for a reason, with nothing left to do about it, and what that changes. */
export async function cancelAll<L extends Lead>(table: Table, lead: L, by: string, at: Date) {
  if ((lead.openTasks ?? 0) === 0) return { changes: [] as Change[], lead };
  const open = (await tasksAbout(table, lead.leadId)).filter(({ state }) => state === 'open').slice(0, MOST);
  const { openTasks, ...rest } = lead;
  return { changes: open.map((task) => saveTask(task, end(task, 'cancelled', by, at))), lead: rest as L };
}
