import { current, load, rosterChanged } from '../../config/store.ts';
import { iso } from '../../platform/clock.ts';
import { commitOne } from '../../platform/commit.ts';
import { sha256 } from '../../platform/random.ts';
import type { Table } from '../../platform/table.ts';
import { companyZone } from '../../platform/zone.ts';
import { whyHold } from '../guard.ts';
import { type ReadRoster, type Rejected, readRows } from '../roster.ts';
import { freezes } from '../staff/change.ts';
import type { Page } from '../staff/page.ts';
import { hearMany, readPagesOf, readStaff } from '../staff/store.ts';
import { type Said, today } from '../staff/word.ts';
import { readReps } from '../store.ts';
import { alone, begun } from './lock/store.ts';
import { knownSince, newest, note, noteRoster, readLastRoster } from './log/store.ts';
import { type Changing, type Plan, plan } from './plan.ts';
import type { Push } from './push.ts';
import { approved, type Held, type NotHeld, putAside } from './review/store.ts';

/** Of so few rows the pages are read one by one. */
const FEW = 40;

/** What a push did. `changed` gives each person's status before (null: new) and after. */
export interface Applied {
  applied: true;
  changed: { repId: string; from: string | null; to: string }[];
  rejected: Rejected[];
  /** Open leads of those frozen by the push, which are being assigned anew. */
  handedOver: number;
  /** So many are absent from a whole roster that none of them was frozen for it: an admin decides of these. */
  absent?: Held['review'];
}

/** A push that was read, with the time as of which it is taken. */
interface Timed extends Push {
  asOf: string;
  read: ReadRoster;
}

/** HR's clock and ours may differ by so much (milliseconds). */
const SKEW = 5 * 60_000;

/** What HR knows of a time to come it knows now: or else nothing would be news until then, not even that somebody left. */
const isToCome = (asOf: string, at: Date): boolean => Date.parse(asOf) > at.getTime() + SKEW;

const timed = async (push: Push, at: Date): Promise<Timed> => ({
  ...push,
  asOf: push.asOf === undefined || isToCome(push.asOf, at) ? await newest(at) : iso(new Date(push.asOf)),
  read: readRows(push.employees, push.lines),
});

/**
 * Applies a push; or holds all of it, if the guard says so. One at a time: a push that arrives while another is applied waits
 * for it. One that says nothing new is done with reading.
 */
export async function takePush(table: Table, push: Push, now: () => Date): Promise<Applied | Held> {
  const coming = await timed(push, now());
  const unheard = await nothingNew(table, coming, now);
  if (unheard) return unheard;
  return alone(table, now, async () => {
    const weighed = await weigh(table, coming, now());
    return (await hold(table, coming, weighed, now)) ?? (await apply(table, coming, weighed, now));
  });
}

/** A push and what it comes to, beside the pages that it was weighed against. */
interface Weighed {
  planned: Plan;
  pages: ReadonlyMap<number, Page>;
  /** Why the push is held. */
  because: string | undefined;
  /** Why nobody is frozen for being absent: a roster that lacks many is rather broken than news of many who left. */
  absentBecause: string | undefined;
}

async function weigh(table: Table, { mode, asOf, read, employees }: Timed, at: Date): Promise<Weighed> {
  const rules = await load(table, 'hr', (await current(table)).hr);
  const later = await knownSince(asOf);
  const against = (pages: ReadonlyMap<number, Page>) => ({
    pages,
    planned: plan({ asOf, mode, read, pages, later, rules, now: today(at, companyZone()) }),
  });
  const few = mode === 'delta' && read.good.size <= FEW;
  let weighed = against(few ? await readPagesOf(table, [...read.good.keys()]) : await readStaff(table));
  // Circles of managers, and how many are active, show in the whole staff only.
  const whole = weighed.planned.managersChange || weighed.planned.said.frozen.length >= rules.guard.least;
  if (few && whole) weighed = against(await readStaff(table));
  const { said, absent, active } = weighed.planned;
  const lastRows = mode === 'full' ? ((await readLastRoster())?.rows ?? 0) : 0;
  const size = { freezes: said.frozen.length, ofActive: said.ofActive, active, mode, rows: employees.length, lastRows };
  const because = whyHold(size, rules);
  const together = {
    ...size,
    freezes: said.frozen.length + absent.frozen.length,
    ofActive: said.ofActive + absent.ofActive,
  };
  return { ...weighed, because, absentBecause: because ?? whyHold(together, rules) };
}

