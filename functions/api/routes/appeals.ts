import * as z from 'zod';
import { type Appeal, addAnswer, addAppeal, appealsOf } from '../../../shared/appraisal/appeals/store.ts';
import { appealsUntil } from '../../../shared/appraisal/cycle.ts';
import { frozenCards } from '../../../shared/appraisal/cycles/store.ts';
import { companyDay } from '../../../shared/appraisal/facts/store.ts';
import { teamMembers } from '../../../shared/org/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { commit, reconsider } from '../../../shared/platform/commit.ts';
import { invalid, notFound, Problem } from '../../../shared/platform/problem.ts';
import { newId } from '../../../shared/platform/random.ts';
import { id, route } from '../route.ts';
import { time } from '../views.ts';
import { knownCycle } from './cycles.ts';
import { theirs } from './reps.ts';
import { periodName } from './scorecard-view.ts';

const params = z.object({ repId: id });
const words = z.string().trim().min(1).max(2000);
const answered = z.object({
  decision: z.enum(['upheld', 'rejected']),
  answer: z.string(),
  by: z.string(),
  at: time,
  hash: z.string(),
});
const appealView = z.object({
  appealId: z.string(),
  repId: z.string(),
  period: z.string(),
  revision: z.number(),
  card: z.string(),
  component: z.string().optional(),
  reason: z.string(),
  at: time,
  answer: answered.nullable(),
});

/** Says that a score is wrong. */
export const postAppeal = route({
  method: 'POST',
  path: '/scorecards/{repId}/appeals',
  summary: 'Appeals against one’s own score of a closed period, as a whole or one measure of it, until the deadline',
  roles: ['admin', 'supervisor', 'rep'],
  params,
  body: z.strictObject({ period: periodName, component: z.string().max(40).optional(), reason: words }),
  answers: { 201: appealView },
  handle: ({ params: { repId }, body, person, table, now }) =>
    reconsider(async () => {
      if (person.repId !== repId) throw new Problem(403, 'only who was scored may appeal');
      const cycle = await knownCycle(table, body.period);
      const card = cycle.state === 'closed' ? (await frozenCards(table, cycle, [repId])).get(repId) : undefined;
      if (!card || cycle.closedAt === undefined)
        throw new Problem(409, 'there is no closed score', [
          { path: 'period', message: `${body.period} is not closed for ${repId}` },
        ]);
      const until = appealsUntil(companyDay(cycle.closedAt), cycle.rules);
      if (companyDay(iso(now())) > until)
        throw new Problem(409, 'too late', [{ path: 'period', message: `appeals were taken until ${until}` }]);
      if (body.component !== undefined && !card.card.components.some((each) => each.id === body.component))
        throw invalid('component', `the score has no ${body.component}`);
      const before = await appealsOf(table, body.period, repId);
      if (before.some((each) => each.answer === null && each.component === body.component))
        throw new Problem(409, 'there is an appeal like this that waits for its answer');
      const appeal: Appeal = {
        ...{ appealId: newId(now()), repId, period: body.period, revision: cycle.revision, card: card.hash },
        ...{
          ...(body.component === undefined ? {} : { component: body.component }),
          reason: body.reason,
          at: iso(now()),
        },
      };
      await commit(table, addAppeal(appeal, now()));
      return { status: 201, body: { ...appeal, answer: null } };
    }),
});

/** The appeals of somebody. */
export const getAppeals = route({
  method: 'GET',
  path: '/scorecards/{repId}/appeals',
  summary: 'A rep’s appeals of a period, with their answers',
  roles: ['admin', 'supervisor', 'rep'],
  params,
  query: z.object({ period: periodName }),
  answers: { 200: z.object({ items: z.array(appealView) }) },
  handle: async ({ params: { repId }, query: { period }, person, table }) => {
    await theirs(table, person, repId);
    return { status: 200, body: { items: await appealsOf(table, period, repId) } };
  },
});

/** The appeals of a period. */
export const getCycleAppeals = route({
  method: 'GET',
  path: '/cycles/{period}/appeals',
  summary: 'All appeals of a period, with their answers; a supervisor sees their team’s',
  roles: ['admin', 'supervisor'],
  params: z.object({ period: periodName }),
  answers: { 200: z.object({ items: z.array(appealView) }) },
  handle: async ({ params: { period }, person, table }) => {
    const all = await appealsOf(table, period);
    const own = person.role === 'admin' ? undefined : new Set(await teamMembers(table, person.teamId ?? ''));
    return { status: 200, body: { items: all.filter(({ repId }) => own === undefined || own.has(repId)) } };
  },
});

/** Answers an appeal. */
export const answerAppeal = route({
  method: 'POST',
  path: '/scorecards/{repId}/appeals/{appealId}/answer',
  summary: 'Answers an appeal, once and for all to see; one that is upheld is put right by reopening the period',
  roles: ['admin', 'supervisor'],
  params: z.object({ repId: id, appealId: id }),
  body: z.strictObject({ period: periodName, decision: z.enum(['upheld', 'rejected']), answer: words }),
  answers: { 200: appealView },
  handle: ({ params: { repId, appealId }, body: { period, decision, answer }, person, table, now }) =>
    reconsider(async () => {
      await theirs(table, person, repId);
      if (person.repId === repId) throw new Problem(403, 'nobody answers their own appeal');
      const appeal = (await appealsOf(table, period, repId)).find((each) => each.appealId === appealId);
      if (!appeal) throw notFound(`appeal ${appealId}`);
      if (appeal.answer) throw new Problem(409, 'the appeal was answered already');
      const { answer: _, ...open } = appeal;
      const by = person.repId === undefined ? person.role : `${person.role} ${person.repId}`;
      await commit(table, addAnswer(open, { decision, answer, by, at: iso(now()) }, now()));
      const kept = (await appealsOf(table, period, repId)).find((each) => each.appealId === appealId);
      return { status: 200, body: kept ?? appeal };
    }),
});
