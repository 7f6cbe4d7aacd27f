import { gunzipSync, gzipSync } from 'node:zlib';
import { announce } from '../../../events/contract.ts';
import { ImportPartReceived } from '../../../events/import-part-received.ts';
import { expiry, iso } from '../../platform/clock.ts';
import {
  absent,
  type Change,
  Conflict,
  commit,
  commitOnce,
  commitOne,
  isRefused,
  outbox,
  put,
} from '../../platform/commit.ts';
import { newId, sha256 } from '../../platform/random.ts';
import { get, getMany, indexes, query, queryIndex, spanIndex, type Table } from '../../platform/table.ts';
import type { ImportRow } from '../import-file.ts';

const THIRTY_DAYS = 30 * 24 * 3600 * 1000;
/** Rows that one run takes in, at most; and parts that are announced in one transaction. */
const ROWS = 200;
const PARTS = 20;
/** Bytes of a part as it is stored: an item holds 400 KB. */
const LARGEST = 350_000;
/** Rows of a part that are told one by one. */
const MOST_TOLD = 50;

/** How far an imported file is. */
export interface Progress {
  importId: string;
  /** The file's name, or `call`. */
  name: string;
  at: string;
  rows: number;
  /** Rows that were dealt with, and what became of them. */
  done: number;
  received: number;
  duplicate: number;
  quarantined: number;
  finished: boolean;
  /** Rows that went to quarantine, at most fifty of each two hundred rows. */
  problems: { line: number; quarantineId: string; reason: string }[];
}

/** What became of a part. */
export type PartDone = Pick<Progress, 'done' | 'received' | 'duplicate' | 'quarantined' | 'problems'>;

const partition = (importId: string): string => `IMPORT#${importId}`;
const numbered = (kind: 'PART' | 'DONE', part: number): string => `${kind}#${String(part).padStart(5, '0')}`;

/** The same file is the same import. */
export const importIdOf = (bytes: Uint8Array): string => sha256(bytes).slice(0, 24);

/** Rows as the parts that they are stored in: one, unless they are too long for that. */
function packed(rows: readonly ImportRow[]): Uint8Array[] {
  const bytes = gzipSync(JSON.stringify(rows));
  if (bytes.length <= LARGEST || rows.length === 1) return [bytes];
  const middle = Math.ceil(rows.length / 2);
  return [...packed(rows.slice(0, middle)), ...packed(rows.slice(middle))];
}

/** What there is to be written of a file: first the file itself, then its parts, each announced. Keep the order. */
function changesOf(
  importId: string,
  name: string,
  rows: readonly ImportRow[],
  at: Date,
): { head: Change; parts: Change[][] } {
  const expiresAt = expiry(at, THIRTY_DAYS);
  const pk = partition(importId);
  const portions = Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, at0) =>
    packed(rows.slice(at0 * ROWS, (at0 + 1) * ROWS)),
  ).flat();
  const head = put(
    'import',
    {
      pk,
      sk: 'IMPORT',
      importId,
      name,
      at: iso(at),
      rows: rows.length,
      parts: portions.length,
      list: 'IMPORTS',
      sort: newId(at),
      expiresAt,
    },
    absent,
  );
  const parts = portions.map((some, at0) => [
    put('part', { pk, sk: numbered('PART', at0 + 1), rows: some, expiresAt }, absent),
    outbox(pk, announce(ImportPartReceived, { importId, part: at0 + 1 }), at),
  ]);
  return { head, parts };
}

/** Stores a file's rows and announces them, all in one transaction. For as many rows as a call may bring. Can be repeated. */
export async function storeImport(
  to: Table,
  importId: string,
  name: string,
  rows: readonly ImportRow[],
  at: Date,
): Promise<void> {
  const { head, parts } = changesOf(importId, name, rows, at);
  await commitOnce(to, [head, ...parts.flat()]);
}

/** Stores a file's rows of any number and announces them, in several transactions. Can be repeated: what is there is left. */
export async function storeLargeImport(
  to: Table,
  importId: string,
  name: string,
  rows: readonly ImportRow[],
  at: Date,
): Promise<void> {
  const { head, parts } = changesOf(importId, name, rows, at);
  await once(to, head);
  for (let from = 0; from < parts.length; from += PARTS)
    await Promise.all(parts.slice(from, from + PARTS).map((part) => commitOnce(to, part)));
}

