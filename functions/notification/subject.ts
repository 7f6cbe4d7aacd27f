import { readWithForm } from '../../shared/lead/store.ts';
import { readRep } from '../../shared/org/store.ts';
import type { Table } from '../../shared/platform/table.ts';
import type { Subject } from './compose.ts';

/** The lead, what was posted, its owner as the event names them, and the owner's manager. */
export async function subjectOf(table: Table, leadId: string, repId: string | undefined): Promise<Subject | undefined> {
  const [found, owner] = await Promise.all([
    readWithForm(table, leadId),
    repId === undefined ? undefined : readRep(table, repId),
  ]);
  if (!found) return undefined;
  const supervisor = owner?.managerId === undefined ? undefined : await readRep(table, owner.managerId);
  return { ...found, owner, supervisor };
}
