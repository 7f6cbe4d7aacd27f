import { rosterChanged } from '../../shared/config/store.ts';
import { difference, type Employee, readRows } from '../../shared/org/roster.ts';
import { applyStaffChange, readRep, readReps } from '../../shared/org/store.ts';
import { commit, reconsider } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';

const CHUNK = 100;

/** What a push did. `changed` gives each person's status before (null: new) and after. */
export interface Applied {
  applied: true;
  changed: { repId: string; from: string | null; to: string }[];
  rejected: { line: number; path: string; message: string }[];
  /** Open leads of those frozen by the push, which are being assigned anew. */
  handedOver: number;
}

/** Applies HR's rows: each changed person in one transaction of their own; nobody unchanged is written. */
export async function applyRoster(table: Table, rows: readonly unknown[], now: () => Date): Promise<Applied> {
  const { good, rejected } = readRows(rows);
  const result: Applied = { applied: true, changed: [], rejected, handedOver: 0 };
  for (let from = 0; from < good.length; from += CHUNK) {
    const chunk = good.slice(from, from + CHUNK);
    const known = await readReps(
      table,
      chunk.map(({ employeeId }) => employeeId),
    );
    for (const row of chunk) {
      if (difference(row, known.get(row.employeeId))) await applyOne(table, row, now, result);
    }
  }
  return result;
}

/** Applies one person's row, read again so that nothing decided meanwhile is overwritten. */
async function applyOne(table: Table, row: Employee, now: () => Date, result: Applied): Promise<void> {
  await reconsider(async () => {
    const rep = await readRep(table, row.employeeId);
    const change = difference(row, rep);
    if (!change) return;
    await commit(table, [...applyStaffChange(change, now()), rosterChanged()]);
    result.changed.push({ repId: row.employeeId, from: rep?.status ?? null, to: change.fields.status });
    if (change.freezes) result.handedOver += rep?.openLeads ?? 0;
  });
}
