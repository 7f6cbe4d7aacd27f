import { gzipSync } from 'node:zlib';
import * as z from 'zod';
import { appraisalNow, liveCards } from '../../../shared/appraisal/cards/store.ts';
import { cycleOf, rowsOfCycle } from '../../../shared/appraisal/cycles/store.ts';
import { companyDay } from '../../../shared/appraisal/facts/store.ts';
import type { Period } from '../../../shared/appraisal/period.ts';
import { type Row, ranked, rowOf } from '../../../shared/appraisal/rankings/row.ts';
import { askRanking, readMade } from '../../../shared/appraisal/rankings/store.ts';
import { listReps, readReps, teamMembers } from '../../../shared/org/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { csvRow } from '../../../shared/platform/csv.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { id, route } from '../route.ts';
import { time } from '../views.ts';
import { periodName, periodOr, periodView } from './scorecard-view.ts';

const number = z.number().nullable();
/** The cards of so many people are made while somebody waits; of more, a ranking that was made before is read. */
const LIVE = 1000;
/** An answer longer than this is sent compressed: six megabytes are the most that a function may answer. */
const LONG = 1_000_000;
const RETRY_AFTER = '15';

/** Whose ranking it is: a supervisor's team, or what an admin asks for; undefined: the company's. @throws Problem 403 for another team */
function teamOf({ role, teamId: own }: Person, asked: string | undefined): string | undefined {
  if (role !== 'supervisor') return asked;
  if (asked !== undefined && asked !== own)
    throw new Problem(403, `${asked} is not your team`, [{ path: 'teamId', message: 'not your team' }]);
  return own ?? '';
}

const item = z.object({
  rank: number,
  repId: z.string(),
  name: z.string(),
  teamId: z.string().optional(),
  plans: z.array(z.string()),
  score: number,
  grade: z.string().nullable(),
  coefficient: number,
  missing: z.array(z.string()),
  components: z.array(z.object({ id: z.string(), value: number, score: number, points: number })),
  href: z.string(),
});
const body = z.object({
  period: periodView,
  version: z.number(),
  closed: z.boolean(),
  /** When the cards were made. */
  asOf: time.nullable(),
  /** A newer one is being made. */
  making: z.boolean(),
  mean: number,
  teams: z.array(z.object({ teamId: z.string(), reps: z.number(), mean: number })),
  items: z.array(item),
});

const mean = (rows: readonly Row[]): number | null => {
  const scores = rows.flatMap(({ score }) => (score === null ? [] : [score]));
  return scores.length === 0 ? null : Math.round((scores.reduce((a, b) => a + b, 0) / scores.length) * 100) / 100;
};

const show = (period: Period, { version, hash, ...row }: ReturnType<typeof ranked<Row>>[number]) => ({
  ...row,
  href: `/scorecards/${encodeURIComponent(row.repId)}?period=${period.name}`,
});

/** The ranking as a file. */
function file(items: readonly z.infer<typeof item>[]): string {
  const ids = [...new Set(items.flatMap(({ components }) => components.map(({ id: of }) => of)))];
  return [
    ['rank', 'repId', 'name', 'teamId', 'score', 'grade', 'coefficient', ...ids],
    ...items.map((each) => [
      each.rank,
      each.repId,
      each.name,
      each.teamId ?? '',
      each.score,
      each.grade,
      each.coefficient,
      ...ids.map((of) => each.components.findLast(({ id: own }) => own === of)?.score ?? null),
    ]),
  ]
    .map(csvRow)
    .join('');
}

/** The rows of a ranking, and as of when they are (nothing: it has yet to be made). */
interface Found {
  rows: Row[];
  version: number;
  closed: boolean;
  asOf: string | null;
  making: boolean;
}

/** A closed period's rows, and whose team's they are, as they were frozen; a team's as they are now; a large company's as they were made last. */
async function rowsOf(table: Table, period: Period, teamId: string | undefined, at: Date): Promise<Found> {
  const cycle = await cycleOf(table, period.name);
  if (cycle?.state === 'closed') {
    const rows = (await rowsOfCycle(table, cycle)).filter((row) => teamId === undefined || row.teamId === teamId);
    return { rows, version: cycle.version, closed: true, asOf: cycle.closedAt ?? null, making: false };
  }
  const by = await appraisalNow(table, period, companyDay(iso(at)));
  const members = teamId === undefined ? undefined : await teamMembers(table, teamId);
  const page = members ? { items: [...(await readReps(table, members)).values()] } : await listReps(table, LIVE);
  if (!('nextCursor' in page) || page.nextCursor === undefined) {
    const rows = (await liveCards(table, page.items, by)).flatMap((card) => rowOf(card));
    return { rows, version: by.version, closed: false, asOf: iso(at), making: false };
  }
  const made = await readMade(table, period.name);
  const making = await askRanking(table, period.name, made, { version: by.version, at });
  const { rows = [], version = by.version, asOf = null } = made ?? {};
  return { rows, version, closed: false, asOf, making };
}

/** Who did best. */
export const getRankings = route({
  method: 'GET',
  path: '/rankings',
  summary:
    'The reps of a team, or all, by their score of a period (this quarter unless told), each with their measures and what is missing; teams beside each other; as CSV by Accept or format=csv. Of more than a thousand people it is as it was made last (`asOf`), and made anew; 202: for the first time, ask again',
  roles: ['admin', 'supervisor'],
  query: z.object({ period: periodName.optional(), teamId: id.optional(), format: z.enum(['json', 'csv']).optional() }),
  answers: { 200: body, 202: body },
  types: ['application/json', 'text/csv'],
  handle: async ({ query: { teamId, format, ...query }, headers, person, table, now }) => {
    const period = periodOr(query.period, now());
    const { rows, ...found } = await rowsOf(table, period, teamOf(person, teamId), now());
    const items = ranked(rows).map((row) => show(period, row));
    const status = found.asOf === null ? 202 : 200;
    const later: Record<string, string> = status === 202 ? { 'retry-after': RETRY_AFTER } : {};
    if (format === 'csv' || (format === undefined && /text\/csv/i.test(headers.accept ?? ''))) {
      const name = `ranking-${period.name}.csv`;
      const disposition = { 'content-disposition': `attachment; filename="${name}"`, ...later };
      return { status, ...sent('text/csv', file(items), headers, disposition) };
    }
    const teams = [...Map.groupBy(rows, (row) => row.teamId ?? '').entries()]
      .map(([of, some]) => ({ teamId: of, reps: some.length, mean: mean(some) }))
      .sort((a, b) => (b.mean ?? -1) - (a.mean ?? -1) || (a.teamId < b.teamId ? -1 : 1));
    const whole = { period, ...found, mean: mean(rows), teams, items };
    if (rows.length <= LIVE) return { status, body: whole, headers: later };
    return { status, ...sent('application/json', JSON.stringify(whole), headers, later) };
  },
});

/** Text, compressed where it is long and the caller takes that. */
function sent(type: string, text: string, asked: Readonly<Record<string, string>>, headers: Record<string, string>) {
  const short = text.length < LONG || !/\bgzip\b/.test(asked['accept-encoding'] ?? '');
  if (short) return { raw: { type, body: text }, headers };
  const zipped = { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' };
  return { raw: { type: `${type}; charset=utf-8`, body: gzipSync(text) }, headers: zipped };
}
