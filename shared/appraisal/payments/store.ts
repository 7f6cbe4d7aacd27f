import { leadPartition } from '../../lead/partition.ts';
import { absent, type Change, put } from '../../platform/commit.ts';
import { query, type Table } from '../../platform/table.ts';
import { cyclesOf } from '../cycles/store.ts';
import { companyDay, count } from '../facts/store.ts';

/** Money that came in for a deal, known by the reference that bookkeeping has for it. */
export interface Payment {
  reference: string;
  amount: number;
  /** The day on which it was paid (`2026-11-23`), and when that was written down. */
  paidOn: string;
  at: string;
  by: string;
  repId: string;
  document?: { name: string; url: string } | undefined;
}

/** The payments of a deal, by reference. */
export async function paymentsOf(table: Table, leadId: string): Promise<Payment[]> {
  const items = await query(table, { pk: leadPartition(leadId), begins: 'PAYMENT#' });
  return items.map(({ payment }) => payment as Payment);
}

/** Adds a payment and counts it on its day; of a period that is closed, on the day on which it was written down. */
export async function addPayment(table: Table, leadId: string, payment: Payment): Promise<Change[]> {
  const { cycles } = await cyclesOf(table);
  const isClosed = cycles.some(
    ({ state, period }) => state !== 'open' && payment.paidOn >= period.from && payment.paidOn < period.to,
  );
  const day = isClosed ? companyDay(payment.at) : payment.paidOn;
  const of = { what: 'payment', id: `${leadId}-${payment.reference}`, leadId };
  return [
    put('payment', { pk: leadPartition(leadId), sk: `PAYMENT#${payment.reference}`, payment }, absent),
    ...count('payments', [{ repId: payment.repId, at: day, facts: { payments: 1, paid: payment.amount }, of }]),
  ];
}
