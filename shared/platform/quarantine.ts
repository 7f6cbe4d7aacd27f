import { announce } from '../../events/contract.ts';
import { MessageQuarantined } from '../../events/message-quarantined.ts';
import { expiry, iso } from './clock.ts';
import { absent, type Change, Conflict, commit, outbox, put } from './commit.ts';
import { newId } from './random.ts';
import { getMany, type Item, indexes, queryIndex, type Table } from './table.ts';

const THIRTY_DAYS = 30 * 24 * 3600 * 1000;
const LONGEST_RAW = 64 * 1024;

/** A message that could not be understood or dealt with. */
export interface Quarantined {
  /** Id of the message as its queue or stream gave it; the same message is kept once. */
  quarantineId: string;
  /** The step that could not deal with it. */
  step: string;
  reason: string;
  /** The message as it came (first 64 KiB). May hold personal data: shown to admins only, kept 30 days. */
  raw: string;
  at: string;
}

const keyOf = (quarantineId: string) => ({ pk: `QUARANTINE#${quarantineId}`, sk: 'QUARANTINE' });

/** Puts a message aside with its reason and tells the admins, unless `quietly`. Once per message, however often it comes. */
export async function quarantine(to: Table, found: Omit<Quarantined, 'at'>, at: Date, quietly = false): Promise<void> {
  const { pk, sk } = keyOf(found.quarantineId);
  const { quarantineId, step, reason } = found;
  const item: Item = {
    pk,
    sk,
    ...found,
    raw: found.raw.slice(0, LONGEST_RAW),
    at: iso(at),
    list: 'QUARANTINE',
    sort: newId(at),
    expiresAt: expiry(at, THIRTY_DAYS),
  };
  const changes: Change[] = [put('quarantine', item, absent)];
  if (!quietly) changes.push(outbox(pk, announce(MessageQuarantined, { quarantineId, step, reason }), at));
  try {
    await commit(to, changes);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}

/** The messages put aside, newest first, and the cursor of the next page. */
export async function listQuarantine(
  from: Table,
  limit: number,
  cursor?: string,
): Promise<{ items: Quarantined[]; nextCursor?: string }> {
  const keys = await queryIndex(from, {
    index: indexes.list,
    pk: 'QUARANTINE',
    before: cursor,
    newestFirst: true,
    limit,
  });
  const found = new Map((await getMany(from, keys)).map((item) => [item.pk, item]));
  const items = keys.flatMap((key) => found.get(key.pk) ?? []).map(shown);
  const last = keys.length === limit ? keys.at(-1)?.sort : undefined;
  return { items, ...(typeof last === 'string' ? { nextCursor: last } : {}) };
}

const shown = (item: Item): Quarantined => {
  const { quarantineId, step, reason, raw, at } = item as Item & Quarantined;
  return { quarantineId, step, reason, raw, at };
};
