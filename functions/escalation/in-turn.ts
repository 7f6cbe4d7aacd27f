import { gradeOf, type Lead, waitsUntil } from '../../shared/lead/lead.ts';
import { readMany, waitingForShift } from '../../shared/lead/store.ts';
import type { Table } from '../../shared/platform/table.ts';
import type { Grade } from '../../shared/scoring/score.ts';

const PAGE = 50;
const grades: readonly Grade[] = ['A', 'B', 'C'];

/** The best grade first, of one grade those that came first. */
const served = (a: Lead, b: Lead): number =>
  grades.indexOf(gradeOf(a)) - grades.indexOf(gradeOf(b)) || (a.leadId < b.leadId ? -1 : 1);

/** All leads that wait for a shift, in the order in which they are served; not `all`, when there was no time to read more pages. */
export async function waitingInTurn(table: Table, time: () => boolean): Promise<{ leads: Lead[]; all: boolean }> {
  const leads: Lead[] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await waitingForShift(table, PAGE, cursor);
    leads.push(...items);
    cursor = nextCursor;
  } while (cursor !== undefined && time());
  return { leads: leads.sort(served), all: cursor === undefined };
}

/** Leads of one grade each, a page at the most, the best first: what goes on together, before the next ones do. */
export const together = (leads: readonly Lead[]): Lead[][] =>
  grades.flatMap((grade) => {
    const some = leads.filter((lead) => gradeOf(lead) === grade);
    return Array.from({ length: Math.ceil(some.length / PAGE) }, (_, n) => some.slice(n * PAGE, (n + 1) * PAGE));
  });

/** Leads that are due, by what is done side by side: those first that wait for no shift, then those that do, by grade. */
export async function dueTogether(table: Table, leadIds: readonly string[]): Promise<string[][]> {
  if (leadIds.length < 2) return [[...leadIds]];
  const waiting = (await readMany(table, leadIds)).filter((lead) => waitsUntil(lead) !== undefined);
  const later = new Set(waiting.map(({ leadId }) => leadId));
  const groups = together(waiting.sort(served)).map((some) => some.map(({ leadId }) => leadId));
  return [leadIds.filter((leadId) => !later.has(leadId)), ...groups].filter((some) => some.length > 0);
}
