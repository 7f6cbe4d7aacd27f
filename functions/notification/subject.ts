import { readWithForm } from '../../shared/lead/store.ts';
import { type Handover, readHandover } from '../../shared/org/handover/store.ts';
import { readRep } from '../../shared/org/store.ts';
import type { Table } from '../../shared/platform/table.ts';
import type { HandedOver, Subject } from './compose.ts';

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

/** Whose leads were handed over, what came of them, and who has to know. */
export async function handedOver(table: Table, handover: Handover): Promise<HandedOver | undefined> {
  const [rep, record] = await Promise.all([readRep(table, handover.repId), readHandover(table, handover)]);
  if (!rep || !record) return undefined;
  const supervisor = rep.managerId === undefined ? undefined : await readRep(table, rep.managerId);
  return { rep, supervisor, record };
}
