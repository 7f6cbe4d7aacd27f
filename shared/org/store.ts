import type { OutgoingEvent } from '../../events/contract.ts';
import { iso } from '../platform/clock.ts';
import { absent, type Change, outbox, put, update } from '../platform/commit.ts';
import { get, getMany, type Item, indexes, query, queryIndex, type Read, type Table } from '../platform/table.ts';
import type { Pending } from '../response/pending.ts';
import { type Posting, type Rep, unset } from './rep.ts';
import { newRep } from './roster.ts';
import { moveOf, newsOf, type StaffChange } from './staff/change.ts';
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
export async function readRep(from: Table, repId: string, how: Read = 'strongly'): Promise<Rep | undefined> {
  const item = await get(from, keyOf(repId), how);
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

/** What happened to a rep, oldest first: the events about them. */
export async function historyOf(
  from: Table,
  repId: string,
): Promise<{ at: string; type: string; detail: Record<string, unknown> }[]> {
  const items = await query(from, { pk: keyOf(repId).pk, begins: 'EVENT#' });
  return items.map(({ at, type, detail }) => ({
    at: String(at),
    type: String(type),
    detail: detail as Record<string, unknown>,
  }));
}

/** Sets (or, where undefined, removes) attributes of a rep, and counts it as a change of their settings. */
function set(repId: string, values: Record<string, unknown>, more: More = nothingMore): Change {
  const entries = Object.entries(values);
  const kept = entries.flatMap(([, value], at) => (value === undefined ? [] : [`#f${at} = :f${at}`]));
  const removed = entries.flatMap(([, value], at) => (value === undefined ? [`#f${at}`] : []));
  const sets = [...kept, ...(more.expression === '' ? [] : [more.expression])];
  return update('rep', keyOf(repId), {
    expression: [
      sets.length > 0 ? `SET ${sets.join(', ')}` : '',
      removed.length > 0 ? `REMOVE ${removed.join(', ')}` : '',
      'ADD #revision :one',
    ].join(' '),
    onlyIf: 'attribute_exists(pk)',
    names: { '#revision': 'revision', ...Object.fromEntries(entries.map(([name], at) => [`#f${at}`, name])) },
    values: {
      ':one': 1,
      ...more.values,
      ...Object.fromEntries(entries.flatMap(([, value], at) => (value === undefined ? [] : [[`:f${at}`, value]]))),
    },
  });
}

interface More {
  expression: string;
  values: object;
}
const nothingMore: More = { expression: '', values: {} };

const both = (a: More, b: More): More => ({
  expression: [a.expression, b.expression].filter((each) => each !== '').join(', '),
  values: { ...a.values, ...b.values },
});

/** Adds to what a rep was from when on; what they were before goes in front of the first change. */
function posting(
  to: Pick<Posting, 'status' | 'teamId' | 'role'>,
  at: Date,
  before: Pick<Posting, 'status' | 'teamId'>,
): More {
  const entry = ({ status, teamId, role }: Omit<Posting, 'at'>, from: string): Posting => ({
    at: from,
    ...(status === undefined ? {} : { status }),
    ...(teamId === undefined ? {} : { teamId }),
    ...(role === undefined ? {} : { role }),
  });
  return {
    expression: 'postings = list_append(if_not_exists(postings, :before), :posting)',
    values: {
      ':before': [entry({ status: before.status, teamId: before.teamId }, '')],
      ':posting': [entry(to.role === undefined ? { status: to.status, teamId: to.teamId } : to, iso(at))],
    },
  };
}

/** Gives a rep another role from now on. */
export const saveRole = (rep: Rep, role: string, at: Date): Change => set(rep.repId, {}, posting({ role }, at, rep));

/** Writes what a person has become by what was said of them; freezing, absence, return and another team are announced with it. */
export function applyStaffChange(change: StaffChange, at: Date): Change[] {
  const { repId, from, to } = change;
  const { phone, ...fields } = to;
  if (!from) {
    const rep = { ...newRep(repId, to), statusSince: iso(at) };
    const team = fields.teamId === undefined ? {} : { owner: teamList(fields.teamId) };
    return [put('rep', { ...keyOf(repId), ...rep, list: LIST, sort: repId, ...team }, absent)];
  }
  const gone = Object.keys(from).filter((field) => field !== 'phone' && !(field in to));
  const said = { ...Object.fromEntries(gone.map((field) => [field, undefined])), ...fields };
  const turned = from.status === to.status ? {} : { statusSince: iso(at) };
  const moved = from.teamId === to.teamId ? {} : { owner: to.teamId === undefined ? undefined : teamList(to.teamId) };
  // The phone is the admin's once they have set one.
  const called = { expression: 'channels.phone = if_not_exists(channels.phone, :phone)', values: { ':phone': phone } };
  const posted = from.status === to.status && from.teamId === to.teamId ? nothingMore : posting(to, at, from);
  const written = set(
    repId,
    { ...said, ...turned, ...moved },
    both(phone === undefined ? nothingMore : called, posted),
  );
  const news = [newsOf(change), moveOf(change)].filter((each) => each !== undefined);
  return [written, ...news.map((each) => announceOf(repId, each, at))];
}

/** Announces something about a rep. */
export const announceOf = (repId: string, event: OutgoingEvent, at: Date): Change => outbox(keyOf(repId).pk, event, at);

/** What an admin sets of a rep. */
export type Settings = Partial<
  Pick<Rep, 'productLines' | 'capacity' | 'weight' | 'caps' | 'timeZone' | 'shifts' | 'channels'>
>;

/** Writes what an admin sets of a rep; what is there and undefined is taken away. */
export const saveSettings = (repId: string, settings: Settings): Change => set(repId, settings);

/** Writes in which language a person is told of things, and when not; what is there and undefined is taken away. No decision hangs on it. */
export const saveReading = (repId: string, reading: Partial<Pick<Rep, 'language' | 'quietHours'>>): Change =>
  set(repId, reading);

/** Writes until when a rep takes no new leads, or that they take them again. */
export const savePause = (repId: string, pausedUntil: string | undefined): Change => set(repId, { pausedUntil });

/**
 * Gives a rep one more open lead, only if they are active, not paused, under capacity, set up as the decision saw them, and
 * were given and have closed nothing since: so neither a freeze nor another lead given meanwhile goes unnoticed. `pending`: what is
 * to be counted of leads given, if that has changed.
 */
export const takeOn = (
  rep: Pick<Rep, 'repId' | 'revision' | 'tally'>,
  tally: Tally,
  at: Date,
  pending?: Pending,
): Change =>
  update('rep', keyOf(rep.repId), {
    expression: `SET openLeads = openLeads + :one, #tally = :tally${pending ? ', pending = :pending' : ''}`,
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
      ...(pending ? { ':pending': pending } : {}),
    },
  });

