import { type Lead, ownerOf } from '../../lead/lead.ts';
import { iso } from '../../platform/clock.ts';
import { type Change, put, update } from '../../platform/commit.ts';
import { type Item, type Key, query, type Table } from '../../platform/table.ts';
import { type Interaction, isContact } from '../interaction.ts';
import { OTHER } from '../lost.ts';
import { type Stage, stages } from '../stages.ts';
import type { HealthRow } from './health.ts';

/**
 * Running counts of the sales process: one item for each day, source, team, rep, product line and stage. Kept in the
 * transactions that move a deal or log a contact, so that no report reads leads.
 */

/** What one count stands for: a move of a deal, or a contact. Times ISO 8601, spans in milliseconds. */
export type Deed = { at: string; leadId: string } & (
  | { kind: 'move'; to: Stage['name']; stayed: number; lostReason?: string; lostCode?: string; cycle?: number }
  | { kind: 'contact'; interactionId: string; ineffective: boolean; retracted?: boolean }
);

/** A record with where it is counted. */
export type DeedOf = Deed & Pick<HealthRow, 'day' | 'source' | 'teamId' | 'repId' | 'productLine' | 'stage'>;

type Counted = Pick<Interaction, 'outcome' | 'reached' | 'interactionId'> & {
  counted: NonNullable<Interaction['counted']>;
};

const SEPARATOR = '|';
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

/** Why a deal was lost: as it was said, and the code under which it is counted. */
export interface Lost {
  reason: string;
  code: string;
}

/** Counts a deal that leaves its stage now: how long it stayed, where it goes, and why, if it is lost. */
export function countMove(lead: Lead, to: Stage['name'], lost: Lost | undefined, at: Date): Change[] {
  const stayed = Math.max(0, at.getTime() - Date.parse(lead.stage.since));
  const cycle = Math.max(0, at.getTime() - Date.parse(lead.receivedAt));
  const won = to === stages.at(-1);
  const row = keyOf(lead, at);
  const deed: Deed = {
    kind: 'move',
    at: iso(at),
    leadId: lead.leadId,
    to,
    stayed,
    ...(lost ? { lostReason: lost.reason, lostCode: lost.code } : {}),
    ...(won ? { cycle } : {}),
  };
  return [
    add(row, [
      [`left${Math.floor(stayed / 60_000)}`, 1],
      ['stayed', stayed],
      [`to ${to}`, 1],
      ...(lost ? [[`lost ${lost.code}`, 1] as const] : []),
      ...(won ? [[`won${Math.floor(cycle / 60_000)}`, 1] as const, ['cycle', cycle] as const] : []),
    ]),
    keep(row, `${lead.leadId}#${lead.version}`, deed),
  ];
}

/** Where a contact that is logged now is counted, by its id. */
export function countedAs(lead: Lead, interactionId: string, at: Date): NonNullable<Interaction['counted']> {
  const row = keyOf(lead, at);
  return { row, deed: deedKey(row, interactionId) };
}

/** Counts a contact that was logged, whether it reached somebody or not. */
export function countLogged(lead: Lead, { counted, interactionId, ...contact }: Counted, at: Date): Change[] {
  const ineffective = !isContact(contact);
  const deed: Deed = { kind: 'contact', at: iso(at), leadId: lead.leadId, interactionId, ineffective };
  return [
    add(counted.row, [['contacts', 1], ...(ineffective ? [['ineffective', 1] as const] : [])]),
    keep(counted.row, interactionId, deed),
  ];
}

/** Counts a contact that was corrected where it was counted at first. */
export function countCorrection(wrong: Interaction, right: Interaction): Change[] {
  if (!wrong.counted) return [];
  const was = isContact(wrong) ? 0 : 1;
  const is = right.retracted || isContact(right) ? 0 : 1;
  const numbers = [
    ...(right.retracted ? [['contacts', -1] as const] : []),
    ...(is === was ? [] : [['ineffective', is - was] as const]),
  ];
  if (numbers.length === 0) return [];
  const set = update('record of a contact', wrong.counted.deed, {
    expression: 'SET #deed.ineffective = :ineffective, #deed.retracted = :retracted',
    names: { '#deed': 'deed' },
    values: { ':ineffective': is === 1, ':retracted': right.retracted ?? false },
  });
  return [add(wrong.counted.row, numbers), set];
}

/** The records of a lead's loss, found by when it was lost and whose it was: without what was said about it. */
export async function silenceLoss(table: Table, lead: Extract<Lead, { status: 'lost' }>): Promise<Change[]> {
  const day = lead.closedAt.slice(0, 10);
  const pk = `DEEDS#${day.slice(0, 7)}#${lead.owner?.teamId ?? ''}`;
  const items = await query(table, { pk, begins: `${day}#${lead.leadId}#` });
  return items
    .filter(({ deed }) => (deed as { lostReason?: string }).lostReason !== undefined)
    .map(({ sk, deed }) =>
      update(
        'record of the process',
        { pk, sk },
        {
          expression: 'SET #deed.lostReason = :erased',
          names: { '#deed': 'deed' },
          values: { ':erased': (deed as { lostCode?: string }).lostCode ?? OTHER },
        },
      ),
    );
}

/** Keeps the record behind what is counted in a row. */
const keep = (row: Key, id: string, deed: Deed): Change =>
  put('record of the process', { ...deedKey(row, id), row: row.sk, deed });

/** Records lie by month and team. */
function deedKey(row: Key, id: string): Key {
  const [day = '', , teamId = ''] = row.sk.split(SEPARATOR);
  return { pk: `DEEDS#${day.slice(0, 7)}#${teamId}`, sk: `${day}#${id}` };
}

const dimensions = (sk: string) => {
  const [day = '', source = '', teamId = '', repId = '', productLine = '', stage = ''] = sk.split(SEPARATOR);
  return { day, source, teamId, repId, productLine, stage };
};

/** The months of the days from `from` until before `to`. */
function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  const month = new Date(`${from.slice(0, 7)}-01T00:00:00.000Z`);
  while (month.toISOString().slice(0, 10) < to) {
    months.push(month.toISOString().slice(0, 7));
    month.setUTCMonth(month.getUTCMonth() + 1);
  }
  return months;
}

/** The records behind the counts of a team on the days from `from` until before `to` (`2026-11-23`), oldest first. */
export async function deedsBetween(table: Table, teamId: string, from: string, to: string): Promise<DeedOf[]> {
  const found: DeedOf[] = [];
  for (const month of monthsBetween(from, to)) {
    const items = await query(table, { pk: `DEEDS#${month}#${teamId}` });
    found.push(...items.map(({ row, deed }) => ({ ...dimensions(String(row)), ...(deed as Deed) })));
  }
  return found.filter(({ day }) => day >= from && day < to);
}

function toRow(item: Item): HealthRow {
  const named = (what: string): [rest: string, count: number][] =>
    Object.entries(item).flatMap(([name, count]) =>
      name.startsWith(what) && typeof count === 'number' ? [[name.slice(what.length), count]] : [],
    );
  const byMinute = (what: string) => new Map(named(what).map(([minute, count]) => [Number(minute), count]));
  return {
    ...dimensions(item.sk),
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
  for (const month of monthsBetween(from, to)) {
    const items = await query(table, { pk: partition(month) });
    rows.push(...items.map(toRow).filter(({ day }) => day >= from && day < to));
  }
  return rows;
}
