import * as z from 'zod';
import { current, load } from '../../../shared/config/store.ts';
import { dealsOf, decisionId, decisionsOf, noteDecision } from '../../../shared/journey/agenda/store.ts';
import { mondayOf, weekBefore } from '../../../shared/journey/agenda/week.ts';
import { healthOf } from '../../../shared/journey/health/health.ts';
import { healthBetween } from '../../../shared/journey/health/store.ts';
import { inOrder, promisesOf, reasons } from '../../../shared/journey/review.ts';
import { addTask } from '../../../shared/journey/tasks/store.ts';
import { setTask, type Task } from '../../../shared/journey/tasks/task.ts';
import { ownerOf } from '../../../shared/lead/lead.ts';
import { read } from '../../../shared/lead/store.ts';
import { readRep } from '../../../shared/org/store.ts';
import { after, iso } from '../../../shared/platform/clock.ts';
import { commitOnce } from '../../../shared/platform/commit.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { invalid } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { companyZone } from '../../../shared/platform/zone.ts';
import { teamShown } from '../access.ts';
import { id, route } from '../route.ts';
import { time } from '../views.ts';
import { dayOf, health, targetsNow } from './process.ts';

const DAY = 24 * 3600 * 1000;
const WEEK = 7 * DAY;
/** Fifteen minutes are enough for so many. */
const AGENDA = 12;

const reason = z.enum(reasons);
const step = z.object({ text: z.string(), dueAt: z.string() });
const deal = z.object({
  leadId: z.string(),
  repId: z.string(),
  repName: z.string(),
  stage: z.string(),
  since: time,
  daysInStage: z.number(),
  why: reason,
  flags: z.array(reason),
  stuckSince: z.string().nullable(),
  lastContactAt: z.string().nullable(),
  nextStep: step.nullable(),
});
const decision = z.object({
  taskId: z.string(),
  text: z.string(),
  repId: z.string(),
  leadId: z.string().optional(),
  dueAt: time,
  state: z.enum(['open', 'done', 'cancelled']),
  /** Null while it is not due yet. */
  kept: z.boolean().nullable(),
});

const mustName = (person: Person, teamId: string | undefined): string => {
  const team = teamShown(person, teamId);
  if (team === undefined) throw invalid('teamId', 'is needed: whose review?');
  return team;
};

function showDecision({ taskId, text, repId, leadId, dueAt, state, endedAt }: Task, at: Date) {
  const late = (endedAt ?? iso(at)) > dueAt;
  const kept = state === 'done' ? !late : state === 'open' && late ? false : null;
  return { taskId, text, repId, ...(leadId === undefined ? {} : { leadId }), dueAt, state, kept };
}

/** The deals of a team that are to be talked about, the gravest first; of all that are open, how many. */
async function toTalkAbout(table: Table, teamId: string, at: Date) {
  const { open, stuck, deals } = await dealsOf(table, teamId, at);
  const flagged = inOrder(deals.filter(({ flags }) => flags.length > 0));
  const listed = flagged.flatMap(({ records, ...rest }) => {
    const [why] = rest.flags;
    return why === undefined ? [] : [{ ...rest, why }];
  });
  return { open, stuck, deals, listed };
}

/** What a team talks about in its weekly quarter of an hour. */
const getWeeklyReview = route({
  method: 'GET',
  path: '/reports/weekly-review',
  summary:
    'A 15-minute agenda for a team: the deals to talk about, the gravest first, with the reasons by the records; what was promised to customers in the last week and decided in the last review, and whether it was kept; the week’s figures',
  roles: ['admin', 'supervisor'],
  query: z.object({ teamId: id.optional() }),
  answers: {
    200: z.object({
      teamId: z.string(),
      week: z.string(),
      minutes: z.number(),
      from: time,
      to: time,
      openDeals: z.number(),
      stuck: z.number(),
      deals: z.array(deal),
      promises: z.array(step.extend({ leadId: z.string(), repId: z.string(), kept: z.boolean().nullable() })),
      lastDecisions: z.array(decision),
      decisions: z.array(decision),
      health,
    }),
  },
  handle: async ({ query, person, table, now }) => {
    const teamId = mustName(person, query.teamId);
    const at = now();
    const from = after(at, -WEEK);
    const week = mondayOf(at, companyZone());
    const [{ open, stuck, deals, listed }, counted, lastDecisions, decisions, targets] = await Promise.all([
      toTalkAbout(table, teamId, at),
      healthBetween(table, dayOf(iso(from)), dayOf(iso(after(at, DAY)))),
      decisionsOf(table, teamId, weekBefore(week)),
      decisionsOf(table, teamId, week),
      targetsNow(table),
    ]);
    return {
      status: 200,
      body: {
        teamId,
        week,
        minutes: 15,
        from: iso(from),
        to: iso(at),
        openDeals: open,
        stuck,
        deals: listed.slice(0, AGENDA),
        promises: deals.flatMap(({ records, leadId, repId }) =>
          promisesOf(records, from, at, at).map((promise) => ({ ...promise, leadId, repId })),
        ),
        lastDecisions: lastDecisions.map((each) => showDecision(each, at)),
        decisions: decisions.map((each) => showDecision(each, at)),
        health: healthOf(
          counted.filter((row) => row.teamId === teamId),
          targets,
        ),
      },
    };
  },
});

