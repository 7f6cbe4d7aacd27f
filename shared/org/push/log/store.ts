import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { after, iso } from '../../../platform/clock.ts';
import { listObjects, readObject, writeObject } from '../../../platform/objects.ts';
import { sha256 } from '../../../platform/random.ts';
import { companyZone } from '../../../platform/zone.ts';
import type { Said } from '../../staff/word.ts';
import { type Known, LastWord } from '../order.ts';

/** Pushes that were applied lie in the bucket by when HR knew them. It keeps them for sixty days: older ones matter no more. */
const FOLDER = 'hr/pushes/';
const ROSTER = 'hr/last-roster.json';

const asOfIn = (key: string): string => key.slice(FOLDER.length).split('_')[0] ?? '';

/** Notes a push that is applied; the same one again is the same note. */
export async function note({ asOf, rows, everybody }: Known): Promise<void> {
  if (rows.length === 0 && !everybody) return;
  const named = new Set(rows.map(({ employeeId }) => employeeId));
  const also = everybody && [...everybody].filter((id) => !named.has(id));
  const bytes = gzipSync(JSON.stringify({ rows, also }));
  await writeObject(`${FOLDER}${asOf}_${sha256(bytes).slice(0, 16)}`, bytes);
}

/** When HR knew a push that says nothing of it: as it arrives, and later than all that was applied before. */
export async function newest(at: Date): Promise<string> {
  const ahead = (await listObjects(FOLDER, `${FOLDER}${iso(at)}`)).at(-1);
  return ahead ? iso(after(new Date(asOfIn(ahead.key)), 1)) : iso(at);
}

/** What HR knew then or later and was applied already. */
export async function knownSince(asOf: string): Promise<LastWord> {
  const last = new LastWord(companyZone());
  for (const { key } of await listObjects(FOLDER, `${FOLDER}${asOf}`)) {
    const bytes = await readObject(key);
    if (!bytes) continue;
    const { rows, also } = JSON.parse(gunzipSync(bytes).toString('utf8')) as { rows: Said[]; also?: string[] };
    const everybody = also && new Set([...rows.map(({ employeeId }) => employeeId), ...also]);
    last.take({ asOf: asOfIn(key), rows, ...(everybody ? { everybody } : {}) });
  }
  return last;
}

const lastRoster = z.object({ rows: z.number(), at: z.string() });

/** The last whole roster that came and was not held: how many rows it had, and when it came. */
export async function readLastRoster(): Promise<z.infer<typeof lastRoster> | undefined> {
  const bytes = await readObject(ROSTER);
  return bytes && lastRoster.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
}

/** Notes that a whole roster came. */
export const noteRoster = (rows: number, at: Date): Promise<void> =>
  writeObject(ROSTER, Buffer.from(JSON.stringify({ rows, at: iso(at) })));
