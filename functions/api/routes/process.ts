import * as z from 'zod';
import { type HealthRow, healthOf } from '../../../shared/journey/health/health.ts';
import { healthBetween } from '../../../shared/journey/health/store.ts';
import { inOrder, isStuck, promisesOf, standOf, whyReviewed } from '../../../shared/journey/review.ts';
import { interactionsOf } from '../../../shared/journey/store.ts';
import { isOpen, type Lead, ownerOf } from '../../../shared/lead/lead.ts';
import { leadsOf } from '../../../shared/lead/store.ts';
import { teamMembers } from '../../../shared/org/store.ts';
import { after, iso } from '../../../shared/platform/clock.ts';
import { invalid } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { id, route } from '../route.ts';
import { time } from '../views.ts';

const DAY = 24 * 3600 * 1000;
const WEEK = 7 * DAY;
const LONGEST = 366 * DAY;
const dayOf = (text: string): string => new Date(text).toISOString().slice(0, 10);
const day = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).transform(dayOf);

const share = z.number().nullable();
const hours = z.number().nullable();
const health = z.object({
  stages: z.array(
    z.object({
      stage: z.string(),
      left: z.number(),
      meanHours: hours,
      medianHours: hours,
      targetHours: hours,
      withinTarget: share,
      conversion: share,
    }),
  ),
  cycle: z.object({ deals: z.number(), meanHours: hours, medianHours: hours }),
  lostReasons: z.array(z.object({ reason: z.string(), deals: z.number() })),
  contacts: z.object({
    logged: z.number(),
    ineffective: z.number(),
    ineffectiveShare: share,
    perClosedDeal: z.number().nullable(),
  }),
});

const by = z.enum(['team', 'rep', 'product', 'source']);
const fieldOf = (row: HealthRow, of: z.infer<typeof by>): string =>
  ({ team: row.teamId, rep: row.repId, product: row.productLine, source: row.source })[of];

/** How the process is doing. */
export const getProcessHealth = route({
  method: 'GET',
  path: '/reports/process-health',
  summary:
    'Time in each stage against its target, conversion from stage to stage, reasons lost, contacts; of moves and contacts on the days from … to (the last 31 unless told), and of as many days before; by team, rep, product or source if asked',
  roles: ['admin', 'supervisor'],
  query: z.object({
    from: day.optional(),
    to: day.optional(),
    by: by.optional(),
    teamId: id.optional(),
    repId: id.optional(),
    productLine: z.string().min(1).max(120).optional(),
    source: z.string().min(1).max(60).optional(),
  }),
  answers: {
    200: health.extend({
      from: z.string(),
      to: z.string(),
      before: health,
      groups: z.record(z.string(), health).optional(),
    }),
  },
  handle: async ({ query, person, table, now }) => {
    const to = query.to ?? dayOf(iso(now()));
    const from = query.from ?? dayOf(iso(after(new Date(to), -30 * DAY)));
    const length = Date.parse(to) - Date.parse(from) + DAY;
    if (from > to) throw invalid('from', 'must be before to');
    if (length > LONGEST) throw invalid('from', 'at most a year at once');
    const teamId = person.role === 'supervisor' ? (person.teamId ?? '') : query.teamId;
    const earlier = dayOf(iso(after(new Date(from), -length)));
    const counted = (await healthBetween(table, earlier, dayOf(iso(after(new Date(to), DAY))))).filter(
      (row) =>
        (teamId === undefined || row.teamId === teamId) &&
        (query.repId === undefined || row.repId === query.repId) &&
        (query.productLine === undefined || row.productLine === query.productLine) &&
        (query.source === undefined || row.source === query.source),
    );
    const rows = counted.filter((row) => row.day >= from);
    const groups = query.by && Object.groupBy(rows, (row) => fieldOf(row, query.by ?? 'team'));
    return {
      status: 200,
      body: {
        from,
        to,
        ...healthOf(rows),
        before: healthOf(counted.filter((row) => row.day < from)),
        ...(groups
          ? { groups: Object.fromEntries(Object.entries(groups).map(([name, some = []]) => [name, healthOf(some)])) }
          : {}),
      },
    };
  },
});

