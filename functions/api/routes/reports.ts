import * as z from 'zod';
import { stability } from '../../../shared/audit/outcomes/store.ts';
import { ownerOf } from '../../../shared/lead/lead.ts';
import { readMany } from '../../../shared/lead/store.ts';
import { after, iso } from '../../../shared/platform/clock.ts';
import { invalid } from '../../../shared/platform/problem.ts';
import { reconciliation } from '../../../shared/reconciliation/store.ts';
import { type Row, responseTimes } from '../../../shared/response/response.ts';
import { rowsBetween } from '../../../shared/response/store.ts';
import { exceptionsBetween } from '../../../shared/sla/store.ts';
import { teamShown, visibleOwners } from '../access.ts';
import { beginning, dayIn, ending, id, route } from '../route.ts';
import { time } from '../views.ts';

const DAY = 24 * 3600 * 1000;
const WEEK = 7 * DAY;
const LONGEST = 366 * 24 * 3600 * 1000;

const exception = z.object({
  leadId: z.string(),
  dueAt: time,
  at: time,
  repId: z.string().optional(),
  why: z.string().optional(),
  withdrawnBy: time.optional(),
  firstContactAt: time.nullable(),
  status: z.string(),
  /** Who looks after the lead now. */
  owner: z.object({ repId: z.string(), name: z.string() }).nullable(),
});

/** Leads that nobody contacted in time. */
export const getExceptions = route({
  method: 'GET',
  path: '/reports/exceptions',
  summary: 'Leads that nobody contacted by the exception deadline, and what became of them; the last week unless told',
  roles: ['admin', 'supervisor'],
  query: z.object({ from: beginning.optional(), to: ending.optional() }),
  answers: { 200: z.object({ items: z.array(exception) }) },
  handle: async ({ query, person, table, now }) => {
    const to = query.to ?? after(now(), 1);
    const from = query.from ?? after(to, -WEEK);
    if (from >= to) throw invalid('from', 'must be before to');
    if (to.getTime() - from.getTime() > LONGEST) throw invalid('from', 'at most a year at once');
    const owners = await visibleOwners(table, person);
    const found = await exceptionsBetween(table, from, to);
    const mine = found.filter(({ repId }) => owners === undefined || (repId !== undefined && owners.includes(repId)));
    const leads = new Map(
      (
        await readMany(
          table,
          mine.map(({ leadId }) => leadId),
        )
      ).map((lead) => [lead.leadId, lead]),
    );
    const items = mine.map((each) => {
      const lead = leads.get(each.leadId);
      const owner = lead && ownerOf(lead);
      return {
        ...each,
        firstContactAt: lead?.sla.firstContactAt ?? null,
        status: lead?.status ?? 'erased',
        owner: owner ? { repId: owner.repId, name: owner.name } : null,
      };
    });
    return { status: 200, body: { items } };
  },
});

const by = z.enum(['source', 'team', 'rep', 'grade']);
const responses = z.object({
  buckets: z.array(
    z.object({
      range: z.enum(['<1h', '1-4h', '4-24h', '>24h']),
      leads: z.number(),
      converted: z.number(),
      conversion: z.number().nullable(),
      benchmark: z.number(),
    }),
  ),
  medianMinutes: z.number().nullable(),
  p90Minutes: z.number().nullable(),
});

/** The day of a date or time. */
const dayOf = (text: string): string => new Date(text).toISOString().slice(0, 10);
const MONTH = 31 * 24 * 3600 * 1000;