async function once(to: Table, change: Change): Promise<void> {
  try {
    await commitOne(to, change);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}

/** The rows of a part that is not done yet; undefined when it is, or is gone. */
export async function readPart(from: Table, importId: string, part: number): Promise<ImportRow[] | undefined> {
  const pk = partition(importId);
  const items = await getMany(from, [
    { pk, sk: numbered('PART', part) },
    { pk, sk: numbered('DONE', part) },
  ]);
  const find = (sk: string) => items.find((item) => item.sk === sk);
  const rows = find(numbered('PART', part))?.rows;
  if (find(numbered('DONE', part)) || !(rows instanceof Uint8Array)) return undefined;
  return JSON.parse(gunzipSync(rows).toString('utf8')) as ImportRow[];
}

/** Notes what became of a part, once. */
export async function partDone(to: Table, importId: string, part: number, done: PartDone, at: Date): Promise<void> {
  const problems = done.problems.slice(0, MOST_TOLD);
  const pk = partition(importId);
  const expiresAt = expiry(at, THIRTY_DAYS);
  try {
    await commit(to, [
      put('part done', { pk, sk: numbered('DONE', part), ...done, problems, expiresAt }, absent),
      // Its rows are leads now, or in quarantine: they are kept there and nowhere else.
      put('part', { pk, sk: numbered('PART', part), expiresAt }),
    ]);
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
}

/** How far an import is, or undefined. */
export async function progressOf(from: Table, importId: string): Promise<Progress | undefined> {
  const pk = partition(importId);
  const head = await get(from, { pk, sk: 'IMPORT' });
  if (!head) return undefined;
  const done = (await query(from, { pk, begins: 'DONE#' })) as unknown as PartDone[];
  const sum = (count: (part: PartDone) => number): number => done.reduce((total, part) => total + count(part), 0);
  return {
    importId,
    name: String(head.name),
    at: String(head.at),
    rows: Number(head.rows),
    done: sum((part) => part.done),
    received: sum((part) => part.received),
    duplicate: sum((part) => part.duplicate),
    quarantined: sum((part) => part.quarantined),
    finished: done.length === Number(head.parts),
    problems: done.flatMap(({ problems }) => problems),
  };
}

/** The imports, newest first, and the cursor of the next page. */
export async function listImports(
  from: Table,
  limit: number,
  cursor?: string,
): Promise<{ items: Pick<Progress, 'importId' | 'name' | 'at' | 'rows'>[]; nextCursor?: string }> {
  const keys = await queryIndex(from, { index: indexes.list, pk: 'IMPORTS', before: cursor, newestFirst: true, limit });
  const found = new Map((await getMany(from, keys)).map((item) => [item.pk, item]));
  const items = keys.flatMap((key) => {
    const item = found.get(key.pk);
    return item
      ? [{ importId: String(item.importId), name: String(item.name), at: String(item.at), rows: Number(item.rows) }]
      : [];
  });
  const last = keys.length === limit ? keys.at(-1)?.sort : undefined;
  return { items, ...(typeof last === 'string' ? { nextCursor: last } : {}) };
}

/** Takes rows out of imports that are still to be dealt with, and what was said of those that were: for each part that holds some. */
export async function withoutRows(from: Table, isAbout: (text: string) => boolean): Promise<Change[]> {
  const imports = await spanIndex(from, { index: indexes.list, pk: 'IMPORTS', from: '0', to: 'Z'.repeat(27) });
  const changes: Change[] = [];
  for (const { pk } of imports) {
    for (const item of await query(from, { pk })) {
      if (item.rows instanceof Uint8Array) {
        const rows = JSON.parse(gunzipSync(item.rows).toString('utf8')) as ImportRow[];
        const others = rows.filter((row) => !isAbout(JSON.stringify(row)));
        if (others.length < rows.length) changes.push(put('part', { ...item, rows: gzipSync(JSON.stringify(others)) }));
      } else if (Array.isArray(item.problems) && isAbout(JSON.stringify(item.problems)))
        changes.push(put('part done', { ...item, problems: [] }));
    }
  }
  return changes;
}
