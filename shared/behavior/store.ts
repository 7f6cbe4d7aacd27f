import { leadPartition } from '../lead/partition.ts';
import { absent, type Change, put } from '../platform/commit.ts';
import { sha256 } from '../platform/random.ts';
import { get, getMany, type Item, type Table } from '../platform/table.ts';
import { type Behavior, nothingDone } from './behavior.ts';

/** A key and a time of those seen, in bytes: 8 and 6. */
const KEY = 8;
const SEEN = KEY + 6;

const keyOf = (leadId: string) => ({ pk: leadPartition(leadId), sk: 'BEHAVIOR' });

/** The key by which an event of a sender's is known: 64 bits of a hash, in hex. */
export const eventKey = (eventId: string): string => sha256(eventId).slice(0, 2 * KEY);

/** Keys and times in as few bytes as can be: each write of a lead's behaviour costs by its size. */
function packed(seen: Behavior['seen']): Uint8Array {
  const bytes = Buffer.alloc(seen.size * SEEN);
  let at = 0;
  for (const [key, time] of seen) {
    bytes.write(key, at, 'hex');
    bytes.writeUIntBE(time, at + KEY, SEEN - KEY);
    at += SEEN;
  }
  return bytes;
}

function unpacked(stored: Uint8Array): Map<string, number> {
  const bytes = Buffer.from(stored);
  const entries = Array.from({ length: bytes.length / SEEN }, (_, at): [string, number] => [
    bytes.toString('hex', at * SEEN, at * SEEN + KEY),
    bytes.readUIntBE(at * SEEN + KEY, SEEN - KEY),
  ]);
  return new Map(entries);
}

/** What a lead's customer did, and which revision of that it is (0: nothing was written yet). */
export interface Kept {
  behavior: Behavior;
  revision: number;
}

const toKept = ({ counts, seen, forgottenTo, revision }: Item): Kept => ({
  revision: revision as number,
  behavior: {
    counts: counts as Behavior['counts'],
    seen: unpacked(seen as Uint8Array),
    ...(forgottenTo === undefined ? {} : { forgottenTo: forgottenTo as number }),
  },
});

/** What a lead's customer did. */
export async function readBehavior(from: Table, leadId: string): Promise<Kept> {
  const item = await get(from, keyOf(leadId));
  return item ? toKept(item) : { behavior: nothingDone, revision: 0 };
}

/** What the customers of several leads did, as far as they did anything, by lead id. */
export async function readBehaviors(from: Table, leadIds: readonly string[]): Promise<Map<string, Behavior>> {
  const items = await getMany(from, leadIds.map(keyOf));
  return new Map(items.map((item) => [item.pk.slice(leadPartition('').length), toKept(item).behavior]));
}

/** Stores what a lead's customer did, if nobody did since it was read. */
export const saveBehavior = (leadId: string, { revision }: Kept, { counts, seen, forgottenTo }: Behavior): Change =>
  put(
    'behavior',
    { ...keyOf(leadId), counts, seen: packed(seen), forgottenTo, revision: revision + 1 },
    revision === 0 ? absent : { expression: 'revision = :seen', values: { ':seen': revision } },
  );
