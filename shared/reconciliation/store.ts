import { announce } from '../../events/contract.ts';
import { LeadsUnaccounted } from '../../events/leads-unaccounted.ts';
import { type LeadStatus, leadStatuses } from '../lead/lead.ts';
import { countBetween, idsBetween, readMany } from '../lead/store.ts';
import { expiry, iso } from '../platform/clock.ts';
import { absent, commitOnce, outbox, put } from '../platform/commit.ts';
import type { Table } from '../platform/table.ts';
import { type Reconciliation, reconcile } from './reconcile.ts';

/** Where every lead is that was received from `from` until before `to`. Counted in the list of each state; those on their way are read. */
export async function reconciliation(table: Table, from: Date, to: Date, at: Date): Promise<Reconciliation> {
  const moving = ['received', 'scored'] as const;
  const resting = leadStatuses.filter((status) => !moving.some((each) => each === status));
  const counts: Partial<Record<LeadStatus, number>> = Object.fromEntries(
    await Promise.all(resting.map(async (status) => [status, await countBetween(table, status, from, to)] as const)),
  );
  const ids = (await Promise.all(moving.map((status) => idsBetween(table, status, from, to)))).flat();
  const leads = await readMany(table, [...new Set(ids)]);
  // The list lags: what has moved on since is looked up where it is now.
  const still = leads.filter(({ status }) => status === 'received' || status === 'scored');
  for (const { status } of leads) {
    if (status !== 'received' && status !== 'scored') counts[status] = (counts[status] ?? 0) + 1;
  }
  const under = still.map(({ leadId, receivedAt, nextAttemptAt, releasedAt }) => ({
    leadId,
    since: releasedAt ?? receivedAt,
    nextAttemptAt,
  }));
  return reconcile(counts, under, at);
}

const WEEK = 7 * 24 * 3600 * 1000;

/** Reports leads that are nowhere, once for a day however often they are looked for. */
export async function reportUnaccounted(
  table: Table,
  found: { difference: number; leadIds: string[] },
  at: Date,
): Promise<void> {
  const once = { pk: 'RECONCILIATION', sk: iso(at).slice(0, 10), ...found, expiresAt: expiry(at, WEEK) };
  await commitOnce(table, [
    put('reconciliation', once, absent),
    outbox('RECONCILIATION', announce(LeadsUnaccounted, found), at),
  ]);
}
