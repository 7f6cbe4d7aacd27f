import { leadPartition } from '../lead/partition.ts';
import { absent, type Change, put } from '../platform/commit.ts';
import { query, type Table } from '../platform/table.ts';
import type { AuditRecord } from './record.ts';

const number = (record: AuditRecord): string => String(record.number).padStart(6, '0');

/** Writes a record into its lead's chain; never over one that is there. */
export const append = (record: AuditRecord): Change =>
  put('audit', { pk: leadPartition(record.leadId), sk: `DECISION#${number(record)}`, record }, absent);

/** A lead's records, oldest first. */
export async function recordsOf(from: Table, leadId: string): Promise<AuditRecord[]> {
  const items = await query(from, { pk: leadPartition(leadId), begins: 'DECISION#' });
  return items.map((item) => item.record as AuditRecord);
}
