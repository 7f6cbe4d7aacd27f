import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { announce } from '../../../events/contract.ts';
import { RankingAsked } from '../../../events/ranking-asked.ts';
import { listReps } from '../../org/store.ts';
import { expiry, iso } from '../../platform/clock.ts';
import { type Change, commit, commitOne, isRefused, outbox, put, update } from '../../platform/commit.ts';
import { get, type Item, query, type Table } from '../../platform/table.ts';
import { appraisalNow, liveCards } from '../cards/store.ts';
import { companyDay } from '../facts/store.ts';
import type { Period } from '../period.ts';
import { type Row, rowOf } from './row.ts';

/**
 * Rankings as they were made, in pages of rows: of a closed period beside its frozen cards, of a company too large for one call
 * by themselves, for a day.
 */

/** So many cards are made at once; a page of their rows lies far below what an item may hold. */
const PAGE = 90;
const MINUTE = 60_000;
const KEPT = 24 * 60 * MINUTE;
/** A ranking older than this is made anew when somebody asks, but not while one that was asked for is likely under way. */
const STALE = 15 * MINUTE;
const UNDER_WAY = 10 * MINUTE;

const packed = (rows: readonly Row[]): Uint8Array => deflateRawSync(JSON.stringify(rows));
const unpacked = ({ rows }: Item): Row[] => JSON.parse(inflateRawSync(rows as Uint8Array).toString('utf8')) as Row[];

const closedPage = (revision: number): string => `RANKING#${String(revision).padStart(4, '0')}#`;

/** A page of rows of a period that is being closed; `last`: the id of the last rep that it covers. */
export const closedRows = (pk: string, revision: number, last: string, rows: readonly Row[]): Change =>
  put('page of a ranking', { pk, sk: `${closedPage(revision)}${last}`, rows: packed(rows) });

/** All rows of a closing, in the order of ids. */
export const readClosedRows = async (table: Table, pk: string, revision: number): Promise<Row[]> =>
  (await query(table, { pk, begins: closedPage(revision) })).flatMap(unpacked);

const partition = (period: string): string => `RANKING#${period}`;
const madeKey = (period: string) => ({ pk: partition(period), sk: 'MADE' });
const pageOf = (generation: string): string => `PAGE#${generation}#`;

/** A whole company's ranking, as of when it was made (ISO 8601). */
export interface MadeRanking {
  asOf: string;
  version: number;
  rows: Row[];
}

/** The whole company's ranking of a period, if one was made within a day and all of it is there. */
export async function readMade(table: Table, period: string): Promise<MadeRanking | undefined> {
  const made = await get(table, madeKey(period));
  if (typeof made?.generation !== 'string') return undefined;
  const rows = (await query(table, { pk: partition(period), begins: pageOf(made.generation) })).flatMap(unpacked);
  return rows.length === made.rows ? { asOf: String(made.asOf), version: Number(made.version), rows } : undefined;
}

/** Has the whole company's ranking made anew, if this one is stale and nobody asked shortly before. */
export async function askRanking(
  table: Table,
  period: string,
  seen: Pick<MadeRanking, 'asOf' | 'version'> | undefined,
  { version, at }: { version: number; at: Date },
): Promise<boolean> {
  const fresh = seen && seen.version === version && at.getTime() - Date.parse(seen.asOf) < STALE;
  if (fresh) return false;
  try {
    await commit(table, [
      update('ranking', madeKey(period), {
        expression: 'SET askedAt = :now, expiresAt = :later',
        onlyIf: 'attribute_not_exists(askedAt) OR askedAt < :before',
        values: {
          ':now': iso(at),
          ':before': iso(new Date(at.getTime() - UNDER_WAY)),
          ':later': expiry(at, KEPT),
        },
      }),
      outbox(partition(period), announce(RankingAsked, { period }), at),
    ]);
  } catch (error) {
    if (!isRefused(error)) throw error; // somebody asked already
  }
  return true;
}

/** Makes the whole company's ranking of a period, page by page; `generation`: the same at every try. What was read before stays until all is there. */
export async function makeRanking(table: Table, period: Period, generation: string, at: Date): Promise<void> {
  const by = await appraisalNow(table, period, companyDay(iso(at)));
  const expiresAt = expiry(at, KEPT);
  let [rows, cursor]: [number, string | undefined] = [0, undefined];
  do {
    const page: Awaited<ReturnType<typeof listReps>> = await listReps(table, PAGE, cursor);
    const made = (await liveCards(table, page.items, by)).flatMap((card) => rowOf(card));
    const last = page.nextCursor ?? page.items.at(-1)?.repId ?? '';
    const sk = `${pageOf(generation)}${last}`;
    await commitOne(table, put('page', { pk: partition(period.name), sk, rows: packed(made), expiresAt }));
    rows += made.length;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  await commitOne(
    table,
    update('ranking', madeKey(period.name), {
      expression:
        'SET generation = :generation, asOf = :at, version = :version, #rows = :rows, expiresAt = :later REMOVE askedAt',
      names: { '#rows': 'rows' },
      values: {
        ':generation': generation,
        ':at': iso(at),
        ':version': by.version,
        ':rows': rows,
        ':later': expiresAt,
      },
    }),
  );
}
