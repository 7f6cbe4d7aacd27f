import * as z from 'zod';
import { appraisalNow } from '../../../shared/appraisal/cards/store.ts';
import {
  appealsUntil,
  type Cycle,
  chained,
  isIntact,
  plansOf,
  refuseClosing,
} from '../../../shared/appraisal/cycle.ts';
import { allFrozen, closeOn, cycleOf, cyclesOf, saveCycle } from '../../../shared/appraisal/cycles/store.ts';
import { companyDay } from '../../../shared/appraisal/facts/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { commit, reconsider } from '../../../shared/platform/commit.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { route } from '../route.ts';
import { time } from '../views.ts';
import { periodName, periodView, readPeriod } from './scorecard-view.ts';

const params = z.object({ period: periodName });

const cycleView = z.object({
  period: periodView,
  state: z.enum(['closing', 'closed', 'open']),
  revision: z.number(),
  version: z.number(),
  planIds: z.array(z.string()),
  startedAt: time,
  closedAt: time.optional(),
  by: z.string(),
  cards: z.number(),
  hash: z.string(),
  appealsUntil: z.string().optional(),
  earlier: z.array(
    z.object({
      revision: z.number(),
      version: z.number(),
      closedAt: time,
      hash: z.string(),
      reopenedAt: time,
      by: z.string(),
      reason: z.string(),
    }),
  ),
});

const showCycle = ({ rules, upTo, ...cycle }: Cycle): z.infer<typeof cycleView> => ({
  ...cycle,
  ...(cycle.closedAt === undefined ? {} : { appealsUntil: appealsUntil(companyDay(cycle.closedAt), rules) }),
});

const refuse = (message: string): Problem => new Problem(409, message, [{ path: 'period', message }]);
const who = ({ role, repId }: Person): string => (repId === undefined ? role : `${role} ${repId}`);

/** @throws Problem 404 */
export async function knownCycle(table: Table, name: string): Promise<Cycle> {
  const cycle = await cycleOf(table, readPeriod(name).name);
  if (!cycle) throw notFound(`cycle ${name}`);
  return cycle;
}

/** Begins to close a period, or goes on with one that was begun. */
async function beginning(table: Table, name: string, person: Person, at: Date): Promise<Cycle> {
  const period = readPeriod(name);
  const { cycles, seen } = await cyclesOf(table);
  const before = cycles.find((each) => each.period.name === name);
  if (before?.state === 'closing') return before;
  if (before?.state === 'closed') throw refuse(`${name} is closed already, since ${before.closedAt}`);
  const { rules, version } = await appraisalNow(table, period, companyDay(iso(at)));
  const planIds = plansOf(rules, period.kind);
  const refused = refuseClosing(period, planIds, cycles, companyDay(iso(at)));
  if (refused) throw refuse(refused);
  const cycle: Cycle = {
    ...{ period, state: 'closing', revision: (before?.revision ?? 0) + 1, version, rules, planIds },
    ...{ startedAt: iso(at), by: who(person), cards: 0, hash: '', earlier: before?.earlier ?? [] },
  };
  await commit(table, saveCycle(before, cycle, seen));
  return cycle;
}

/** So many pages of reps are frozen in one call; who has more calls again. */
const PAGES = 12;

/** Closes a period. */
export const closeCycle = route({
  method: 'POST',
  path: '/cycles/{period}/close',
  summary:
    'Closes a period that is over: freezes each card with its facts and the rules, under one hash; weekly plans in weeks, the others in months, quarters or years. 202: begun, call again',
  roles: ['admin'],
  params,
  answers: { 200: cycleView, 202: cycleView },
  handle: async ({ params: { period }, person, table, now }) => {
    let cycle = await reconsider(() => beginning(table, period, person, now()));
    for (let pages = 0; cycle.state === 'closing' && pages < PAGES; pages += 1)
      cycle = await reconsider(async () => {
        const seen = await knownCycle(table, period);
        return seen.state === 'closing' ? closeOn(table, seen, now()) : seen;
      });
    return { status: cycle.state === 'closing' ? 202 : 200, body: showCycle(cycle) };
  },
});

/** Opens a closed period again. */
export const reopenCycle = route({
  method: 'POST',
  path: '/cycles/{period}/reopen',
  summary: 'Opens a closed period again, with a reason; what it said is kept',
  roles: ['admin'],
  params,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  answers: { 200: cycleView },
  handle: ({ params: { period }, body: { reason }, person, table, now }) =>
    reconsider(async () => {
      const before = await knownCycle(table, period);
      if (before.state !== 'closed') throw refuse(`${period} is not closed`);
      const { revision, version, closedAt = '', hash } = before;
      const opened = { revision, version, closedAt, hash, reopenedAt: iso(now()), by: who(person), reason };
      const { closedAt: _, upTo, ...rest } = before;
      const after: Cycle = { ...rest, state: 'open', earlier: [...before.earlier, opened] };
      await commit(table, saveCycle(before, after));
      return { status: 200, body: showCycle(after) };
    }),
});

/** The periods that were closed. */
export const getCycles = route({
  method: 'GET',
  path: '/cycles',
  summary: 'The periods that were ever closed, the newest first',
  roles: ['admin', 'supervisor', 'rep'],
  answers: { 200: z.object({ items: z.array(cycleView) }) },
  handle: async ({ table }) => {
    const { cycles } = await cyclesOf(table);
    const items = cycles.map(showCycle).sort((a, b) => (a.period.from < b.period.from ? 1 : -1));
    return { status: 200, body: { items } };
  },
});

/** Whether a closed period still says what it said. */
export const verifyCycle = route({
  method: 'GET',
  path: '/cycles/{period}/verify',
  summary:
    'Makes each frozen card of a closed period anew from its frozen facts and rules, and compares it bit for bit',
  roles: ['admin', 'supervisor'],
  params,
  answers: { 200: z.object({ cards: z.number(), intact: z.boolean(), firstBroken: z.string().optional() }) },
  handle: async ({ params: { period }, table }) => {
    const cycle = await knownCycle(table, period);
    if (cycle.state !== 'closed') throw refuse(`${period} is not closed`);
    const cards = await allFrozen(table, cycle.period.name, cycle.revision);
    const broken = cards.find((each) => !isIntact(each, cycle.rules))?.card.repId;
    const whole = cards.length === cycle.cards && cards.reduce(chained, '') === cycle.hash;
    return {
      status: 200,
      body: {
        cards: cards.length,
        intact: broken === undefined && whole,
        ...(broken === undefined ? {} : { firstBroken: broken }),
      },
    };
  },
});
