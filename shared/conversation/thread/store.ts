import { announce } from '../../../events/contract.ts';
import { ThreadHeard } from '../../../events/thread-heard.ts';
import { expiry, iso } from '../../platform/clock.ts';
import { absent, type Change, commit, outbox, put, reconsider, update } from '../../platform/commit.ts';
import { sha256 } from '../../platform/random.ts';
import { get, getMany, type Item, indexes, type Key, query, queryIndex, type Table } from '../../platform/table.ts';
import type { Said } from '../message.ts';

/**
 * Threads of connected chats. What is heard lies with its thread until it is known of which lead it is; a thread that nobody
 * ties to a lead is forgotten thirty days after it was last heard of.
 */

const KEPT = 30 * 24 * 3600 * 1000;
const UNTIED = 'THREADS#untied';

/** A thread, and the lead that it is about once that is known. */
export interface Thread {
  chat: string;
  threadId: string;
  leadId?: string;
  /** When it was first and last heard of (ISO 8601). */
  since: string;
  lastAt: string;
}

/** A message as a chat told of it. */
export interface Heard {
  said: Said;
  /** The chat's own id of a member of the staff who said it. */
  staffId?: string | undefined;
  /** Said to us and not to the customer: what was copied out of a chat, or which lead the thread is about. */
  toUs?: boolean | undefined;
}

/** Whether a thread is a member's own with the company's app: each of its messages names its lead. */
export const isOwnThread = (threadId: string): boolean => threadId.startsWith('app/');

const partition = (chat: string, threadId: string): string => `THREAD#${chat}#${sha256(threadId).slice(0, 32)}`;
const threadKey = (chat: string, threadId: string) => ({ pk: partition(chat, threadId), sk: 'THREAD' });
const heardKey = (chat: string, threadId: string, messageId: string) => ({
  pk: partition(chat, threadId),
  sk: `HEARD#${sha256(messageId).slice(0, 32)}`,
});

const toThread = ({ chat, threadId, leadId, since, lastAt }: Item): Thread => ({
  chat: String(chat),
  threadId: String(threadId),
  ...(leadId === undefined ? {} : { leadId: String(leadId) }),
  since: String(since),
  lastAt: String(lastAt),
});

/** One thread, or undefined. */
export async function readThread(from: Table, chat: string, threadId: string): Promise<Thread | undefined> {
  const item = await get(from, threadKey(chat, threadId));
  return item && toThread(item);
}

/** Keeps a message with its thread and announces it, once however often it is told of. */
export const hear = (table: Table, chat: string, threadId: string, heard: Heard, at: Date): Promise<void> =>
  reconsider(async () => {
    const key = heardKey(chat, threadId, heard.said.messageId);
    if (await get(table, key)) return;
    const thread = await readThread(table, chat, threadId);
    const expiresAt = expiry(at, KEPT);
    const list = isOwnThread(threadId) ? {} : { list: UNTIED, sort: iso(at) };
    await commit(table, [
      put('heard', { ...key, heard, expiresAt }, absent),
      thread
        ? update('thread', threadKey(chat, threadId), {
            expression: 'SET lastAt = :at, expiresAt = :expiry',
            values: { ':at': iso(at), ':expiry': expiresAt },
          })
        : put(
            'thread',
            { ...threadKey(chat, threadId), chat, threadId, since: iso(at), lastAt: iso(at), expiresAt, ...list },
            absent,
          ),
      announceThread(chat, threadId, at),
    ]);
  });

const announceThread = (chat: string, threadId: string, at: Date): Change =>
  outbox(partition(chat, threadId), announce(ThreadHeard, { chat, threadId }), at);

/** Announces that a vendor has messages to be asked for. */
export const announceAsk = (table: Table, chat: string, ask: { account: string; token: string }, at: Date) =>
  commit(table, [outbox(partition(chat, ask.account), announce(ThreadHeard, { chat, ask }), at)]);

/** What was heard in a thread and lies with no lead yet, oldest first. */
export async function waitingIn(from: Table, { chat, threadId }: Thread): Promise<Heard[]> {
  const items = await query(from, { pk: partition(chat, threadId), begins: 'HEARD#' });
  const waiting = items.flatMap(({ heard }) => (heard === undefined ? [] : [heard as Heard]));
  return waiting.sort((a, b) => (a.said.at < b.said.at ? -1 : 1));
}

/** Says which lead a thread is about, unless that is known; and has what waits dealt with. */
export const tie = (table: Table, { chat, threadId }: Thread, leadId: string, at: Date): Promise<void> =>
  commit(table, [
    update('thread', threadKey(chat, threadId), {
      expression: 'SET leadId = :lead REMOVE #list, #sort',
      onlyIf: 'attribute_exists(pk) AND (attribute_not_exists(leadId) OR leadId = :lead)',
      names: { '#list': 'list', '#sort': 'sort' },
      values: { ':lead': leadId },
    }),
    announceThread(chat, threadId, at),
  ]);

/** A message lies with its lead now; that it was heard is remembered, what it said is not. */
export const filed = ({ chat, threadId }: Thread, { said }: Heard, at: Date): Change =>
  put('heard', { ...heardKey(chat, threadId, said.messageId), expiresAt: expiry(at, KEPT) });

/** Threads of which nobody knows the lead, the newest first. */
export async function untied(
  from: Table,
  limit: number,
  before?: string,
): Promise<{ items: Thread[]; nextCursor?: string }> {
  const keys = await queryIndex(from, { index: indexes.list, pk: UNTIED, before, newestFirst: true, limit });
  const found = new Map((await getMany(from, keys)).map((item) => [item.pk, toThread(item)]));
  const items = keys.flatMap(({ pk }) => found.get(pk) ?? []).filter(({ leadId }) => leadId === undefined);
  const last = keys.at(-1)?.sort;
  return { items, ...(keys.length === limit && typeof last === 'string' ? { nextCursor: last } : {}) };
}

const cursorKey = (chat: string, account: string) => ({ pk: partition(chat, account), sk: 'CURSOR' });

/** How far an account's messages have been asked for. */
export async function cursorOf(from: Table, chat: string, account: string): Promise<string | undefined> {
  const item = await get(from, cursorKey(chat, account));
  return item?.cursor === undefined ? undefined : String(item.cursor);
}

/** Remembers how far an account's messages have been asked for. */
export const keepCursor = (table: Table, chat: string, account: string, cursor: string): Promise<void> =>
  commit(table, [put('cursor', { ...cursorKey(chat, account), cursor })]);

/** The keys of all that is kept of a thread; of one with the company's app, which is about many leads, only of what holds something. */
export async function keptOf(
  from: Table,
  chat: string,
  threadId: string,
  isAbout: (text: string) => boolean,
): Promise<Key[]> {
  const items = await query(from, { pk: partition(chat, threadId) });
  return isOwnThread(threadId)
    ? items.filter(({ heard }) => heard !== undefined && isAbout(JSON.stringify(heard)))
    : items;
}
