import * as z from 'zod';
import { companyDay } from '../../../shared/appraisal/facts/store.ts';
import { resultOfRound, settleRounds } from '../../../shared/appraisal/feedback/settled/store.ts';
import {
  colleaguesOf,
  handOut,
  invitationsOf,
  keepAnswer,
  openRound,
  type Round,
  roundsOf,
  tokenOf,
} from '../../../shared/appraisal/feedback/store.ts';
import { plusDays } from '../../../shared/appraisal/period.ts';
import { current, load } from '../../../shared/config/store.ts';
import type { Rep } from '../../../shared/org/rep.ts';
import { readReps } from '../../../shared/org/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { commit, isRefused, reconsider } from '../../../shared/platform/commit.ts';
import { invalid, notFound, Problem } from '../../../shared/platform/problem.ts';
import { newId } from '../../../shared/platform/random.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { id, route } from '../route.ts';
import { theirs } from './reps.ts';

const question = z.object({ id: z.string(), text: z.string() });
const all = ['admin', 'supervisor', 'rep'] as const;
/** Colleagues are those of so many days. */
const DAYS = 92;

/** Whom to ask: those named, or all who worked with them. @throws Problem naming who may not be asked */
async function asked(table: Table, rep: Rep, named: readonly string[] | undefined, today: string): Promise<string[]> {
  const worked = await colleaguesOf(table, rep.repId, plusDays(today, -DAYS), plusDays(today, 1));
  for (const [at, each] of (named ?? []).entries()) {
    if (each === rep.repId) throw invalid(`colleagues.${at}`, 'nobody gives feedback on themselves');
    if (!worked.has(each))
      throw invalid(`colleagues.${at}`, `${each} worked on none of their leads in the last ${DAYS} days`);
  }
  const wanted = [...new Set(named ?? [...worked].sort(([, a], [, b]) => b - a).map(([repId]) => repId))];
  const known = await readReps(table, wanted);
  return wanted.filter((each) => known.get(each)?.status === 'active').slice(0, 60);
}

const roleOf = ({ postings = [] }: Rep): string =>
  postings.findLast(({ role }) => role !== undefined)?.role ?? 'default';

/** Asks colleagues. */
export const postRound = route({
  method: 'POST',
  path: '/feedback/rounds',
  summary:
    'Asks the colleagues who worked on the same leads as a rep in the last quarter (or those of them who are named) what they think; at least four, or nobody could be unknown',
  roles: ['admin', 'supervisor'],
  body: z.strictObject({
    repId: id,
    until: z.iso.date().optional(),
    colleagues: z.array(id).min(1).max(60).optional(),
  }),
  answers: { 201: z.object({ roundId: z.string(), repId: z.string(), until: z.string(), invited: z.number() }) },
  handle: ({ body, person, table, now }) =>
    reconsider(async () => {
      const rep = await theirs(table, person, body.repId);
      const today = companyDay(iso(now()));
      const until = body.until ?? plusDays(today, 14);
      if (until <= today) throw invalid('until', 'is not in the future');
      if ((await roundsOf(table, rep.repId)).some((round) => round.until >= today))
        throw new Problem(409, 'a round is open already', [{ path: 'repId', message: 'a round is open already' }]);
      const colleagues = await asked(table, rep, body.colleagues, today);
      const { feedback } = await load(table, 'performance', (await current(table)).performance);
      if (colleagues.length < feedback.atLeast)
        throw new Problem(
          409,
          `${colleagues.length} colleagues are too few to be unknown: it takes ${feedback.atLeast}`,
          [{ path: 'colleagues', message: `at least ${feedback.atLeast}` }],
        );
      const questions = feedback.questions[roleOf(rep)] ?? feedback.questions.default ?? [];
      const round: Round = {
        ...{ roundId: newId(now()), repId: rep.repId, name: rep.name, openedOn: today, until },
        ...{ questions, atLeast: feedback.atLeast, colleagues },
      };
      await commit(table, openRound(round, now()));
      return { status: 201, body: { roundId: round.roundId, repId: rep.repId, until, invited: colleagues.length } };
    }),
});

/** The round of that id on somebody. @throws Problem 404 */
async function roundOf(table: Table, repId: string, roundId: string): Promise<Round> {
  const round = (await roundsOf(table, repId)).find((each) => each.roundId === roundId);
  if (!round) throw notFound(`round ${roundId}`);
  return round;
}

