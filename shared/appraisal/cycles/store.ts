import { announce } from '../../../events/contract.ts';
import { CycleClosed } from '../../../events/cycle-closed.ts';
import { listReps } from '../../org/store.ts';
import { iso } from '../../platform/clock.ts';
import { absent, type Change, commit, outbox, put, update } from '../../platform/commit.ts';
import { get, getMany, query, querySpan, type Table } from '../../platform/table.ts';
import { appraisal, groundsOf } from '../cards/store.ts';
import { type Cycle, chained, type Frozen, frozen, isAmong } from '../cycle.ts';
import { companyDay } from '../facts/store.ts';
import { settleRounds } from '../feedback/settled/store.ts';
import { type Row, rowOf } from '../rankings/row.ts';
import { closedRows, readClosedRows } from '../rankings/store.ts';

/** Closed periods: one item each among all of them, and in the period's own partition the frozen cards. */

const ALL = 'CYCLES';
/** Where a period's cards, appeals and events lie. */
export const partitionOf = (period: string): string => `CYCLE#${period}`;
const revisionKey = (revision: number): string => `CARD#${String(revision).padStart(4, '0')}#`;
const cardKey = (period: string, revision: number, repId: string) => ({
  pk: partitionOf(period),
  sk: `${revisionKey(revision)}${repId}`,
});
const guard = { pk: ALL, sk: 'GUARD' };

/** All periods that were ever closed, and a number that changes with each of their changes. */
export async function cyclesOf(table: Table): Promise<{ cycles: Cycle[]; seen: number }> {
  const [items, guarded] = await Promise.all([query(table, { pk: ALL, begins: 'PERIOD#' }), get(table, guard)]);
  return { cycles: items.map((item) => toCycle(item.cycle)), seen: Number(guarded?.changes ?? 0) };
}

const toCycle = (kept: unknown): Cycle => JSON.parse(String(kept)) as Cycle;

/** The cycle of a period, if it was ever closed. */
export async function cycleOf(table: Table, period: string): Promise<Cycle | undefined> {
  const item = await get(table, { pk: ALL, sk: `PERIOD#${period}` });
  return item && toCycle(item.cycle);
}

const write = (cycle: Cycle, before: Cycle | undefined): Change =>
  put(
    'cycle',
    { pk: ALL, sk: `PERIOD#${cycle.period.name}`, cycle: JSON.stringify(cycle) },
    before
      ? { expression: '#cycle = :before', names: { '#cycle': 'cycle' }, values: { ':before': JSON.stringify(before) } }
      : absent,
  );

/** Changes a cycle, if neither it nor (for one that begins to close) any other was changed since it was read. */
export const saveCycle = (before: Cycle | undefined, after: Cycle, seen?: number): Change[] => [
  write(after, before),
  ...(seen === undefined
    ? []
    : [
        update('cycles', guard, {
          expression: 'SET changes = :next',
          onlyIf: seen === 0 ? 'attribute_not_exists(pk)' : 'changes = :seen',
          values: { ':next': seen + 1, ...(seen === 0 ? {} : { ':seen': seen }) },
        }),
      ]),
];

/** So many reps are read and frozen in one go: a transaction holds a hundred items of four megabytes. */
const PAGE = 90;

/** Freezes the cards of the next reps of a cycle that is being closed; without any left, the cycle is closed. */
export async function closeOn(table: Table, cycle: Cycle, at: Date): Promise<Cycle> {
  const page = await listReps(table, PAGE, cycle.upTo);
  const today = companyDay(iso(at));
  await Promise.all(page.items.map(({ repId }) => settleRounds(table, repId, today)));
  const by = appraisal(cycle.period, cycle.rules, cycle.version);
  const grounds = (await groundsOf(table, page.items, by)).filter((ground) => isAmong(ground, cycle.planIds));
  const cards = grounds.map((ground) => frozen(ground, cycle.rules, cycle.version));
  const last = page.nextCursor ?? page.items.at(-1)?.repId ?? cycle.upTo;
  const after: Cycle = {
    ...cycle,
    cards: cycle.cards + cards.length,
    ...(last === undefined ? {} : { upTo: last }),
    hash: cards.reduce(chained, cycle.hash),
    ...(page.nextCursor === undefined ? { state: 'closed', closedAt: iso(at) } : {}),
  };
  const { period, revision } = after;
  await commit(table, [
    ...saveCycle(cycle, after),
    ...(after.state === 'closed'
      ? [outbox(partitionOf(period.name), announce(CycleClosed, { period: period.name, revision }), at)]
      : []),
    ...(last === undefined || cards.length === 0
      ? []
      : [
          closedRows(
            partitionOf(period.name),
            revision,
            last,
            cards.flatMap(({ card, hash }) => rowOf(card, hash)),
          ),
        ]),
    ...cards.map((card) =>
      put('frozen card', { ...cardKey(cycle.period.name, cycle.revision, card.card.repId), ...packed(card) }, absent),
    ),
  ]);
  return after;
}

const packed = ({ ground, card, hash }: Frozen) => ({
  ground: JSON.stringify(ground),
  card: JSON.stringify(card),
  hash,
});
const unpacked = (item: Record<string, unknown>): Frozen => ({
  ground: JSON.parse(String(item.ground)),
  card: JSON.parse(String(item.card)),
  hash: String(item.hash),
});

/** The frozen cards of these reps, by id. */
export async function frozenCards(
  table: Table,
  { period, revision }: Cycle,
  repIds: readonly string[],
): Promise<Map<string, Frozen>> {
  const items = await getMany(
    table,
    repIds.map((repId) => cardKey(period.name, revision, repId)),
  );
  return new Map(items.map((item) => [item.sk.slice(revisionKey(revision).length), unpacked(item)]));
}

/** Whose cards a closing froze, in the order of their ids: so many after one of them. */
export async function frozenAfter(
  table: Table,
  { period, revision }: Cycle,
  after: string | undefined,
  limit: number,
): Promise<string[]> {
  const begin = revisionKey(revision);
  const items = await query(table, { pk: partitionOf(period.name), after: `${begin}${after ?? ''}`, limit });
  return items.flatMap(({ sk }) => (sk.startsWith(begin) ? [sk.slice(begin.length)] : []));
}

/** The rows of a closed period's ranking; made of its cards, where it was closed before rows were kept. */
export async function rowsOfCycle(table: Table, { period, revision, cards }: Cycle): Promise<Row[]> {
  const rows = await readClosedRows(table, partitionOf(period.name), revision);
  if (rows.length === cards) return rows;
  return (await allFrozen(table, period.name, revision)).flatMap(({ card, hash }) => rowOf(card, hash));
}

/** All frozen cards of a closing, in the order in which their hashes are chained. */
export async function allFrozen(table: Table, period: string, revision: number): Promise<Frozen[]> {
  const begin = revisionKey(revision);
  const items = await querySpan(table, { pk: partitionOf(period), from: begin, to: `${begin}\u{10ffff}` });
  return items.map(unpacked);
}
