import * as z from 'zod';
import { deedsBetween, healthBetween } from '../../../shared/journey/health/store.ts';
import { after, iso } from '../../../shared/platform/clock.ts';
import { csvRow } from '../../../shared/platform/csv.ts';
import { invalid } from '../../../shared/platform/problem.ts';
import { route } from '../route.ts';

const DAY = 24 * 3600 * 1000;
const LONGEST = 366 * DAY;
const dayOf = (at: Date): string => iso(at).slice(0, 10);

const columns = [
  'at',
  'leadId',
  'teamId',
  'repId',
  'productLine',
  'source',
  'from',
  'to',
  'hours',
  'cycleHours',
  'lostReason',
];

/** Every move of every deal, for systems that read files. */
export const exportDeals = route({
  method: 'GET',
  path: '/exports/deals',
  summary: 'The moves of deals on the days from … to (the last 31 unless told, at most a year), as CSV, oldest first',
  roles: ['admin'],
  query: z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() }),
  answers: { 200: z.unknown() },
  handle: async ({ query, table, now }) => {
    const to = query.to ?? dayOf(now());
    const from = query.from ?? dayOf(after(new Date(to), -30 * DAY));
    if (from > to) throw invalid('from', 'must be before to');
    if (Date.parse(to) - Date.parse(from) > LONGEST) throw invalid('from', 'at most a year at once');
    const until = dayOf(after(new Date(to), DAY));
    const teams = new Set((await healthBetween(table, from, until)).map(({ teamId }) => teamId));
    const deeds = await Promise.all([...teams].map((team) => deedsBetween(table, team, from, until)));
    const rows = deeds
      .flat()
      .flatMap((deed) => (deed.kind === 'move' ? [deed] : []))
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
      .map(({ at, leadId, teamId, repId, productLine, source, stage, to: went, stayed, cycle, lostReason }) =>
        csvRow([
          at,
          leadId,
          teamId,
          repId,
          productLine,
          source,
          stage,
          went,
          inHours(stayed),
          inHours(cycle),
          lostReason,
        ]),
      );
    return {
      status: 200,
      raw: { type: 'text/csv', body: [csvRow(columns), ...rows].join('') },
      headers: { 'content-disposition': `attachment; filename="deals-${from}-${to}.csv"` },
    };
  },
});

const inHours = (ms: number | undefined): string => (ms === undefined ? '' : (ms / 3_600_000).toFixed(2));
