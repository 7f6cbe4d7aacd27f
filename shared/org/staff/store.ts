import { rosterChanged } from '../../config/store.ts';
import { iso } from '../../platform/clock.ts';
import { absent, type Change, commit, put, reconsider } from '../../platform/commit.ts';
import { get, getMany, type Item, query, type Table } from '../../platform/table.ts';
import { applyStaffChange } from '../store.ts';
import { changeOf, type StaffChange } from './change.ts';
import { PAGES, type Page, packed, pageOf, unpacked } from './page.ts';
import {
  type Extent,
  overrule,
  type Person,
  type Said,
  type System,
  say,
  type Today,
  today,
  type Words,
} from './word.ts';

const PARTITION = 'STAFF';
const sortOf = (number: number): string => String(number).padStart(3, '0');
const keyOf = (number: number) => ({ pk: PARTITION, sk: sortOf(number) });
const empty = (number: number): Page => ({ number, version: 0, people: new Map() });
const toPage = (item: Item): Page => ({
  number: Number(item.sk),
  version: item.version as number,
  people: unpacked(item.packed as Uint8Array),
});

/** Everybody, page by page: one read unit per 4 KB of all the pages together. */
export async function readStaff(from: Table): Promise<Map<number, Page>> {
  const items = await query(from, { pk: PARTITION });
  const pages = new Map(Array.from({ length: PAGES }, (_, number) => [number, empty(number)]));
  for (const page of items.map(toPage)) pages.set(page.number, page);
  return pages;
}

/** The pages on which these people stand. */
export async function readPagesOf(from: Table, employeeIds: readonly string[]): Promise<Map<number, Page>> {
  const numbers = [...new Set(employeeIds.map(pageOf))];
  const items = await getMany(from, numbers.map(keyOf));
  const pages = new Map(numbers.map((number) => [number, empty(number)]));
  for (const page of items.map(toPage)) pages.set(page.number, page);
  return pages;
}

async function readPage(from: Table, number: number): Promise<Page> {
  const item = await get(from, keyOf(number));
  return item ? toPage(item) : empty(number);
}

const savePage = (page: Page, people: Page['people']): Change =>
  put(
    'staff',
    { ...keyOf(page.number), version: page.version + 1, packed: packed(people) },
    page.version === 0
      ? absent
      : { expression: '#version = :seen', names: { '#version': 'version' }, values: { ':seen': page.version } },
  );

/** New words about a person, or undefined when there are none. */
type Turn = (person: Person | undefined, now: Today) => Words | undefined;

/** Who is turned, how, and by whom. */
interface Turning {
  turns: ReadonlyMap<string, Turn>;
  by: string;
  reason?: string;
}

/** As many writes as one transaction takes, but for the page and what the caller adds. */
const MOST = 96;

/**
 * Turns people of one page: what is said of them and what becomes of them on the roster, together in as few transactions as
 * hold them. `seen` saves reading the page; if it is no longer as seen, it is read again.
 */
async function turnPage(
  table: Table,
  number: number,
  { turns, by, reason }: Turning,
  { at, zone }: { at: Date; zone: string },
  options: { seen?: Page | undefined; with?: readonly Change[] },
): Promise<StaffChange[]> {
  const now = today(at, zone);
  const changed: StaffChange[] = [];
  let waiting = [...turns];
  let seen = options.seen;
  while (waiting.length > 0) {
    await reconsider(async () => {
      const page: Page = seen ?? (await readPage(table, number));
      seen = undefined;
      const people = new Map(page.people);
      const changes: StaffChange[] = [];
      const writes: Change[] = [];
      let news = false;
      let taken = 0;
      for (const [repId, turn] of waiting) {
        const before = page.people.get(repId);
        const words = turn(before, now);
        const change =
          words && changeOf(repId, before, words, now, { by, ...(reason === undefined ? {} : { reason }) });
        const more = change ? applyStaffChange(change, at) : [];
        if (writes.length + more.length > MOST) break;
        taken += 1;
        if (!words || (!before && !change) || (words === before?.words && !change)) continue;
        news = true;
        writes.push(...more);
        if (change) changes.push(change);
        people.set(repId, { status: change?.to.status ?? before?.status ?? 'active', words });
      }
      if (news) {
        await commit(table, [savePage(page, people), ...writes, ...(options.with ?? [])]);
        seen = { number, version: page.version + 1, people };
      }
      changed.push(...changes);
      waiting = waiting.slice(taken);
    });
  }
  return changed;
}

/** Pages that are turned side by side. */
const SIDE_BY_SIDE = 16;

/** What HR says of many people, page by page. @returns what became of whom */
export async function hearMany(
  table: Table,
  rows: ReadonlyMap<number, readonly Said[]>,
  pages: ReadonlyMap<number, Page>,
  now: () => Date,
  zone: string,
): Promise<StaffChange[]> {
  const waiting = [...rows];
  const changed: StaffChange[] = [];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [number, said] = next;
      const at = now();
      const turns = new Map(said.map((row) => [row.employeeId, saying('hr', row, iso(at))]));
      const seen = pages.get(number);
      changed.push(...(await turnPage(table, number, { turns, by: 'hr' }, { at, zone }, { seen })));
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: SIDE_BY_SIDE }, worker));
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
  return changed;
}

const saying =
  (system: System, row: Said, at: string, extent: Extent = 'some'): Turn =>
  (person) =>
    say(person?.words ?? {}, system, row, at, extent);

const turnOne = (table: Table, repId: string, turn: Turn, who: Omit<Turning, 'turns'>, at: Date, zone: string) =>
  turnPage(
    table,
    pageOf(repId),
    { turns: new Map([[repId, turn]]), ...who },
    { at, zone },
    { with: [rosterChanged()] },
  );

/** What a system says of one person. @returns what became of them, if anything */
export async function hear(
  table: Table,
  system: System,
  row: Said,
  at: Date,
  zone: string,
  extent: Extent = 'some',
): Promise<StaffChange | undefined> {
  const [change] = await turnOne(table, row.employeeId, saying(system, row, iso(at), extent), { by: system }, at, zone);
  return change;
}

/** An admin takes somebody back whom a system shut out. */
export async function reinstate(
  table: Table,
  repId: string,
  { by, reason }: { by: string; reason: string },
  at: Date,
  zone: string,
): Promise<StaffChange | undefined> {
  const turn: Turn = (person, now) => person && overrule(person.words, now);
  const [change] = await turnOne(table, repId, turn, { by, reason }, at, zone);
  return change;
}

/** Looks at the calendar: leaves that begin or are over, and last days that have come. */
export async function turnTheDay(table: Table, now: () => Date, zone: string): Promise<StaffChange[]> {
  const changed: StaffChange[] = [];
  const day = today(now(), zone);
  for (const page of (await readStaff(table)).values()) {
    const due = [...page.people].filter(([repId, person]) =>
      changeOf(repId, person, person.words, day, { by: 'calendar' }),
    );
    if (due.length === 0) continue;
    const turns = new Map(due.map(([repId]): [string, Turn] => [repId, (person) => person?.words]));
    changed.push(
      ...(await turnPage(
        table,
        page.number,
        { turns, by: 'calendar' },
        { at: now(), zone },
        { with: [rosterChanged()] },
      )),
    );
  }
  return changed;
}
