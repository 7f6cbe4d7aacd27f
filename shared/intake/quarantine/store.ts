import { gunzipSync, gzipSync } from 'node:zlib';
import { announce } from '../../../events/contract.ts';
import { MessageQuarantined } from '../../../events/message-quarantined.ts';
import { RetakeAsked } from '../../../events/retake-asked.ts';
import { expiry, iso } from '../../platform/clock.ts';
import { absent, type Change, commit, isRefused, outbox, put, reconsider, update } from '../../platform/commit.ts';
import { newId, sha256 } from '../../platform/random.ts';
import { get, getMany, type Item, indexes, type Key, query, queryIndex, type Table } from '../../platform/table.ts';
import type { SourceName } from '../sources.ts';

const HOUR = 3600 * 1000;
const THIRTY_DAYS = 30 * 24 * HOUR;

/** What came and was not understood, or could not be fetched: enough to take it in again. */
export interface Kept {
  source: SourceName;
  /** What a sender posted; a platform's word of a lead that could not be fetched; or its wish that one be erased. */
  kind: 'delivery' | 'reference' | 'erasure';
  /** How it showed to be of its source. */
  shown: 'signature' | 'key';
  headers: Record<string, string>;
  query: Record<string, string>;
  /** As it came, byte for byte. */
  body: Buffer;
  /** What it was fetched for, or what is to be fetched, or whose erasure is asked for. */
  reference?: Record<string, string>;
  /** The key of a row of an imported file. */
  row?: string;
  /** The id under which its lead will be. */
  leadId: string;
  /** When it came (ISO 8601). */
  cameAt: string;
}

/** What lies in the leads' quarantine, as it is listed. */
export interface Entry {
  quarantineId: string;
  source: SourceName;
  kind: Kept['kind'];
  /** `ignored`: an event that is none of our business, kept without an alert. */
  status: 'waiting' | 'retaking' | 'taken-in' | 'ignored';
  reason: string;
  at: string;
  bytes: number;
  /** How often it was taken in again, when last, and by whom. */
  retakes: number;
  retakenAt?: string;
  retakenBy?: string;
  /** The lead that it became; of an erasure, the one to be erased. */
  leadId?: string;
}

const keyOf = (quarantineId: string) => ({ pk: `INTAKE-QUARANTINE#${quarantineId}`, sk: 'DELIVERY' });
const listOf = (status: Entry['status']): string => `INTAKE-QUARANTINE#${status === 'retaking' ? 'waiting' : status}`;
const alertKey = (source: SourceName) => ({ pk: 'INTAKE-QUARANTINE', sk: `ALERT#${source}` });

const idOf = ({ source, kind, body, row, reference }: Kept): string =>
  sha256(Buffer.concat([Buffer.from(JSON.stringify([source, kind, row ?? null, reference ?? null])), body])).slice(
    0,
    32,
  );

/** Says so to the admins, at most once an hour for each source: a form that changed spoils every lead of it. */
async function alert(from: Table, { source }: Kept, quarantineId: string, reason: string, at: Date): Promise<Change[]> {
  const told = await get(from, alertKey(source));
  if (told && Number(told.expiresAt) > expiry(at, 0)) return [];
  const what = announce(MessageQuarantined, {
    quarantineId,
    step: `intake of ${source}`,
    reason: reason.slice(0, 300).toWellFormed(),
  });
  return [
    put(
      'alert',
      { ...alertKey(source), expiresAt: expiry(at, HOUR) },
      { expression: 'attribute_not_exists(pk) OR expiresAt <= :now', values: { ':now': expiry(at, 0) } },
    ),
    outbox(keyOf(quarantineId).pk, what, at),
  ];
}

/**
 * Keeps what could not be understood, with its reason, for thirty days, and tells the admins unless `ignored`. The same is kept
 * once, however often it comes. Gives its id.
 */
export async function keepAside(
  to: Table,
  kept: Kept,
  { reason, ignored = false, leadId }: { reason: string; ignored?: boolean; leadId?: string | undefined },
  at: Date,
): Promise<string> {
  const quarantineId = idOf(kept);
  const status = ignored ? 'ignored' : 'waiting';
  await reconsider(async () => {
    if (await get(to, keyOf(quarantineId))) return;
    const item: Item = {
      ...keyOf(quarantineId),
      quarantineId,
      kept: { ...kept, body: gzipSync(kept.body) },
      source: kept.source,
      kind: kept.kind,
      status,
      reason,
      at: iso(at),
      bytes: kept.body.length,
      retakes: 0,
      ...(leadId === undefined ? {} : { leadId }),
      list: listOf(status),
      sort: newId(at),
      expiresAt: expiry(at, THIRTY_DAYS),
    };
    await commit(to, [
      put('quarantine', item, absent),
      ...(ignored ? [] : await alert(to, kept, quarantineId, reason, at)),
    ]);
  });
  return quarantineId;
}

