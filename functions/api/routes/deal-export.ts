import { type BasicType, parquetWriteBuffer } from 'hyparquet-writer';
import * as z from 'zod';
import { type DeedOf, deedsBetween, healthBetween } from '../../../shared/journey/health/store.ts';
import { after, iso } from '../../../shared/platform/clock.ts';
import { csvRow } from '../../../shared/platform/csv.ts';
import { invalid } from '../../../shared/platform/problem.ts';
import { route } from '../route.ts';

const DAY = 24 * 3600 * 1000;
const LONGEST = 366 * DAY;
const dayOf = (at: Date): string => iso(at).slice(0, 10);
const PARQUET = 'application/vnd.apache.parquet';

type MoveOf = Extract<DeedOf, { kind: 'move' }>;
const inHours = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : Math.round(ms / 36_000) / 100;

/** What is said of each move. Hours to the hundredth. */
const columns: readonly { name: string; type: BasicType; of: (move: MoveOf) => string | number | undefined }[] = [
  { name: 'at', type: 'TIMESTAMP', of: ({ at }) => at },
  { name: 'leadId', type: 'STRING', of: ({ leadId }) => leadId },
  { name: 'teamId', type: 'STRING', of: ({ teamId }) => teamId },
  { name: 'repId', type: 'STRING', of: ({ repId }) => repId },
  { name: 'productLine', type: 'STRING', of: ({ productLine }) => productLine },
  { name: 'source', type: 'STRING', of: ({ source }) => source },
  { name: 'from', type: 'STRING', of: ({ stage }) => stage },
  { name: 'to', type: 'STRING', of: ({ to }) => to },
  { name: 'hours', type: 'DOUBLE', of: ({ stayed }) => inHours(stayed) },
  { name: 'cycleHours', type: 'DOUBLE', of: ({ cycle }) => inHours(cycle) },
  { name: 'lostReason', type: 'STRING', of: ({ lostReason }) => lostReason },
  { name: 'lostCode', type: 'STRING', of: ({ lostCode }) => lostCode },
];

const csv = (moves: readonly MoveOf[]): string =>
  [columns.map(({ name }) => name), ...moves.map((move) => columns.map(({ of }) => shown(of(move))))]
    .map(csvRow)
    .join('');
const shown = (value: string | number | undefined) => (typeof value === 'number' ? value.toFixed(2) : value);

/** Times as such, what is not there as null. */
const parquet = (moves: readonly MoveOf[]): Buffer =>
  Buffer.from(
    parquetWriteBuffer({
      columnData: columns.map(({ name, type, of }) => ({
        name,
        type,
        nullable: true,
        data: moves.map((move) => {
          const value = of(move);
          return value !== undefined && type === 'TIMESTAMP' ? new Date(value) : (value ?? null);
        }),
      })),
    }),
  );

/** Every move of every deal, for systems that read files. */
export const exportDeals = route({
  method: 'GET',
  path: '/exports/deals',
  summary:
    'The moves of deals on the days from … to (the last 31 unless told, at most a year), oldest first: as CSV, or as Parquet by format=parquet or Accept',
  roles: ['admin'],
  query: z.object({
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    format: z.enum(['csv', 'parquet']).optional(),
  }),
  answers: { 200: z.unknown() },
  types: ['text/csv', PARQUET],
  handle: async ({ query, headers, table, now }) => {
    const to = query.to ?? dayOf(now());
    const from = query.from ?? dayOf(after(new Date(to), -30 * DAY));
    if (from > to) throw invalid('from', 'must be before to');
    if (Date.parse(to) - Date.parse(from) > LONGEST) throw invalid('from', 'at most a year at once');
    const until = dayOf(after(new Date(to), DAY));
    const teams = new Set((await healthBetween(table, from, until)).map(({ teamId }) => teamId));
    const deeds = await Promise.all([...teams].map((team) => deedsBetween(table, team, from, until)));
    const moves = deeds
      .flat()
      .flatMap((deed) => (deed.kind === 'move' ? [deed] : []))
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    const asParquet = (query.format ?? (headers.accept?.includes(PARQUET) ? 'parquet' : 'csv')) === 'parquet';
    return {
      status: 200,
      raw: asParquet ? { type: PARQUET, body: parquet(moves) } : { type: 'text/csv', body: csv(moves) },
      headers: { 'content-disposition': `attachment; filename="deals-${from}-${to}.${asParquet ? 'parquet' : 'csv'}"` },
    };
  },
});
