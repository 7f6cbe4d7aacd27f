import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { absent, type Change, put } from '../../platform/commit.ts';
import { sha256 } from '../../platform/random.ts';
import { get, query, type Table } from '../../platform/table.ts';
import { type AuditRecord, isSound } from '../record.ts';
import { type Listed, listedOn, readListed, SHARDS } from '../store.ts';

/** The root over all decisions of a day: changing, adding or removing one shows, and so does changing an earlier root. */
export interface DayRoot {
  /** `2026-11-23`, UTC */
  day: string;
  records: number;
  root: string;
  previousRoot: string;
}

/** What a check of a day found. `sealed`: its root was written. `firstBroken` is the decisionId at which it does not hold. */
export interface VerifiedDay {
  day: string;
  records: number;
  sealed: boolean;
  intact: boolean;
  root?: string;
  firstBroken?: string;
}

const PAGE = 1000;
const READ = 100;
const partition = 'AUDIT';
const rootKey = (day: string) => ({ pk: partition, sk: `ROOT#${day}` });

/** Reads a day's decisions, a page at a time. */
async function* pagesOf(from: Table, day: string, shard: number, size: number): AsyncGenerator<Listed[]> {
  let after: string | undefined;
  for (;;) {
    const page = await listedOn(from, day, shard, size, after);
    if (page.length > 0) yield page;
    if (page.length < size) return;
    after = page.at(-1)?.line;
  }
}

/** The root over a day's lines, shard by shard, tied to the day before. */
async function rootOver(day: string, previousRoot: string, lines: (shard: number) => AsyncIterable<string>) {
  let records = 0;
  const shards: string[] = [];
  for (let shard = 0; shard < SHARDS; shard += 1) {
    const hash = createHash('sha256');
    for await (const line of lines(shard)) {
      hash.update(`${line}\n`);
      records += 1;
    }
    shards.push(hash.digest('hex'));
  }
  return { records, root: sha256(canonicalize({ day, previousRoot, records, shards }) ?? '') };
}

/** The root of a day as its list has it now. */
export async function rootOf(from: Table, day: string, previousRoot: string): Promise<DayRoot> {
  async function* lines(shard: number) {
    for await (const page of pagesOf(from, day, shard, PAGE)) for (const { line } of page) yield line;
  }
  return { day, previousRoot, ...(await rootOver(day, previousRoot, lines)) };
}

/** The last root that was written, or undefined. */
export async function lastRoot(from: Table): Promise<DayRoot | undefined> {
  const [item] = await query(from, { pk: partition, begins: 'ROOT#', newestFirst: true, limit: 1 });
  return item?.root as DayRoot | undefined;
}

/** Writes a day's root; never over one that is there. */
export const seal = (root: DayRoot): Change => put('daily root', { ...rootKey(root.day), root }, absent);

/** Checks a day: each record against its own hash and its line, and all of them against the root that was written. */
export async function verifyDay(from: Table, day: string): Promise<VerifiedDay> {
  const written = (await get(from, rootKey(day)))?.root as DayRoot | undefined;
  let firstBroken: string | undefined;
  async function* lines(shard: number) {
    for await (const page of pagesOf(from, day, shard, READ)) {
      const records = new Map((await readListed(from, page)).map((record) => [record.decisionId, record]));
      for (const { line } of page) {
        const [decisionId = ''] = line.split('#');
        const record = records.get(decisionId);
        if (!record || !isSound(record) || `${decisionId}#${record.hash}` !== line) firstBroken ??= decisionId;
        yield line;
      }
    }
  }
  const { records, root } = await rootOver(day, written?.previousRoot ?? '', lines);
  const asWritten = written === undefined || (written.root === root && written.records === records);
  return {
    day,
    records,
    sealed: written !== undefined,
    intact: firstBroken === undefined && asWritten,
    ...(written ? { root: written.root } : {}),
    ...(firstBroken === undefined ? {} : { firstBroken }),
  };
}

/** A page of the records of a day, and where the next begins. */
export async function recordsOn(
  from: Table,
  day: string,
  limit: number,
  cursor = '0/',
): Promise<{ records: AuditRecord[]; nextCursor?: string }> {
  const [shard = 0, after = ''] = [Number(cursor.split('/')[0]), cursor.slice(cursor.indexOf('/') + 1)];
  const listed = await listedOn(from, day, shard, limit, after === '' ? undefined : after);
  const records = await readListed(from, listed);
  if (listed.length === limit) return { records, nextCursor: `${shard}/${listed.at(-1)?.line}` };
  return shard + 1 < SHARDS ? { records, nextCursor: `${shard + 1}/` } : { records };
}