/** How fast leads were contacted, and how many of them were won. */
export const getResponseTimes = route({
  method: 'GET',
  path: '/reports/response-time',
  summary:
    'Leads by the time to their first contact, with conversions and the industry’s benchmark; of leads received on the days from … to (the last 31 unless told), by source, team, rep or grade if asked',
  roles: ['admin', 'supervisor'],
  query: z.object({
    from: dayIn.optional(),
    to: dayIn.optional(),
    by: by.optional(),
    source: z.string().optional(),
    teamId: id.optional(),
    repId: id.optional(),
    grade: z.enum(['A', 'B', 'C']).optional(),
  }),
  answers: { 200: responses.extend({ groups: z.record(z.string(), responses).optional() }) },
  handle: async ({ query, person, table, now }) => {
    const until = query.to ?? dayOf(iso(now()));
    const from = query.from ?? dayOf(iso(after(new Date(until), -MONTH)));
    if (from > until) throw invalid('from', 'must be before to');
    if (Date.parse(until) - Date.parse(from) > LONGEST) throw invalid('from', 'at most a year at once');
    const teamId = teamShown(person, query.teamId);
    // The day that is named last is among them.
    const rows = (await rowsBetween(table, from, dayOf(iso(after(new Date(until), DAY))))).filter(
      (row) =>
        (teamId === undefined || row.teamId === teamId) &&
        (query.source === undefined || row.source === query.source) &&
        (query.repId === undefined || row.repId === query.repId) &&
        (query.grade === undefined || row.grade === query.grade),
    );
    const groups = query.by && Object.groupBy(rows, (row) => fieldOf(row, query.by));
    return {
      status: 200,
      body: {
        ...responseTimes(rows),
        ...(groups
          ? {
              groups: Object.fromEntries(
                Object.entries(groups).map(([name, some = []]) => [name, responseTimes(some)]),
              ),
            }
          : {}),
      },
    };
  },
});

const fieldOf = ({ source, teamId, repId, grade }: Row, by: 'source' | 'team' | 'rep' | 'grade' | undefined): string =>
  by === 'source' ? source : by === 'team' ? teamId : by === 'rep' ? repId : grade;

/** Where all leads are. */
export const getReconciliation = route({
  method: 'GET',
  path: '/reports/reconciliation',
  summary:
    'Where every lead is that was received from … to (the last 31 days unless told): received = assigned + manual + pool + duplicate + rejected + closed + in flight, or the difference with its lead ids',
  roles: ['admin'],
  query: z.object({ from: beginning.optional(), to: ending.optional() }),
  answers: {
    200: z.object({
      received: z.number(),
      assigned: z.number(),
      manual: z.number(),
      pool: z.number(),
      duplicate: z.number(),
      rejected: z.number(),
      closed: z.number(),
      inFlight: z.number(),
      difference: z.number(),
      leadIds: z.array(z.string()),
    }),
  },
  handle: async ({ query, table, now }) => {
    const to = query.to ?? after(now(), 1);
    const from = query.from ?? after(to, -MONTH);
    if (from >= to) throw invalid('from', 'must be before to');
    return { status: 200, body: await reconciliation(table, from, to, now()) };
  },
});

/** How many attempts ended right. */
export const getStability = route({
  method: 'GET',
  path: '/reports/stability',
  summary:
    'The share of the system’s attempts that gave the lead to somebody entitled, on the days from … to (UTC; the last 7)',
  roles: ['admin', 'supervisor'],
  query: z.object({ from: dayIn.optional(), to: dayIn.optional() }),
  answers: {
    200: z.object({
      attempts: z.number(),
      correct: z.number(),
      share: z.number().nullable(),
      causes: z.record(z.string(), z.number()),
      days: z.array(
        z.object({ day: z.string(), attempts: z.number(), correct: z.number(), share: z.number().nullable() }),
      ),
    }),
  },
  handle: async ({ query, table, now }) => {
    const until = query.to ?? dayOf(iso(now()));
    const from = query.from ?? dayOf(iso(after(new Date(until), -6 * DAY)));
    if (from > until) throw invalid('from', 'must be before to');
    if (Date.parse(until) - Date.parse(from) > LONGEST) throw invalid('from', 'at most a year at once');
    return { status: 200, body: await stability(table, from, until, now()) };
  },
});
