import { gradeOf, type Lead, type Owner } from '../lead/lead.ts';
import type { Rep } from '../org/rep.ts';
import { everybody } from '../org/store.ts';
import { type Change, update } from '../platform/commit.ts';
import { type Item, query, type Table } from '../platform/table.ts';
import type { ResponseCounted } from './counted.ts';
import { type GivenAt, type Pending, placesOf, withOneMore } from './pending.ts';
import { minutesBetween, type Row } from './response.ts';

/**
 * Running counts of what became of leads: one item for each day of receipt, source, team, rep and grade, with how many were
 * given, were contacted and won after each number of minutes, and were lost. Kept in the transactions that do so; those given last
 * lie with the reps who have them.
 */

const SEPARATOR = '|';
const partition = (month: string): string => `RESPONSE#${month}`;

const placeOf = (lead: Lead, owner: Owner | undefined) => ({
  day: lead.receivedAt.slice(0, 10),
  source: lead.source.channel,
  teamId: owner?.teamId ?? '',
  grade: gradeOf(lead),
});

const rowAt = ({ day, source, teamId, grade }: Omit<GivenAt, 'leads'>, repId: string | undefined): string =>
  [day, source, teamId, repId ?? '', grade].join(SEPARATOR);

/** Where a lead of this owner's is counted. */
export const rowOf = (lead: Lead, owner: Owner | undefined): string => rowAt(placeOf(lead, owner), owner?.repId);

/** Where a lead is counted that was contacted at this time by (or for) this owner. */
export function countedAs(lead: Lead, owner: Owner | undefined, contactedAt: string): ResponseCounted {
  return { row: rowOf(lead, owner), minutes: minutesBetween(lead.sla.receivedAt, contactedAt) };
}

/** Adds to rows' numbers, in one write for each row: no transaction may name an item twice. */
function count(increments: readonly (readonly [row: string, name: string, by: number])[]): Change[] {
  return [...Map.groupBy(increments, ([row]) => row)].flatMap(([row, own]) => {
    const sums = new Map<string, number>();
    for (const [, name, by] of own) sums.set(name, (sums.get(name) ?? 0) + by);
    const each = [...sums].filter(([, by]) => by !== 0);
    if (each.length === 0) return [];
    return [
      update(
        'response times',
        { pk: partition(row.slice(0, 7)), sk: row },
        {
          expression: `ADD ${each.map((_, at) => `#n${at} :n${at}`).join(', ')}`,
          names: Object.fromEntries(each.map(([name], at) => [`#n${at}`, name])),
          values: Object.fromEntries(each.map(([, by], at) => [`:n${at}`, by])),
        },
      ),
    ];
  });
}

const moved = (to: string, from: string | undefined): [row: string, name: string, by: number][] =>
  to === from
    ? []
    : [[to, 'given', 1], ...(from === undefined ? [] : [[from, 'given', -1] as [string, string, number]])];

/** Where a lead is counted that is given to somebody, with what is to be written for it. */
interface CountedGiven {
  /** The row in which it is counted from now on, for the lead to remember. */
  given: string;
  /** What is pending with the owner now, if that has changed. */
  pending?: Pending;
  changes: Change[];
}

/**
 * Counts a lead that is given to an owner, with what is pending there; of one that had another before and was not contacted yet,
 * there instead.
 */
export function countGiven(lead: Lead, owner: Owner, before: Pending | undefined): CountedGiven {
  if (lead.response) return { given: lead.given ?? lead.response.row, changes: [] };
  const given = rowOf(lead, owner);
  if (given === lead.given) return { given, changes: [] };
  const { pending, full } = withOneMore(before, placeOf(lead, owner));
  const counted = full.map((place) => [rowAt(place, owner.repId), 'given', place.leads] as const);
  const elsewhere = lead.given === undefined ? [] : [[lead.given, 'given', -1] as const];
  return { given, pending, changes: count([...counted, ...elsewhere]) };
}

/** Counts a lead as given in its row itself. */
export const countAsGiven = (lead: Lead, owner: Owner): Change[] => count([[rowOf(lead, owner), 'given', 1]]);

/** Counts a lead no longer that turned out to be none, unless it was contacted. */
export const uncount = ({ given, response }: Lead): Change[] =>
  given === undefined || response ? [] : count([[given, 'given', -1]]);

/** Counts a first contact; of one that was counted later before, there instead. */
export const countContact = (now: ResponseCounted, before?: ResponseCounted, given?: string): Change[] =>
  count([
    [now.row, `contacted${now.minutes}`, 1],
    ...(before ? [[before.row, `contacted${before.minutes}`, -1] as const] : []),
    ...moved(now.row, given),
  ]);

/**
 * Counts a lead whose first contact is now known to be another, or (undefined) never to have been, instead of as before (undefined:
 * none was known); with its deal, if that has ended. Without a contact it is counted where it was given.
 */
export function recount(
  now: ResponseCounted | undefined,
  before: ResponseCounted | undefined,
  { given = before?.row, ended }: { given: string | undefined; ended: 'won' | 'lost' | undefined },
): Change[] {
  const [from, to] = [before?.row ?? given, now?.row ?? given];
  return count([
    ...(before ? [[before.row, `contacted${before.minutes}`, -1] as const] : []),
    ...(now ? [[now.row, `contacted${now.minutes}`, 1] as const] : []),
    ...(to === undefined ? [] : moved(to, given)),
    ...(ended && from !== undefined ? [[from, closedAs(ended, before), -1] as const] : []),
    ...(ended && to !== undefined ? [[to, closedAs(ended, now), 1] as const] : []),
  ]);
}

/** As what a closed deal is counted: one that was won without any contact, by itself. */
const closedAs = (ended: 'won' | 'lost', response: ResponseCounted | undefined): string =>
  ended === 'lost' ? 'lost' : response ? `won${response.minutes}` : 'uncalled';

/** Counts a deal as won or lost. */
export function countClosed({ response, given }: Lead, won: boolean): Change[] {
  const row = response?.row ?? given;
  return row === undefined ? [] : count([[row, closedAs(won ? 'won' : 'lost', response), 1]]);
}

function toRow(item: Item): Row {
  const [day = '', source = '', teamId = '', repId = '', grade = ''] = item.sk.split(SEPARATOR);
  const counts = (what: string) =>
    new Map(
      Object.entries(item).flatMap(([name, count]): [number, number][] =>
        name.startsWith(what) ? [[Number(name.slice(what.length)), Number(count)]] : [],
      ),
    );
  const sum = (what: string): number => Number(item[what] ?? 0);
  return {
    ...{ day, source, teamId, repId, grade, contacted: counts('contacted'), won: counts('won') },
    ...{ given: sum('given'), lost: sum('lost'), uncalled: sum('uncalled') },
  };
}

/** What is pending with a rep, as rows. */
const pendingRows = ({ repId, pending }: Rep): Row[] =>
  (pending ? placesOf(pending) : []).map(({ leads, ...place }) => ({
    ...{ ...place, repId, contacted: new Map(), won: new Map() },
    ...{ given: leads, lost: 0, uncalled: 0 },
  }));

/** The rows of leads received on those days, with what is pending. What leaves a rep for its row at this moment may be missing, or there twice. */
export async function rowsWithPending(table: Table, from: string, to: string): Promise<Row[]> {
  const [rows, reps] = await Promise.all([rowsBetween(table, from, to), everybody(table)]);
  return [...rows, ...reps.flatMap(pendingRows).filter(({ day }) => day >= from && day < to)];
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
