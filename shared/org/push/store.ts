import { current, load, rosterChanged } from '../../config/store.ts';
import { iso } from '../../platform/clock.ts';
import { commit, commitOne, put, reconsider } from '../../platform/commit.ts';
import { get, type Table } from '../../platform/table.ts';
import { whyHold } from '../guard.ts';
import { difference, type ReadRoster, readRows } from '../roster.ts';
import { applyStaffChange, everybody, readRep, readReps } from '../store.ts';
import { alone } from './lock/store.ts';
import { newest, note, standing } from './log/store.ts';
import type { Said } from './order.ts';
import type { Push } from './push.ts';
import { approved, type Held, type NotHeld, putAside } from './review/store.ts';

const CHUNK = 100;

/** What a push did. `changed` gives each person's status before (null: new) and after. */
export interface Applied {
  applied: true;
  changed: { repId: string; from: string | null; to: string }[];
  rejected: { line: number; path: string; message: string }[];
  /** Open leads of those frozen by the push, which are being assigned anew. */
  handedOver: number;
}

/**
 * Applies a push, each changed person in one transaction of their own; or holds all of it, if the guard says so. One at a time:
 * a push that arrives while another is applied waits for it.
 */
export const takePush = (table: Table, push: Push, now: () => Date): Promise<Applied | Held> =>
  alone(table, now, async () => {
    const asOf = push.asOf === undefined ? await newest(table, now()) : iso(new Date(push.asOf));
    const timed = { ...push, asOf };
    const read = readRows(push.employees, push.lines);
    const held = await standing(table, { asOf: timed.asOf, rows: read.good });
    const changing = await whoChanges(table, held);
    return (
      (await hold(table, timed, changing, now)) ??
      (await apply(table, timed, { ...read, changing: changing.rows }, now))
    );
  });

/** The rows that change somebody, and those whom they freeze. */
interface Changing {
  rows: Said[];
  frozen: string[];
}

async function whoChanges(table: Table, rows: readonly Said[]): Promise<Changing> {
  const changing: Changing = { rows: [], frozen: [] };
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.slice(from, from + CHUNK);
    const known = await readReps(
      table,
      chunk.map(({ employeeId }) => employeeId),
    );
    for (const row of chunk) {
      const change = difference(row, known.get(row.employeeId));
      if (change) changing.rows.push(row);
      if (change?.freezes) changing.frozen.push(row.employeeId);
    }
  }
  return changing;
}

const lastFullKey = { pk: 'HR', sk: 'LAST-FULL' };

async function lastRows(table: Table): Promise<number> {
  return Number((await get(table, lastFullKey))?.rows ?? 0);
}

/** Puts a push aside as a whole and alerts the admins, if the guard says so. */
async function hold(table: Table, push: Push, { frozen }: Changing, now: () => Date): Promise<Held | undefined> {
  const rules = await load(table, 'hr', (await current(table)).hr);
  const many = frozen.length >= rules.guard.least;
  const active = many ? (await everybody(table)).filter(({ status }) => status === 'active').length : 0;
  const size = {
    freezes: frozen.length,
    active,
    mode: push.mode,
    rows: push.employees.length,
    lastRows: push.mode === 'full' ? await lastRows(table) : 0,
  };
  const because = whyHold(size, rules);
  if (because === undefined) return undefined;
  const share = active === 0 ? 0 : Math.round((frozen.length / active) * 1000) / 1000;
  return putAside(table, push, { frozen, share, because }, now());
}

async function apply(
  table: Table,
  push: Push & { asOf: string },
  { good, rejected, changing }: ReadRoster & { changing: readonly Said[] },
  now: () => Date,
): Promise<Applied> {
  const result: Applied = { applied: true, changed: [], rejected, handedOver: 0 };
  // Noted first: should this break off, what HR knew earlier must not pass for newer.
  await note(table, { asOf: push.asOf, rows: good }, now());
  for (const row of changing) await applyOne(table, row, now, result);
  const rows = push.employees.length;
  if (push.mode === 'full' && (await lastRows(table)) !== rows) {
    await commitOne(table, put('last roster', { ...lastFullKey, rows, at: iso(now()) }));
  }
  return result;
}

/** Applies one person's row, read again so that nothing decided meanwhile is overwritten. */
async function applyOne(table: Table, row: Said, now: () => Date, result: Applied): Promise<void> {
  await reconsider(async () => {
    const rep = await readRep(table, row.employeeId);
    const change = difference(row, rep);
    if (!change) return;
    await commit(table, [...applyStaffChange(change, now()), rosterChanged()]);
    result.changed.push({ repId: row.employeeId, from: rep?.status ?? null, to: change.fields.status });
    if (change.freezes) result.handedOver += rep?.openLeads ?? 0;
  });
}

/** Applies a held push after all, as an admin decides. What was applied before a crash stays; applying again changes nothing. */
export async function approve(table: Table, reviewId: string, now: () => Date): Promise<Applied | NotHeld> {
  const push = await approved(table, reviewId, now());
  if (typeof push === 'string') return push;
  return alone(table, now, async () => {
    const asOf = push.asOf ?? iso(now());
    const read = readRows(push.employees, push.lines);
    const changing = await standing(table, { asOf, rows: read.good });
    return apply(table, { ...push, asOf }, { ...read, changing }, now);
  });
}