/** Gives a rep what counts for no capacity: only if they are active, so that no freeze goes unnoticed. */
export const entrustTo = (repId: string): Change =>
  update('rep', keyOf(repId), {
    expression: 'SET #status = :active',
    onlyIf: '#status = :active',
    names: { '#status': 'status' },
    values: { ':active': 'active' },
  });

/** Goes through only while a rep is in the team in which they were read. */
export const memberStill = ({ repId, teamId }: Pick<Rep, 'repId' | 'teamId'>): Change =>
  update('rep', keyOf(repId), {
    expression: teamId === undefined ? 'REMOVE teamId' : 'SET teamId = :team',
    onlyIf: teamId === undefined ? 'attribute_exists(pk) AND attribute_not_exists(teamId)' : 'teamId = :team',
    names: {},
    values: teamId === undefined ? {} : { ':team': teamId },
  });

/** Takes an open lead off a rep, with the turns that it counts for them; and lets them take no new ones until then, if said. */
export const letGo = ({ repId, weighs = 0 }: { repId: string; weighs?: number }, pausedUntil?: string): Change => {
  const pause = pausedUntil === undefined ? '' : ', pausedUntil = :until ADD #revision :one';
  return update('rep', keyOf(repId), {
    expression: `SET openLeads = openLeads - :one, #tally.#turns = #tally.#turns - :weighs${pause}`,
    onlyIf: 'openLeads >= :one',
    names: {
      '#tally': 'tally',
      '#turns': 'turns',
      ...(pausedUntil === undefined ? {} : { '#revision': 'revision' }),
    },
    values: { ':one': 1, ':weighs': weighs, ...(pausedUntil === undefined ? {} : { ':until': pausedUntil }) },
  });
};
