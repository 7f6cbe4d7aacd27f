import { type Lead, ownerOf } from '../../lead/lead.ts';
import { iso } from '../../platform/clock.ts';
import { type Change, update } from '../../platform/commit.ts';
import { type Item, query, type Table } from '../../platform/table.ts';
import { type Stage, stages } from '../stages.ts';
import type { HealthRow } from './health.ts';

/**
 * Running counts of the sales process: one item for each day, source, team, rep, product line and stage. Kept in the
 * transactions that move a deal or log a contact, so that no report reads leads.
 */

const SEPARATOR = '|';
/** Reasons are told apart by so many characters. */
const REASON = 60;
const partition = (month: string): string => `PROCESS#${month}`;

function keyOf(lead: Lead, at: Date): { pk: string; sk: string } {
  const day = iso(at).slice(0, 10);
  const owner = ownerOf(lead);
  const parts = [
    day,
    lead.source.channel,
    owner?.teamId ?? '',
    owner?.repId ?? '',
    lead.productLine ?? '',
    lead.stage.name,
  ];
  return { pk: partition(day.slice(0, 7)), sk: parts.map((part) => part.replaceAll(SEPARATOR, ' ')).join(SEPARATOR) };
}

/** Adds to an item's numbers, by their names. */
function add(key: { pk: string; sk: string }, numbers: readonly (readonly [name: string, by: number])[]): Change {
  const each = numbers.map(([name, by], at) => ({ name, by, of: `#n${at}`, value: `:n${at}` }));
  return update('process health', key, {
    expression: `ADD ${each.map(({ of, value }) => `${of} ${value}`).join(', ')}`,
    names: Object.fromEntries(each.map(({ of, name }) => [of, name])),
    values: Object.fromEntries(each.map(({ value, by }) => [value, by])),
  });
}

/** Counts a deal that leaves its stage now: how long it stayed, where it goes, and why, if it is lost. */
export function countMove(lead: Lead, to: Stage['name'], lostReason: string | undefined, at: Date): Change {
  const stayed = Math.max(0, at.getTime() - Date.parse(lead.stage.since));
  const cycle = Math.max(0, at.getTime() - Date.parse(lead.receivedAt));
  const won = to === stages.at(-1);
  return add(keyOf(lead, at), [
    [`left${Math.floor(stayed / 60_000)}`, 1],
    ['stayed', stayed],
    [`to ${to}`, 1],
    ...(to === 'lost' ? [[`lost ${(lostReason ?? '').slice(0, REASON)}`, 1] as const] : []),
    ...(won ? [[`won${Math.floor(cycle / 60_000)}`, 1] as const, ['cycle', cycle] as const] : []),
  ]);
}

/** Counts a contact that was logged, whether it reached somebody or not. */
export const countLogged = (lead: Lead, reached: boolean, at: Date): Change =>
  add(keyOf(lead, at), [['contacts', 1], ...(reached ? [] : [['ineffective', 1] as const])]);

function toRow(item: Item): HealthRow {
  const [day = '', source = '', teamId = '', repId = '', productLine = '', stage = ''] = item.sk.split(SEPARATOR);
  const named = (what: string): [rest: string, count: number][] =>
    Object.entries(item).flatMap(([name, count]) =>
      name.startsWith(what) && typeof count === 'number' ? [[name.slice(what.length), count]] : [],
    );
  const byMinute = (what: string) => new Map(named(what).map(([minute, count]) => [Number(minute), count]));
  return {
    ...{ day, source, teamId, repId, productLine, stage },
    left: byMinute('left'),
    stayed: Number(item.stayed ?? 0),
    to: new Map(named('to ')),
    lostFor: new Map(named('lost ')),
    cycles: byMinute('won'),
    cycled: Number(item.cycle ?? 0),
    contacts: Number(item.contacts ?? 0),
    ineffective: Number(item.ineffective ?? 0),
  };
}

/** What was counted on the days from `from` until before `to` (`2026-11-23`), month by month. */
export async function healthBetween(table: Table, from: string, to: string): Promise<HealthRow[]> {
  const rows: HealthRow[] = [];
  const month = new Date(`${from.slice(0, 7)}-01T00:00:00.000Z`);
  while (month.toISOString().slice(0, 10) < to) {
    const items = await query(table, { pk: partition(month.toISOString().slice(0, 7)) });
    rows.push(...items.map(toRow).filter(({ day }) => day >= from && day < to));
    month.setUTCMonth(month.getUTCMonth() + 1);
  }
  return rows;
}
