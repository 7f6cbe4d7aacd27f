import { absent, type Change, put } from '../platform/commit.ts';
import { query, type Table } from '../platform/table.ts';

/** A lead that nobody contacted by its exception deadline. Times ISO 8601. */
export interface SlaException {
  leadId: string;
  at: string;
  dueAt: string;
  repId?: string | undefined;
}

const partition = (month: string): string => `EXCEPTIONS#${month}`;

/** Adds a lead to its month's exception report, once. */
export const recordException = (exception: SlaException): Change =>
  put(
    'exception',
    { pk: partition(exception.dueAt.slice(0, 7)), sk: `${exception.dueAt}#${exception.leadId}`, exception },
    absent,
  );

/** The exceptions due from `from` until before `to`, oldest first; months are read one by one. */
export async function exceptionsBetween(table: Table, from: Date, to: Date): Promise<SlaException[]> {
  const found: SlaException[] = [];
  const month = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), 1));
  while (month < to) {
    const items = await query(table, { pk: partition(month.toISOString().slice(0, 7)) });
    found.push(...items.map((item) => item.exception as SlaException));
    month.setUTCMonth(month.getUTCMonth() + 1);
  }
  return found.filter(({ dueAt }) => dueAt >= from.toISOString() && dueAt < to.toISOString());
}
