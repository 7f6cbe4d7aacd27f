import { announce } from '../../events/contract.ts';
import { MessageQuarantined } from '../../events/message-quarantined.ts';
import { expiry, iso } from './clock.ts';
import { absent, type Change, commit, commitOnce, outbox, put, update } from './commit.ts';
import { newId, nextId } from './random.ts';
import { get, getMany, type Item, indexes, type Key, query, queryIndex, spanIndex, type Table } from './table.ts';

const THIRTY_DAYS = 30 * 24 * 3600 * 1000;
const MINUTE = 60_000;
/** How long a message waits until it is sent on its way again by itself: since it was put aside, and since each time it was sent. */
const AGAIN_AFTER = [MINUTE, 10 * MINUTE, 60 * MINUTE];
const LONGEST_RAW = 64 * 1024;

/** A message that could not be understood or dealt with. */
export interface Quarantined {
  /** Id of the message as its queue or stream gave it; the same message is kept once. */
  quarantineId: string;
  /** The step that could not deal with it. */
  step: string;
  reason: string;
  /** The message as it came (first 64 KiB). May hold personal data: shown masked, to admins only, kept 30 days. */
  raw: string;
  at: string;
  /** The kind of event it is, if it could be read: then it can be sent on its way again. */
  type?: string;
  /** When it was last sent on its way again, by whom, and how often (ISO 8601). */
  redrivenAt?: string;
  redrivenBy?: string;
  redriven?: number;
}

/** Phone numbers and e-mail addresses, but for their ends. */
export const masked = (text: string): string =>
  text
    .replaceAll(/[\w.+-]+@([\w-]+\.)+\w+/g, '***@***')
    .replaceAll(/(?<![\w-])\+?\d[\d -]{6,18}\d(?:x\d+)?(?![\w-])/gi, (digits) => `***${digits.slice(-2)}`);

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
  await commitOnce(to, changes);
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
  const { quarantineId, step, reason, raw, at, type, redrivenAt, redrivenBy, redriven } = item as Item & Quarantined;
  return {
    quarantineId,
    step,
    reason,
    raw: masked(raw),
    at,
    ...(type === undefined ? {} : { type }),
    ...(redrivenAt === undefined ? {} : { redrivenAt, redrivenBy: redrivenBy ?? '', redriven: redriven ?? 0 }),
  };
};

/** When a message is to be sent on its way again by itself; undefined when it cannot be, or was often enough. */
export function redriveDue({ type, at, redrivenAt = at, redriven = 0 }: Quarantined): Date | undefined {
  const wait = AGAIN_AFTER[redriven];
  return type === undefined || wait === undefined ? undefined : new Date(Date.parse(redrivenAt) + wait);
}

/** A message that was put aside, with what it says masked; undefined when there is none. */
export async function readQuarantined(from: Table, quarantineId: string): Promise<Quarantined | undefined> {
  const item = await get(from, keyOf(quarantineId));
  return item && shown(item);
}

/** Why a message cannot be sent on its way again. */
export type NotRedriven = 'unknown' | 'unreadable';

/**
 * Sends a message on its way again, as the very same event: whoever has dealt with it already does nothing. Who did so stays
 * with it.
 */
export async function redrive(
  table: Table,
  quarantineId: string,
  by: string,
  at: Date,
): Promise<NotRedriven | undefined> {
  const key = keyOf(quarantineId);
  const item = (await get(table, key)) as (Item & Quarantined) | undefined;
  if (!item) return 'unknown';
  if (item.type === undefined) return 'unreadable';
  const detail = JSON.parse(item.raw) as Record<string, unknown>;
  await commit(table, [
    update('quarantine', key, {
      expression: 'SET redrivenAt = :at, redrivenBy = :by ADD redriven :one',
      onlyIf: 'attribute_exists(pk)',
      values: { ':at': iso(at), ':by': by, ':one': 1 },
    }),
    put('event', {
      pk: key.pk,
      sk: `EVENT#${nextId(at)}`,
      type: item.type,
      eventId: String(detail.eventId),
      at: iso(at),
      detail,
    }),
  ]);
  return undefined;
}

/** The keys of all messages here that hold something, each with all that happened to it. */
export async function quarantinedAbout(from: Table, isAbout: (text: string) => boolean): Promise<Key[]> {
  const keys: Key[] = [];
  const all = await spanIndex(from, { index: indexes.list, pk: 'QUARANTINE', from: '0', to: 'Z'.repeat(27) });
  for (const item of await getMany(from, all)) {
    if (isAbout(`${String(item.raw)} ${String(item.reason)}`)) keys.push(...(await query(from, { pk: item.pk })));
  }
  return keys;
}
