import { announce, type OutgoingEvent } from '../../events/contract.ts';
import { RepAway } from '../../events/rep-away.ts';
import { RepFrozen } from '../../events/rep-frozen.ts';
import { iso } from '../platform/clock.ts';
import { absent, type Change, outbox, put, update } from '../platform/commit.ts';
import { get, getMany, type Item, indexes, queryIndex, type Table } from '../platform/table.ts';
import { type Rep, unset } from './rep.ts';
import { newRep, type StaffChange } from './roster.ts';
import type { Tally } from './tally.ts';

const keyOf = (repId: string) => ({ pk: `REP#${repId}`, sk: 'REP' });
const LIST = 'REPS';
/** Reps lie in the owner index under their team, as leads lie there under their rep. */
const teamList = (teamId: string): string => `TEAM#${teamId}`;

function toRep(item: Item): Rep {
  const { pk, sk, list, sort, owner, ...rep } = item;
  return { ...unset, ...rep } as unknown as Rep;
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

/** Sets (or, where undefined, removes) attributes of a rep, and counts it as a change of their settings. */
function set(repId: string, values: Record<string, unknown>, onlyIf: { status?: string }): Change {
  const entries = Object.entries(values);
  const kept = entries.flatMap(([, value], at) => (value === undefined ? [] : [`#f${at} = :f${at}`]));
  const removed = entries.flatMap(([, value], at) => (value === undefined ? [`#f${at}`] : []));
  return update('rep', keyOf(repId), {
    expression: [
      kept.length > 0 ? `SET ${kept.join(', ')}` : '',
      removed.length > 0 ? `REMOVE ${removed.join(', ')}` : '',
      'ADD #revision :one',
    ].join(' '),
    onlyIf: onlyIf.status === undefined ? 'attribute_exists(pk)' : '#status = :before',
    names: {
      '#revision': 'revision',
      ...(onlyIf.status === undefined ? {} : { '#status': 'status' }),
      ...Object.fromEntries(entries.map(([name], at) => [`#f${at}`, name])),
    },
    values: {
      ':one': 1,
      ...(onlyIf.status === undefined ? {} : { ':before': onlyIf.status }),
      ...Object.fromEntries(entries.flatMap(([, value], at) => (value === undefined ? [] : [[`:f${at}`, value]]))),
    },
  });
}

/** Writes what HR said of one person, if their status is still what it was; a freeze is announced with it. */
export function applyStaffChange(change: StaffChange, at: Date): Change[] {
  const { repId, from, fields, phone } = change;
  const team = fields.teamId === undefined ? {} : { owner: teamList(fields.teamId) };
  const since = from?.status === fields.status ? {} : { statusSince: iso(at) };
  if (!from) {
    const rep = { ...newRep(repId, fields, phone), ...since };
    return [put('rep', { ...keyOf(repId), ...rep, list: LIST, sort: repId, ...team }, absent)];
  }
  const channels = phone === undefined ? {} : { channels: { ...from.channels, phone } };
  const written = set(repId, { ...fields, ...since, ...channels, ...team }, { status: from.status });
  if (change.away) return [written, announceOf(repId, announce(RepAway, { repId }), at)];
  if (!change.freezes || (fields.status !== 'leaving' && fields.status !== 'left')) return [written];
  return [written, announceOf(repId, announce(RepFrozen, { repId, status: fields.status }), at)];
}

/** Announces something about a rep. */
export const announceOf = (repId: string, event: OutgoingEvent, at: Date): Change => outbox(keyOf(repId).pk, event, at);

/** What an admin sets of a rep. */
export type Settings = Partial<
  Pick<Rep, 'productLines' | 'capacity' | 'weight' | 'caps' | 'timeZone' | 'shifts' | 'channels'>
>;

/** Writes what an admin sets of a rep; what is there and undefined is taken away. */
export const saveSettings = (repId: string, settings: Settings): Change => set(repId, settings, {});

/** Writes until when a rep takes no new leads, or that they take them again. */
export const savePause = (repId: string, pausedUntil: string | undefined): Change => set(repId, { pausedUntil }, {});

/**
 * Gives a rep one more open lead, only if they are active, not paused, under capacity, set up as the decision saw them, and
 * were given and have closed nothing since: so neither a freeze nor another lead given meanwhile goes unnoticed.
 */
export const takeOn = (rep: Pick<Rep, 'repId' | 'revision' | 'tally'>, tally: Tally, at: Date): Change =>
  update('rep', keyOf(rep.repId), {
    expression: 'SET openLeads = openLeads + :one, #tally = :tally',
    onlyIf:
      '#status = :active AND openLeads < #capacity AND #revision = :revision' +
      ' AND #tally.#total = :given AND #tally.#turns = :turns' +
      ' AND (attribute_not_exists(pausedUntil) OR pausedUntil <= :now)',
    names: {
      '#status': 'status',
      '#capacity': 'capacity',
      '#revision': 'revision',
      '#tally': 'tally',
      '#total': 'total',
      '#turns': 'turns',
    },
    values: {
      ':one': 1,
      ':active': 'active',
      ':revision': rep.revision,
      ':given': rep.tally.total,
      ':turns': rep.tally.turns,
      ':tally': tally,
      ':now': iso(at),
    },
  });

/** Takes an open lead off a rep, with the turns that it counts for them. */
export const letGo = ({ repId, weighs = 0 }: { repId: string; weighs?: number }): Change =>
  update('rep', keyOf(repId), {
    expression: 'SET openLeads = openLeads - :one, #tally.#turns = #tally.#turns - :weighs',
    onlyIf: 'openLeads >= :one',
    names: { '#tally': 'tally', '#turns': 'turns' },
    values: { ':one': 1, ':weighs': weighs },
  });
