import { gunzipSync, gzipSync } from 'node:zlib';
import { after, expiry, iso } from '../../../platform/clock.ts';
import { commitOne, put } from '../../../platform/commit.ts';
import { readParts, writeParts } from '../../../platform/objects.ts';
import { sha256 } from '../../../platform/random.ts';
import { query, type Table } from '../../../platform/table.ts';
import type { Employee } from '../../roster.ts';
import { type Known, notOvertaken, type Said } from '../order.ts';

/** Pushes that were applied are kept so long: what HR knew earlier than that is too old to matter. */
const KEPT = 60 * 24 * 3600 * 1000;
/** Pushes known later than one that arrives late, at the most. */
const MOST = 500;
const partition = 'HR-PUSHES';

/** Notes a push that is applied, by when HR knew it; the same one again is the same entry. */
export async function note(table: Table, { asOf, rows }: Known, at: Date): Promise<void> {
  if (rows.length === 0) return;
  const bytes = gzipSync(JSON.stringify(rows));
  const object = `hr/pushes/${asOf}-${sha256(bytes).slice(0, 16)}`;
  await writeParts(object, bytes);
  const sk = `${asOf}#${sha256(bytes).slice(0, 16)}`;
  await commitOne(table, put('push', { pk: partition, sk, object, bytes: bytes.length, expiresAt: expiry(at, KEPT) }));
}

/** When HR knew a push that says nothing of it: as it arrives, and later than all that was applied before. */
export async function newest(table: Table, at: Date): Promise<string> {
  const [last] = await query(table, { pk: partition, newestFirst: true, limit: 1 });
  const known = Date.parse(last?.sk.split('#')[0] ?? '');
  return iso(Number.isNaN(known) || known < at.getTime() ? at : after(new Date(known), 1));
}

/** What of the rows still holds, beside the pushes that HR knew then or later and that were applied already. */
export async function standing(table: Table, known: Known): Promise<Said[]> {
  const later = await query(table, { pk: partition, after: known.asOf, limit: MOST });
  const others = await Promise.all(
    later.map(async ({ sk, object, bytes }): Promise<Known[]> => {
      const packed = await readParts(String(object), Number(bytes));
      if (!packed) return [];
      const rows = JSON.parse(gunzipSync(packed).toString('utf8')) as Employee[];
      return [{ asOf: sk.split('#')[0] ?? '', rows }];
    }),
  );
  return notOvertaken(known, others.flat());
}
