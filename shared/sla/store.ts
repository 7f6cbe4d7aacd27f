import { announce } from '../../events/contract.ts';
import { HolidaysUnknown } from '../../events/holidays-unknown.ts';
import { absent, type Change, commitOnce, outbox, put, update } from '../platform/commit.ts';
import { query, type Table } from '../platform/table.ts';
import type { WhyMissed } from './lead-clock.ts';

/** A lead that nobody contacted by its exception deadline. Times ISO 8601. */
export interface SlaException {
  leadId: string;
  at: string;
  dueAt: string;
  repId?: string | undefined;
  /** What the owner had done by then. */
  why?: WhyMissed | undefined;
  /** When it turned out that the customer had been contacted in time after all (the time of that contact). */
  withdrawnBy?: string | undefined;
}

const partition = (month: string): string => `EXCEPTIONS#${month}`;

const keyOf = ({ dueAt, leadId }: Pick<SlaException, 'dueAt' | 'leadId'>) => ({
  pk: partition(dueAt.slice(0, 7)),
  sk: `${dueAt}#${leadId}`,
});

/** Adds a lead to its month's exception report, once; again where it was withdrawn by a contact that never was. */
export const recordException = (exception: SlaException): Change =>
  put(
    'exception',
    { ...keyOf(exception), exception },
    {
      expression: 'attribute_not_exists(pk) OR attribute_exists(#exception.withdrawnBy)',
      names: { '#exception': 'exception' },
    },
  );

/** Marks an exception as not true: the customer had been contacted at that time. */
export const withdrawException = (exception: Pick<SlaException, 'dueAt' | 'leadId'>, contactAt: string): Change =>
  update('exception', keyOf(exception), {
    expression: 'SET #exception.withdrawnBy = :contactAt',
    names: { '#exception': 'exception' },
    onlyIf: 'attribute_exists(pk)',
    values: { ':contactAt': contactAt },
  });

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

/** Reports that holidays are not known from a year on, once. */
export async function reportUnknownHolidays(table: Table, year: number, at: Date): Promise<void> {
  const once = { pk: 'CALENDAR', sk: `UNKNOWN#${year}`, at: at.toISOString() };
  await commitOnce(table, [put('calendar', once, absent), outbox('CALENDAR', announce(HolidaysUnknown, { year }), at)]);
}