const entryOf = (item: Item): Entry => {
  const { quarantineId, source, kind, status, reason, at, bytes, retakes, retakenAt, retakenBy, leadId } =
    item as Item & Entry;
  return {
    quarantineId,
    source,
    kind,
    status,
    reason,
    at,
    bytes,
    retakes,
    ...(retakenAt === undefined ? {} : { retakenAt, retakenBy: retakenBy ?? '' }),
    ...(leadId === undefined ? {} : { leadId }),
  };
};

const keptOf = (item: Item): Kept => {
  const kept = item.kept as Omit<Kept, 'body'> & { body: Uint8Array };
  return { ...kept, body: gunzipSync(kept.body) };
};

/** One of them with what came, or undefined. */
export async function readAside(from: Table, quarantineId: string): Promise<{ entry: Entry; kept: Kept } | undefined> {
  const item = await get(from, keyOf(quarantineId));
  return item && { entry: entryOf(item), kept: keptOf(item) };
}

/** Those of a state (being retaken counts as waiting), newest first, each with what came, and the cursor of the next page. */
export async function listAside(
  from: Table,
  status: 'waiting' | 'taken-in' | 'ignored',
  limit: number,
  cursor?: string,
): Promise<{ items: { entry: Entry; kept: Kept }[]; nextCursor?: string }> {
  const keys = await queryIndex(from, {
    index: indexes.list,
    pk: listOf(status),
    before: cursor,
    newestFirst: true,
    limit,
  });
  const found = new Map((await getMany(from, keys)).map((item) => [item.pk, item]));
  const items = keys.flatMap((key) => found.get(key.pk) ?? []);
  const last = keys.length === limit ? keys.at(-1)?.sort : undefined;
  return {
    items: items.map((item) => ({ entry: entryOf(item), kept: keptOf(item) })),
    ...(typeof last === 'string' ? { nextCursor: last } : {}),
  };
}

/** Asks that it be taken in again by the mapping as it is now. False when there is nothing to take in. */
export async function askRetake(to: Table, quarantineId: string, by: string, at: Date): Promise<boolean> {
  try {
    await commit(to, [
      update('quarantine', keyOf(quarantineId), {
        expression: 'SET #status = :retaking, retakenAt = :at, retakenBy = :by, #list = :list ADD retakes :one',
        onlyIf: 'attribute_exists(pk) AND #status <> :done AND kind <> :erasure',
        names: { '#status': 'status', '#list': 'list' },
        values: {
          ':retaking': 'retaking',
          ':list': listOf('retaking'),
          ':done': 'taken-in',
          ':erasure': 'erasure',
          ':at': iso(at),
          ':by': by,
          ':one': 1,
        },
      }),
      outbox(keyOf(quarantineId).pk, announce(RetakeAsked, { quarantineId, by }), at),
    ]);
    return true;
  } catch (error) {
    if (isRefused(error)) return false;
    throw error;
  }
}

/** Says what became of it when it was taken in again: the lead that it is now, or why it still cannot be understood. */
export async function retaken(
  to: Table,
  quarantineId: string,
  outcome: { leadId?: string | undefined } | { reason: string },
): Promise<void> {
  const status = 'reason' in outcome ? 'waiting' : 'taken-in';
  const leadId = 'reason' in outcome ? undefined : outcome.leadId;
  await commit(to, [
    update('quarantine', keyOf(quarantineId), {
      expression: `SET #status = :status, #list = :list${'reason' in outcome ? ', reason = :reason' : ''}${leadId ? ', leadId = :leadId' : ''}`,
      onlyIf: 'attribute_exists(pk)',
      names: { '#status': 'status', '#list': 'list' },
      values: {
        ':status': status,
        ':list': listOf(status),
        ...('reason' in outcome ? { ':reason': outcome.reason } : {}),
        ...(leadId ? { ':leadId': leadId } : {}),
      },
    }),
  ]);
}

/** All that lies here and holds something, or became one of these leads. */
export async function asideAbout(
  from: Table,
  leadIds: ReadonlySet<string>,
  isAbout: (text: string) => boolean,
): Promise<{ entry: Entry; kept: Kept }[]> {
  const found: { entry: Entry; kept: Kept }[] = [];
  for (const status of ['waiting', 'taken-in', 'ignored'] as const) {
    let cursor: string | undefined;
    do {
      const page = await listAside(from, status, 100, cursor);
      found.push(
        ...page.items.filter(({ entry, kept: { body, ...about } }) => {
          if (leadIds.has(entry.leadId ?? '') || leadIds.has(about.leadId)) return true;
          return isAbout(`${body.toString('utf8')} ${JSON.stringify(about)} ${entry.reason}`);
        }),
      );
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }
  return found;
}

/** The keys of what was put aside, with all that happened to it. */
export const keysOf = async (from: Table, entries: readonly Pick<Entry, 'quarantineId'>[]): Promise<Key[]> =>
  (await Promise.all(entries.map(({ quarantineId }) => query(from, { pk: keyOf(quarantineId).pk })))).flat();