/** The answer to a push that says nothing new, having written nothing to the table; undefined for any other. */
async function nothingNew(table: Table, push: Timed, now: () => Date): Promise<Applied | undefined> {
  const before = await begun(table);
  if (before.busy) return undefined;
  const { planned, because, absentBecause } = await weigh(table, push, now());
  const { said, absent } = planned;
  if (said.rows.size > 0 || because !== undefined) return undefined;
  if (absent.rows.size > 0 && absentBecause === undefined) return undefined;
  const review = await putAbsentAside(table, push, planned, absentBecause, now());
  await noteIt(push, planned, absentBecause === undefined, now());
  // A push that was begun meanwhile may not have seen the note: then this one waits its turn.
  const { pushes, busy } = await begun(table);
  if (busy || pushes !== before.pushes) return undefined;
  return {
    applied: true,
    changed: [],
    rejected: planned.rejected,
    handedOver: 0,
    ...(review ? { absent: review } : {}),
  };
}

/** Notes what HR knew, so that what it knew earlier cannot pass for newer. */
async function noteIt(push: Timed, { everybody }: Plan, absenceCounts: boolean, at: Date): Promise<void> {
  const { asOf, mode, employees, read } = push;
  const rows = [...read.good.values()].map(({ row }) => row);
  await note({ asOf, rows, ...(everybody && absenceCounts ? { everybody } : {}) });
  if (mode === 'full') await noteRoster(employees.length, at);
}

const shareOf = (ofActive: number, active: number): number =>
  active === 0 ? 0 : Math.round((ofActive / active) * 1000) / 1000;

/** Puts a push aside as a whole and alerts the admins, if the guard says so. */
async function hold(
  table: Table,
  { read: _, ...push }: Timed,
  { planned: { said, absent, active }, because }: Weighed,
  now: () => Date,
): Promise<Held | undefined> {
  if (because === undefined) return undefined;
  const frozen = [...said.frozen, ...absent.frozen];
  const review = await putAside(
    table,
    push,
    { frozen, share: shareOf(said.ofActive + absent.ofActive, active), because },
    now(),
    { reviewId: `push-${digest([push.mode, ...contents([said, absent])])}` },
  );
  return { applied: false, review };
}

const digest = (parts: readonly string[]): string => sha256(parts.join('\n')).slice(0, 20);

/** What a push would change, in an order that does not depend on how it came. */
const contents = (changing: readonly Changing[]): string[] =>
  changing
    .flatMap(({ rows }) => [...rows.values()].flat())
    .map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))
    .sort();

/** Puts aside that many are absent, and alerts the admins; once for the same people. */
async function putAbsentAside(
  table: Table,
  { asOf }: Timed,
  { absent, active }: Plan,
  because: string | undefined,
  at: Date,
): Promise<Held['review'] | undefined> {
  if (because === undefined || absent.rows.size === 0) return undefined;
  const employees = [...absent.rows.values()].flat();
  const ids = employees.map(({ employeeId }) => employeeId).sort();
  const why = { frozen: absent.frozen.sort(), share: shareOf(absent.ofActive, active), because };
  return putAside(table, { mode: 'delta', asOf, employees }, why, at, {
    reviewId: `absent-${digest(ids)}`,
    discardedForGood: true,
  });
}

async function apply(
  table: Table,
  push: Timed,
  { planned, pages, absentBecause }: Weighed,
  now: () => Date,
  approved = false,
): Promise<Applied> {
  const absenceCounts = approved || absentBecause === undefined;
  // Noted first: should this break off, it is pushed again, and changes the rest.
  await noteIt(push, planned, absenceCounts, now());
  const { said, absent, rejected } = planned;
  const result: Applied = { applied: true, changed: [], rejected, handedOver: 0 };
  const review = absenceCounts ? undefined : await putAbsentAside(table, push, planned, absentBecause, now());
  if (review) result.absent = review;
  const rows = absenceCounts ? both(said.rows, absent.rows) : said.rows;
  if (rows.size === 0) return result;
  const before = await readReps(table, [...said.frozen, ...absent.frozen]);
  // Twice: a decision made while it is applied is neither of the roster before nor of the one after.
  await commitOne(table, rosterChanged());
  const changes = await hearMany(table, rows, pages, now, companyZone());
  await commitOne(table, rosterChanged());
  for (const change of changes) {
    const { repId, from, to } = change;
    result.changed.push({ repId, from: from?.status ?? null, to: to.status });
    if (freezes(change)) result.handedOver += before.get(repId)?.openLeads ?? 0;
  }
  result.changed.sort((a, b) => (a.repId < b.repId ? -1 : 1));
  return result;
}

type ByPage = ReadonlyMap<number, readonly Said[]>;

const both = (a: ByPage, b: ByPage): ByPage =>
  new Map([...a, ...b].map(([page]) => [page, [...(a.get(page) ?? []), ...(b.get(page) ?? [])]]));

/** Applies a held push after all, as an admin decides. What was applied before a crash stays; applying again changes nothing. */
export async function approve(table: Table, reviewId: string, now: () => Date): Promise<Applied | NotHeld> {
  const push = await approved(table, reviewId, now());
  if (typeof push === 'string') return push;
  const coming = await timed(push, now());
  return alone(table, now, async () => apply(table, coming, await weigh(table, coming, now()), now, true));
}
