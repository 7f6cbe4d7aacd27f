import { leadPartition } from '../lead/partition.ts';
import { absent, type Change, put, type riding, update } from '../platform/commit.ts';
import { shardOf } from '../platform/random.ts';
import { getMany, type Item, indexes, query, queryIndex, type Table } from '../platform/table.ts';
import { packed, unpacked } from './packing.ts';
import { type AuditRecord, chained, idOf } from './record.ts';

/** The decisions of a day are listed in so many partitions, so that no burst meets one partition's limit. */
export const SHARDS = 4;

const dayList = (day: string, shard: number): string => `AUDIT#${day}#${shard}`;
const sortKey = (number: number): string => `DECISION#${String(number).padStart(6, '0')}`;
/** What somebody said lies beside what is chained, so that it can be erased. */
function unpack(item: Item): AuditRecord {
  const { packed: bytes, said } = item;
  const record = readable(bytes) ?? unreadable(item);
  return said === undefined || !record.by ? record : { ...record, by: { ...record.by, ...said } };
}

/** The record in these bytes, unless they were changed so that there is none. */
function readable(bytes: unknown): AuditRecord | undefined {
  try {
    const record: unknown = unpacked(bytes as Uint8Array);
    return typeof record === 'object' && record !== null ? (record as AuditRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** Stands where a record did that cannot be read any more, for the check to name: it tells nothing, and its hash is none. */
function unreadable({ pk, sk }: Item): AuditRecord {
  const leadId = String(pk).slice(leadPartition('').length);
  const number = Number(String(sk).slice('DECISION#'.length));
  const empty = { basis: 'unreadable', candidates: [], flip: [], at: '', previousHash: '', hash: '' };
  const versions = { routing: 0, territories: 0, roster: 0, scoring: 0 };
  return { ...empty, outcome: 'released', decisionId: idOf(leadId, number), leadId, number, versions };
}

const saidIn = ({ by }: AuditRecord) =>
  by?.commitment === undefined ? {} : { said: { reason: by.reason, salt: by.salt } };

/** Takes away what somebody said when they decided. The record stays, and verifiable. */
export const silence = ({ leadId, number }: Pick<AuditRecord, 'leadId' | 'number'>): Change =>
  update(
    'audit',
    { pk: leadPartition(leadId), sk: sortKey(number) },
    { expression: 'REMOVE said', onlyIf: 'attribute_exists(pk)' },
  );

/**
 * Writes a record into its lead's chain; never over one that is there. The list of its day holds its hash. The event that tells
 * of the decision may ride in it (see riding).
 */
export const append = (record: AuditRecord, told: Partial<ReturnType<typeof riding>> = {}): Change =>
  put(
    'audit',
    {
      pk: leadPartition(record.leadId),
      sk: sortKey(record.number),
      list: dayList(record.at.slice(0, 10), shardOf(record.leadId, SHARDS)),
      sort: `${record.decisionId}#${record.hash}`,
      packed: packed(chained(record)),
      ...saidIn(record),
      ...told,
    },
    absent,
  );

/** A lead's records, oldest first. */
export async function recordsOf(from: Table, leadId: string): Promise<AuditRecord[]> {
  return (await query(from, { pk: leadPartition(leadId), begins: 'DECISION#' })).map(unpack);
}

/** The last record of a lead that was the router's, with all that it saw; of the newest few. */
export async function lastRouted(from: Table, leadId: string): Promise<AuditRecord | undefined> {
  const items = await query(from, { pk: leadPartition(leadId), begins: 'DECISION#', newestFirst: true, limit: 5 });
  return items.map(unpack).find((record) => record.inputs !== undefined);
}

/** A decision as the list of its day names it. */
export interface Listed {
  /** `<decisionId>#<hash>` */
  line: string;
  key: { pk: string; sk: string };
}

/** A page of the decisions made on a day (`2026-11-23`, UTC), in the order of their ids, from one shard. */
export async function listedOn(
  from: Table,
  day: string,
  shard: number,
  limit: number,
  after?: string,
): Promise<Listed[]> {
  const items = await queryIndex(from, { index: indexes.list, pk: dayList(day, shard), after, limit });
  return items.map(({ pk, sk, sort }) => ({ line: String(sort), key: { pk, sk } }));
}

/** The records that a list names, in its order. One that is gone is left out. */
export async function readListed(from: Table, listed: readonly Listed[]): Promise<AuditRecord[]> {
  const items = await getMany(
    from,
    listed.map(({ key }) => key),
  );
  const found = new Map(items.map((item) => [`${item.pk} ${item.sk}`, item]));
  return listed.flatMap(({ key }) => {
    const item = found.get(`${key.pk} ${key.sk}`);
    return item ? [unpack(item)] : [];
  });
}