/** So many deals are read of a rep, and so many are looked at with their contacts. */
const MOST_OF_REP = 500;
const MOST_LOOKED_AT = 100;
/** Fifteen minutes are enough for so many. */
const AGENDA = 12;

const reason = z.enum(['never-contacted', 'stuck', 'over-target', 'promise-overdue', 'no-next-step']);
const step = z.object({ text: z.string(), dueAt: z.string() });

/** Open deals of a team. */
async function openDeals(table: Table, teamId: string): Promise<Lead[]> {
  const members = await teamMembers(table, teamId);
  const found = await Promise.all(
    members.map(async (repId) => {
      const deals: Lead[] = [];
      for await (const lead of leadsOf(table, repId)) {
        if (isOpen(lead) && ownerOf(lead)?.repId === repId) deals.push(lead);
        if (deals.length >= MOST_OF_REP) break;
      }
      return deals;
    }),
  );
  return found.flat();
}

/** What a team talks about in its weekly quarter of an hour. */
export const getWeeklyReview = route({
  method: 'GET',
  path: '/reports/weekly-review',
  summary:
    'A 15-minute agenda for a team: the deals to talk about, the gravest first, with the reason by the records; what was promised to customers in the last week and whether it was kept; the week’s figures',
  roles: ['admin', 'supervisor'],
  query: z.object({ teamId: id.optional() }),
  answers: {
    200: z.object({
      teamId: z.string(),
      minutes: z.number(),
      from: time,
      to: time,
      openDeals: z.number(),
      stuck: z.number(),
      deals: z.array(
        z.object({
          leadId: z.string(),
          repId: z.string(),
          repName: z.string(),
          stage: z.string(),
          since: time,
          daysInStage: z.number(),
          why: reason,
          lastContactAt: z.string().nullable(),
          nextStep: step.nullable(),
        }),
      ),
      promises: z.array(step.extend({ leadId: z.string(), repId: z.string(), kept: z.boolean().nullable() })),
      health,
    }),
  },
  handle: async ({ query, person, table, now }) => {
    const teamId = person.role === 'supervisor' ? (person.teamId ?? '') : query.teamId;
    if (teamId === undefined) throw invalid('teamId', 'is needed: whose review?');
    const at = now();
    const from = after(at, -WEEK);
    const [open, week] = await Promise.all([
      openDeals(table, teamId),
      healthBetween(table, dayOf(iso(from)), dayOf(iso(after(at, DAY)))),
    ]);
    // Those that stand still longest; their contacts tell the rest.
    const looked = [...open].sort((a, b) => (a.stage.since < b.stage.since ? -1 : 1)).slice(0, MOST_LOOKED_AT);
    const seen = await Promise.all(
      looked.map(async (lead) => {
        const contacts = await interactionsOf(table, lead.leadId);
        const { overdue, ...stand } = standOf(contacts, at);
        const late = overdue ? ('promise-overdue' as const) : undefined;
        const silent = stand.lastContactAt !== null && !stand.nextStep ? ('no-next-step' as const) : undefined;
        const why = whyReviewed(lead, at) ?? late ?? silent;
        const owner = ownerOf(lead);
        const deal = {
          leadId: lead.leadId,
          repId: owner?.repId ?? '',
          repName: owner?.name ?? '',
          stage: lead.stage.name,
          since: lead.stage.since,
          daysInStage: Math.floor((at.getTime() - Date.parse(lead.stage.since)) / DAY),
          ...stand,
        };
        const promises = promisesOf(contacts, from, at, at).map((promise) => ({
          ...promise,
          leadId: lead.leadId,
          repId: deal.repId,
        }));
        return { deals: why ? [{ ...deal, why }] : [], promises };
      }),
    );
    return {
      status: 200,
      body: {
        teamId,
        minutes: 15,
        from: iso(from),
        to: iso(at),
        openDeals: open.length,
        stuck: open.filter((lead) => isStuck(lead, at)).length,
        deals: inOrder(seen.flatMap(({ deals }) => deals)).slice(0, AGENDA),
        promises: seen.flatMap(({ promises }) => promises),
        health: healthOf(week.filter((row) => row.teamId === teamId)),
      },
    };
  },
});
