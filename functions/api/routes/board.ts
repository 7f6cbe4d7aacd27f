import * as z from 'zod';
import { countBetween, idsBetween, readMany } from '../../../shared/lead/store.ts';
import { after, iso } from '../../../shared/platform/clock.ts';
import { invalid } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { columns, funnelOf, type Unplaced } from '../../../shared/response/funnel.ts';
import { rowsWithPending } from '../../../shared/response/store.ts';
import { teamShown } from '../access.ts';
import { dayIn, id, route } from '../route.ts';

const DAY = 24 * 3600 * 1000;
const LONGEST = 366 * DAY;
const day = z.iso.date();

/** Where leads wait that nobody may have been given yet: short lists, or something is wrong. */
const waiting = ['received', 'scored', 'manual', 'pool'] as const;

/** Leads received from … until before … that nobody was ever given. What has moved on since it was listed is counted elsewhere. */
async function unplaced(table: Table, from: Date, to: Date): Promise<Unplaced[]> {
  const ids = (await Promise.all(waiting.map((status) => idsBetween(table, status, from, to)))).flat();
  const leads = await readMany(table, [...new Set(ids)]);
  return leads
    .filter(({ status, given }) => given === undefined && waiting.some((each) => each === status))
    .map(({ source, score }) => ({ source: source.channel, scored: score !== undefined }));
}

/** How far leads came. */
export const getBoard = route({
  method: 'GET',
  path: '/reports/board',
  summary:
    'How many of the leads received on the days from … to (the last 31 unless told) were captured, scored, assigned, contacted, converted, with the share that went on and how many did not (yet); a team’s from assigned on; and where they came from',
  roles: ['admin', 'supervisor'],
  query: z.object({ from: dayIn.optional(), to: dayIn.optional(), teamId: id.optional() }),
  answers: {
    200: z.object({
      from: day,
      to: day,
      teamId: z.string().optional(),
      columns: z.array(
        z.object({
          name: z.enum(columns),
          leads: z.number(),
          conversion: z.number().nullable(),
          dropOff: z.number(),
        }),
      ),
      lost: z.number(),
      sources: z.array(z.object({ source: z.string(), leads: z.number() })),
      aside: z.object({ duplicate: z.number(), rejected: z.number() }),
    }),
  },
  handle: async ({ query, person, table, now }) => {
    const to = query.to ?? iso(now()).slice(0, 10);
    const from = query.from ?? iso(after(new Date(to), -30 * DAY)).slice(0, 10);
    if (from > to) throw invalid('from', 'must be before to');
    if (Date.parse(to) - Date.parse(from) > LONGEST) throw invalid('from', 'at most a year at once');
    const [begin, end] = [new Date(from), after(new Date(to), DAY)];
    const teamId = teamShown(person, query.teamId);
    const [rows, without, duplicate, rejected] = await Promise.all([
      rowsWithPending(table, from, iso(end).slice(0, 10)),
      unplaced(table, begin, end),
      countBetween(table, 'duplicate', begin, end),
      countBetween(table, 'rejected', begin, end),
    ]);
    const team = teamId === undefined ? rows : rows.filter((row) => row.teamId === teamId);
    return {
      status: 200,
      body: {
        ...{ from, to, ...(teamId === undefined ? {} : { teamId }) },
        ...funnelOf(rows, without, team),
        aside: { duplicate, rejected },
      },
    };
  },
});
