import { lastRoot, rootOf, seal } from '../../shared/audit/day/store.ts';
import { commitOne } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';

const DAY = 24 * 3600 * 1000;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Seals yesterday with a root over all its decisions, tied to the root before; days that were missed first. */
export async function sealDays(table: Table, at: Date): Promise<void> {
  const yesterday = dayOf(at.getTime() - DAY);
  let last = await lastRoot(table);
  let day = last ? dayOf(Date.parse(last.day) + DAY) : yesterday;
  while (day <= yesterday) {
    last = await rootOf(table, day, last?.root ?? '');
    await commitOne(table, seal(last));
    day = dayOf(Date.parse(day) + DAY);
  }
}