const words = z.string().trim().min(1).max(2000);

/** Notes what was decided. */
const decideReview = route({
  method: 'POST',
  path: '/reports/weekly-review',
  summary:
    'Notes what a team decided in this week’s review: each a task for whoever is named, or for the owner of the deal; the same decision sent again is the same task',
  roles: ['admin', 'supervisor'],
  body: z.strictObject({
    teamId: id.optional(),
    decisions: z
      .array(
        z.strictObject({
          text: words,
          dueAt: z.iso.datetime({ offset: true }),
          leadId: id.optional(),
          repId: id.optional(),
        }),
      )
      .min(1)
      .max(30),
  }),
  answers: { 201: z.object({ teamId: z.string(), week: z.string(), decisions: z.array(decision) }) },
  handle: async ({ body, person, table, now }) => {
    const teamId = mustName(person, body.teamId);
    const at = now();
    const week = mondayOf(at, companyZone());
    const rules = await load(table, 'journey', (await current(table)).journey);
    const by = person.repId ?? person.role;
    const tasks = await Promise.all(
      body.decisions.map(async (said, n) => {
        const path = `decisions.${n}`;
        if (Date.parse(said.dueAt) <= at.getTime()) throw invalid(`${path}.dueAt`, 'must be yet to come');
        const lead = said.leadId === undefined ? undefined : await read(table, said.leadId);
        if (said.leadId !== undefined && !lead) throw invalid(`${path}.leadId`, `there is no lead ${said.leadId}`);
        const repId = said.repId ?? (lead && ownerOf(lead)?.repId);
        if (repId === undefined) throw invalid(`${path}.repId`, 'is needed: who does it?');
        if ((await readRep(table, repId))?.teamId !== teamId)
          throw invalid(`${path}.repId`, `${repId} is not in team ${teamId}`);
        const taskId = decisionId(teamId, week, said, said.leadId);
        const about = said.leadId === undefined ? {} : { leadId: said.leadId };
        const task = { taskId, ...about, repId, kind: 'decision' as const, text: said.text, from: `review of ${week}` };
        return setTask(task, said.dueAt, rules.tasks, at);
      }),
    );
    for (const task of tasks)
      await commitOnce(table, [addTask(task), noteDecision(teamId, week, { taskId: task.taskId, at: iso(at), by })]);
    const decisions = (await decisionsOf(table, teamId, week)).map((each) => showDecision(each, at));
    return { status: 201, body: { teamId, week, decisions } };
  },
});

/** Deals that stand still. */
const getStuck = route({
  method: 'GET',
  path: '/reports/stuck',
  summary:
    'A team’s open deals of which something is to be said, the gravest first: red, over a stage’s target, a promise overdue, dates that slipped twice, one contact person only, no next step',
  roles: ['admin', 'supervisor'],
  query: z.object({ teamId: id.optional(), flag: reason.optional() }),
  answers: { 200: z.object({ teamId: z.string(), openDeals: z.number(), items: z.array(deal) }) },
  handle: async ({ query, person, table, now }) => {
    const teamId = mustName(person, query.teamId);
    const { open, listed } = await toTalkAbout(table, teamId, now());
    const items = listed.filter(({ flags }) => query.flag === undefined || flags.includes(query.flag));
    return { status: 200, body: { teamId, openDeals: open, items } };
  },
});

/** The weekly review, and what stands still. */
export const reviewRoutes = [getWeeklyReview, decideReview, getStuck] as const;
