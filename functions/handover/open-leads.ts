import { gradeOf, isOpen, type Lead } from '../../shared/lead/lead.ts';
import { leadsOf } from '../../shared/lead/store.ts';
import type { Table } from '../../shared/platform/table.ts';

/** Leads are with somebody, but the index does not show them yet. The message comes again. */
export class IndexLags extends Error {
  override readonly name = 'IndexLags';
}

/** A rep's open leads, A grade first. */
export async function openLeadsOf(
  table: Table,
  repId: string,
): Promise<Extract<Lead, { status: 'assigned' | 'contacted' }>[]> {
  const theirs = [];
  for await (const lead of leadsOf(table, repId)) if (isOpen(lead) && lead.owner.repId === repId) theirs.push(lead);
  return theirs.sort((a, b) => (gradeOf(a) < gradeOf(b) ? -1 : 1));
}
