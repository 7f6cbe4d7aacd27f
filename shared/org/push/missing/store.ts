import type { OutgoingEvent } from '../../../../events/contract.ts';
import { expiry, iso } from '../../../platform/clock.ts';
import { absent, commitOnce, outbox, put } from '../../../platform/commit.ts';
import type { Table } from '../../../platform/table.ts';

const WEEK = 7 * 24 * 3600 * 1000;

/** Reports that no roster came, once for a day however often it is noticed. */
export async function reportMissing(table: Table, event: OutgoingEvent, at: Date): Promise<void> {
  const once = { pk: 'HR', sk: `MISSING#${iso(at).slice(0, 10)}`, expiresAt: expiry(at, WEEK) };
  await commitOnce(table, [put('missing roster', once, absent), outbox('HR', event, at)]);
}
