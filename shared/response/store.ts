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

const add = ({ row, minutes }: ResponseCounted, what: 'contacted' | 'won', by: 1 | -1): Change =>
  update(
    'response times',
    { pk: partition(row.slice(0, 7)), sk: row },
    {
      expression: 'ADD #minutes :by',
      names: { '#minutes': `${what}${minutes}` },
      values: { ':by': by },
    },
  );

/** Counts a first contact; of one that was counted later before, there instead. */
export const countContact = (now: ResponseCounted, before?: ResponseCounted): Change[] => {
  if (before && before.row === now.row && before.minutes === now.minutes) return [];
  if (before?.row === now.row) {
    const { row } = now;
    return [
      update(
        'response times',
        { pk: partition(row.slice(0, 7)), sk: row },
        {
          expression: 'ADD #now :one, #before :less',
          names: { '#now': `contacted${now.minutes}`, '#before': `contacted${before.minutes}` },
          values: { ':one': 1, ':less': -1 },
        },
      ),
    ];
  }
  return [add(now, 'contacted', 1), ...(before ? [add(before, 'contacted', -1)] : [])];
};

/** Counts a deal as won. */
export const countWon = (counted: ResponseCounted): Change => add(counted, 'won', 1);

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
