import { announce } from '../../events/contract.ts';
import { RepFrozen } from '../../events/rep-frozen.ts';
import { absent, type Change, outbox, put, update } from '../platform/commit.ts';
import { get, getMany, type Item, indexes, queryIndex, type Table } from '../platform/table.ts';
import type { Rep } from './rep.ts';
import { newRep, type StaffChange } from './roster.ts';

const keyOf = (repId: string) => ({ pk: `REP#${repId}`, sk: 'REP' });
const LIST = 'REPS';
/** Reps lie in the owner index under their team, as leads lie there under their rep. */
const teamList = (teamId: string): string => `TEAM#${teamId}`;

function toRep(item: Item): Rep {
  const { pk, sk, list, sort, owner, ...rep } = item;
  return rep as unknown as Rep;
}

/** One rep, or undefined. */
export async function readRep(from: Table, repId: string): Promise<Rep | undefined> {
  const item = await get(from, keyOf(repId));
  return item && toRep(item);
}

/** Those of the reps whom the roster knows, by id. */
export async function readReps(from: Table, repIds: readonly string[]): Promise<Map<string, Rep>> {
  const items = await getMany(from, repIds.map(keyOf));
  return new Map(items.map((item) => [toRep(item).repId, toRep(item)]));
}

/** A page of the roster, by id. */
export async function listReps(
  from: Table,
  limit: number,
  cursor?: string,
): Promise<{ items: Rep[]; nextCursor?: string }> {
  const keys = await queryIndex(from, { index: indexes.list, pk: LIST, after: cursor, limit });
  const reps = await readReps(
    from,
    keys.map((key) => String(key.sort)),
  );
  const items = keys.flatMap((key) => reps.get(String(key.sort)) ?? []);
  const last = keys.at(-1)?.sort;
  return { items, ...(keys.length === limit && typeof last === 'string' ? { nextCursor: last } : {}) };
}

/** Ids of a team's members. */
export async function teamMembers(from: Table, teamId: string): Promise<string[]> {
  const keys = await queryIndex(from, { index: indexes.owner, pk: teamList(teamId), limit: 1000 });
  return keys.map((key) => String(key.sort));
}

/** Everybody on the roster. */
export async function everybody(from: Table): Promise<Rep[]> {
  const all: Rep[] = [];
  let cursor: string | undefined;
  do {
    const page = await listReps(from, 500, cursor);
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}

/** Writes what HR said of one person, if their status is still what it was; a freeze is announced with it. */
export function applyStaffChange(change: StaffChange, at: Date): Change[] {
  const { repId, from, fields, phone } = change;
  const team = fields.teamId === undefined ? {} : { owner: teamList(fields.teamId) };
  if (!from) {
    return [put('rep', { ...keyOf(repId), ...newRep(repId, fields, phone), list: LIST, sort: repId, ...team }, absent)];
  }
  const channels = phone === undefined ? {} : { channels: { ...from.channels, phone } };
  const entries = Object.entries({ ...fields, ...channels, ...team });
  const written = update('rep', keyOf(repId), {
    expression: `SET ${entries.map((_, index) => `#f${index} = :f${index}`).join(', ')}`,
    onlyIf: '#status = :before',
    names: { '#status': 'status', ...Object.fromEntries(entries.map(([name], index) => [`#f${index}`, name])) },
    values: { ':before': from.status, ...Object.fromEntries(entries.map(([, value], index) => [`:f${index}`, value])) },
  });
  if (!change.freezes || (fields.status !== 'leaving' && fields.status !== 'left')) return [written];
  return [written, outbox(keyOf(repId).pk, announce(RepFrozen, { repId, status: fields.status }), at)];
}

/** Writes what an admin sets of a rep. */
export const saveSettings = (
  repId: string,
  set: Partial<Pick<Rep, 'productLines' | 'capacity' | 'channels'>>,
): Change => {
  const entries = Object.entries(set);
  return update('rep', keyOf(repId), {
    expression: `SET ${entries.map((_, index) => `#f${index} = :f${index}`).join(', ')}`,
    onlyIf: 'attribute_exists(pk)',
    names: Object.fromEntries(entries.map(([name], index) => [`#f${index}`, name])),
    values: Object.fromEntries(entries.map(([, value], index) => [`:f${index}`, value])),
  });
};

/**
 * Gives a rep one more open lead, only if they are active, under capacity, and hold just as many as the decision saw: so
 * neither a freeze nor another lead given meanwhile goes unnoticed.
 */
export const takeOn = (rep: { repId: string; openLeads: number }): Change =>
  update('rep', keyOf(rep.repId), {
    expression: 'SET openLeads = openLeads + :one',
    onlyIf: '#status = :active AND openLeads = :seen AND openLeads < #capacity',
    names: { '#status': 'status', '#capacity': 'capacity' },
    values: { ':one': 1, ':active': 'active', ':seen': rep.openLeads },
  });

/** Takes an open lead off a rep. */
export const letGo = (repId: string): Change =>
  update('rep', keyOf(repId), {
    expression: 'SET openLeads = openLeads - :one',
    onlyIf: 'openLeads >= :one',
    values: { ':one': 1 },
  });