/** What I am asked. */
export const getInvitations = route({
  method: 'GET',
  path: '/feedback/invitations',
  summary: 'On whom I am asked for feedback, until when, and with which questions',
  roles: all,
  answers: {
    200: z.object({
      items: z.array(
        z.object({
          roundId: z.string(),
          repId: z.string(),
          name: z.string(),
          until: z.string(),
          questions: z.array(question),
        }),
      ),
    }),
  },
  handle: async ({ person, table, now }) => {
    const today = companyDay(iso(now()));
    const own = person.repId === undefined ? [] : await invitationsOf(table, person.repId);
    const open = own.filter(({ taken }) => !taken);
    const rounds = await Promise.all(open.map(({ about, roundId }) => roundOf(table, about, roundId)));
    const items = rounds
      .filter(({ until }) => until >= today)
      .map(({ roundId, repId, name, until, questions }) => ({ roundId, repId, name, until, questions }));
    return { status: 200, body: { items } };
  },
});

/** My one token for a round. */
export const takeToken = route({
  method: 'POST',
  path: '/feedback/invitations/{roundId}/token',
  summary: 'Hands out, once, the token by which I answer without signing in; which one it is, is kept nowhere',
  roles: all,
  params: z.object({ roundId: id }),
  answers: { 201: z.object({ token: z.string() }) },
  handle: async ({ params: { roundId }, person, table, now }) => {
    const { repId } = person;
    const invitation =
      repId === undefined ? undefined : (await invitationsOf(table, repId)).find((each) => each.roundId === roundId);
    if (repId === undefined || !invitation) throw notFound(`invitation ${roundId}`);
    const round = await roundOf(table, invitation.about, roundId);
    if (companyDay(iso(now())) > round.until) throw new Problem(410, 'the round is over');
    const { token, changes } = handOut(repId, round);
    try {
      await commit(table, changes);
    } catch (error) {
      if (isRefused(error)) throw new Problem(409, 'the token was handed out already');
      throw error;
    }
    return { status: 201, body: { token } };
  },
});

/** What a colleague thinks. */
export const postFeedback = route({
  method: 'POST',
  path: '/feedback/answers',
  summary: 'Answers by a token, once, without signing in: points from 1 to 5 by question, and words',
  roles: 'public',
  body: z.strictObject({
    token: z.string().min(1).max(100),
    points: z.record(z.string().max(40), z.int().min(1).max(5)),
    text: z.string().trim().min(1).max(2000).optional(),
  }),
  answers: { 201: z.object({ taken: z.literal(true) }) },
  handle: async ({ body: { token, points, text }, table, now }) => {
    const refuse = (status: number, message: string) => new Problem(status, message, [{ path: 'token', message }]);
    const known = await tokenOf(table, token);
    if (!known) throw refuse(401, 'this token is not valid');
    if (known.used) throw refuse(409, 'this token was used already');
    const round = await roundOf(table, known.repId, known.roundId);
    if (companyDay(iso(now())) > round.until) throw refuse(410, 'the round is over');
    const ids = new Set(round.questions.map((each) => each.id));
    const strange = Object.keys(points).find((each) => !ids.has(each));
    if (strange !== undefined) throw invalid(`points.${strange}`, 'is no question of this round');
    const missing = [...ids].find((each) => points[each] === undefined);
    if (missing !== undefined) throw invalid(`points.${missing}`, 'is needed');
    try {
      await commit(table, keepAnswer(token, round.roundId, { points, ...(text === undefined ? {} : { text }) }));
    } catch (error) {
      if (isRefused(error)) throw refuse(409, 'this token was used already');
      throw error;
    }
    return { status: 201, body: { taken: true } };
  },
});

const result = z.object({
  answers: z.number(),
  questions: z.array(question.extend({ mean: z.number(), median: z.number(), drawnIn: z.number() })),
  texts: z.array(z.string()),
  mutualShare: z.number(),
});

/** What colleagues think of somebody. */
export const getFeedback = route({
  method: 'GET',
  path: '/feedback/{repId}',
  summary:
    'What came of the rounds of feedback on a rep: only once a round is over, and only of at least four answers; outliers drawn in and mutual invitations damped, as it says',
  roles: all,
  params: z.object({ repId: id }),
  answers: {
    200: z.object({
      items: z.array(
        z.object({
          openedOn: z.string(),
          until: z.string(),
          state: z.enum(['open', 'too-few', 'over']),
          result: result.optional(),
        }),
      ),
    }),
  },
  handle: async ({ params: { repId }, person, table, now }) => {
    await theirs(table, person, repId);
    const today = companyDay(iso(now()));
    await settleRounds(table, repId, today);
    const items = await Promise.all(
      (await roundsOf(table, repId)).map(async (round) => {
        const { openedOn, until } = round;
        if (today <= until) return { openedOn, until, state: 'open' as const };
        const made = await resultOfRound(table, round);
        return made
          ? { openedOn, until, state: 'over' as const, result: made }
          : { openedOn, until, state: 'too-few' as const };
      }),
    );
    return { status: 200, body: { items } };
  },
});
