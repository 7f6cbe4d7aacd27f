import { gradeOf, type Lead, type Owner } from '../lead/lead.ts';
import { type Change, update } from '../platform/commit.ts';
import { type Item, query, type Table } from '../platform/table.ts';
import type { ResponseCounted } from './counted.ts';
import { type Counted, minutesBetween } from './response.ts';

/**
 * Running counts of response times: one item for each day of receipt, source, team, rep and grade, with a number for each
 * minute. Kept in the transactions that log a contact or win a deal.
 */

/** What rows are told apart by. */
export interface Row extends Counted {
  day: string;
  source: string;
  teamId: string;
  repId: string;
  grade: string;
}

const SEPARATOR = '|';
const partition = (month: string): string => `RESPONSE#${month}`;

/** Where a lead is counted that was contacted at this time by (or for) this owner. */
export function countedAs(lead: Lead, owner: Owner | undefined, contactedAt: string): ResponseCounted {
  const day = lead.receivedAt.slice(0, 10);
  const row = [day, lead.source.channel, owner?.teamId ?? '', owner?.repId ?? '', gradeOf(lead)].join(SEPARATOR);
  return { row, minutes: minutesBetween(lead.sla.receivedAt, contactedAt) };
}

type Counting = readonly [counted: ResponseCounted, what: 'contacted' | 'won', by: 1 | -1];

/** Adds all of it up, with one write for each row. */
function adding(countings: readonly Counting[]): Change[] {
  const rows = Map.groupBy(countings, ([{ row }]) => row);
  return [...rows].flatMap(([row, own]) => {
    const sums = new Map<string, number>();
    for (const [{ minutes }, what, by] of own) sums.set(`${what}${minutes}`, (sums.get(`${what}${minutes}`) ?? 0) + by);
    const each = [...sums].filter(([, by]) => by !== 0);
    if (each.length === 0) return [];
    return [
      update(
        'response times',
        { pk: partition(row.slice(0, 7)), sk: row },
        {
          expression: `ADD ${each.map((_, n) => `#n${n} :n${n}`).join(', ')}`,
          names: Object.fromEntries(each.map(([name], n) => [`#n${n}`, name])),
          values: Object.fromEntries(each.map(([, by], n) => [`:n${n}`, by])),
        },
      ),
    ];
  });
}

/** Counts a first contact; of one that was counted otherwise before, instead of that. */
export const countContact = (now: ResponseCounted, before?: ResponseCounted): Change[] =>
  recount(now, before, { won: false });

/** Counts a lead as it is now (not at all, if undefined) instead of as it was before; with its deal, if that is counted as won. */
export function recount(
  now: ResponseCounted | undefined,
  before: ResponseCounted | undefined,
  { won }: { won: boolean },
): Change[] {
  const what = won ? (['contacted', 'won'] as const) : (['contacted'] as const);
  return adding([
    ...(now ? what.map((each) => [now, each, 1] as const) : []),
    ...(before ? what.map((each) => [before, each, -1] as const) : []),
  ]);
}

/** Counts a deal as won. */
export const countWon = (counted: ResponseCounted): Change[] => adding([[counted, 'won', 1]]);

function toRow(item: Item): Row {
  const [day = '', source = '', teamId = '', repId = '', grade = ''] = item.sk.split(SEPARATOR);
  const counts = (what: string) =>
    new Map(
      Object.entries(item).flatMap(([name, count]): [number, number][] =>
        name.startsWith(what) ? [[Number(name.slice(what.length)), Number(count)]] : [],
      ),
    );
  return { day, source, teamId, repId, grade, contacted: counts('contacted'), won: counts('won') };
}

/** The rows of leads received on the days from `from` until before `to` (`2026-11-23`), month by month. */
export async function rowsBetween(table: Table, from: string, to: string): Promise<Row[]> {
  const rows: Row[] = [];
  const month = new Date(`${from.slice(0, 7)}-01T00:00:00.000Z`);
  while (month.toISOString().slice(0, 10) < to) {
    const items = await query(table, { pk: partition(month.toISOString().slice(0, 7)) });
    rows.push(...items.map(toRow).filter(({ day }) => day >= from && day < to));
    month.setUTCMonth(month.getUTCMonth() + 1);
  }
  return rows;
}
