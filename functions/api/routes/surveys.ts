import * as z from 'zod';
import { surveyPoint } from '../../../shared/appraisal/surveys/rules.ts';
import {
  addSurveyAnswer,
  askedOf,
  isAnswered,
  pastOn,
  surveyAnswersOf,
} from '../../../shared/appraisal/surveys/store.ts';
import {
  leadOfToken,
  readSurveyToken,
  type SurveyAccess,
  surveyToken,
} from '../../../shared/appraisal/surveys/token.ts';
import { current, load } from '../../../shared/config/store.ts';
import { read, readForms, readMany } from '../../../shared/lead/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { commit, isRefused } from '../../../shared/platform/commit.ts';
import type { Answer, Call } from '../../../shared/platform/http-step.ts';
import { invalid, notFound, Problem } from '../../../shared/platform/problem.ts';
import { readSecret, sourceKey } from '../../../shared/platform/secrets.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { mustBeThere, mustSee } from '../access.ts';
import { id, route } from '../route.ts';
import { time } from '../views.ts';
import { wantsHtml } from './portal-page.ts';
import { surveyPage } from './survey-page.ts';

const point = surveyPoint;
/** Set points at which links are made by hand, or by the system that mails them, beside those of the rules. */
const BY_HAND = ['won', 'delivered'];
const link = z.object({ leadId: z.string(), point, token: z.string(), path: z.string(), expiresAt: time });
const tokenParam = z.object({ token: z.string().min(1).max(1000) });
/** A number, or as a form sends it. */
const score = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,2}$/)
      .transform(Number),
  ])
  .pipe(z.int().min(0).max(10));
const key = async (): Promise<string> => sourceKey(await readSecret(), 'survey');

async function pointsNow(table: Table): Promise<string[]> {
  const { points } = await load(table, 'surveys', (await current(table)).surveys);
  return [...new Set([...BY_HAND, ...points.map((each) => each.point)])];
}

async function linkOf(access: SurveyAccess, at: Date): Promise<z.infer<typeof link>> {
  const { token, expiresAt } = surveyToken(access, await key(), at);
  return { ...access, token, path: `/surveys/${token}`, expiresAt: iso(expiresAt) };
}

/** Makes the link for one customer. */
export const makeSurvey = route({
  method: 'POST',
  path: '/surveys',
  summary:
    'A signed link by which a deal’s customer says, once, how likely they are to recommend; no rep makes it for themself',
  roles: ['admin', 'supervisor'],
  body: z.strictObject({ leadId: id, point }),
  answers: { 201: link },
  handle: async ({ body, person, table, now }) => {
    const lead = await mustSee(table, person, await read(table, body.leadId), body.leadId);
    const known = await pointsNow(table);
    if (!known.includes(body.point)) throw invalid('point', `is no set point; there are ${known.join(', ')}`);
    if (lead.status !== 'won')
      throw new Problem(409, `the lead is ${lead.status}`, [{ path: 'leadId', message: 'is not won' }]);
    return { status: 201, body: await linkOf(body, now()) };
  },
});

/** Whom to ask today. */
export const getDueSurveys = route({
  method: 'GET',
  path: '/surveys/due',
  summary:
    'Links for the customers of all deals won on a day who did not refuse to be approached, for a system of one’s own that mails or texts them (instead of the set points in /config/surveys)',
  roles: ['admin'],
  query: z.object({ day: z.iso.date() }),
  answers: { 200: z.object({ items: z.array(link) }) },
  handle: async ({ query: { day }, table, now }) => {
    const leads = await readMany(table, await pastOn(table, 'won', day));
    const forms = await readForms(
      table,
      leads.map(({ leadId }) => leadId),
    );
    const won = leads.filter(
      ({ leadId, status }) => status === 'won' && forms.get(leadId)?.consent?.marketing !== false,
    );
    const items = await Promise.all(won.map(({ leadId }) => linkOf({ leadId, point: 'won' }, now())));
    return { status: 200, body: { items } };
  },
});

/** @throws Problem 401 for a token that was altered, 410 for one that expired */
async function open(table: Table, given: string, at: Date): Promise<SurveyAccess> {
  const leadId = leadOfToken(given);
  // Whoever was asked at a set point that is no more may answer still.
  const asked = leadId === undefined ? [] : await askedOf(table, leadId);
  const points = [...(await pointsNow(table)), ...asked.map((each) => each.point)];
  const access = readSurveyToken(given, await key(), at, points);
  if (access === 'expired') throw new Problem(410, 'this link has expired', [{ path: 'token', message: 'expired' }]);
  if (access === 'invalid') throw new Problem(401, 'this link is not valid', [{ path: 'token', message: 'not valid' }]);
  return access;
}

/** The answer for a browser; what cannot be opened is said in words as well. */
async function asPage(headers: Call['headers'], page: () => Promise<Answer>): Promise<Answer> {
  try {
    return await page();
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 503) throw error;
    return surveyPage(error.status, headers, true);
  }
}

/** What is asked. */
export const seeSurvey = route({
  method: 'GET',
  path: '/surveys/{token}',
  summary: 'For the customer: the question, and whether it was answered; a page for browsers (Accept: text/html)',
  roles: 'public',
  params: tokenParam,
  answers: { 200: z.object({ point, scale: z.object({ from: z.number(), to: z.number() }), answered: z.boolean() }) },
  types: ['application/json', 'text/html'],
  handle: ({ params, headers, table, now }) => {
    const see = async () => {
      const access = await open(table, params.token, now());
      return {
        point: access.point,
        scale: { from: 0, to: 10 },
        answered: await isAnswered(table, access.leadId, access.point),
      };
    };
    const html = async () => surveyPage(200, headers, (await see()).answered);
    return wantsHtml(headers) ? asPage(headers, html) : see().then((body) => ({ status: 200, body }));
  },
});

const answering = z.object({ score, text: z.string().trim().max(2000).optional() });

async function answer(
  table: Table,
  token: string,
  { score: said, text }: z.infer<typeof answering>,
  at: Date,
): Promise<void> {
  const { leadId, point: of } = await open(table, token, at);
  const lead = await read(table, leadId);
  if (!lead) throw notFound('what this link was for');
  mustBeThere(lead);
  try {
    await commit(table, addSurveyAnswer(lead, { point: of, score: said, ...(text ? { text } : {}), at: iso(at) }));
  } catch (error) {
    if (!isRefused(error)) throw error;
    throw new Problem(409, 'this was answered already', [{ path: 'token', message: 'used already' }]);
  }
}

/** What the customer says. */
export const putSurvey = route({
  method: 'PUT',
  path: '/surveys/{token}',
  summary: 'For the customer: answers, once',
  roles: 'public',
  params: tokenParam,
  body: answering,
  answers: { 200: z.object({ answered: z.literal(true) }) },
  handle: async ({ params, body, table, now }) => {
    await answer(table, params.token, body, now());
    return { status: 200, body: { answered: true } };
  },
});

/** The same from the page's form. */
export const postSurvey = route({
  method: 'POST',
  path: '/surveys/{token}',
  summary: 'The form of the customer’s page',
  roles: 'public',
  params: tokenParam,
  form: true,
  body: answering,
  answers: { 200: z.string() },
  types: ['text/html'],
  handle: ({ params, body, headers, table, now }) =>
    asPage(headers, async () => {
      await answer(table, params.token, body, now());
      return surveyPage(200, headers, true);
    }),
});

/** What a deal's customer said. */
export const getSurveyAnswers = route({
  method: 'GET',
  path: '/surveys',
  summary: 'What a deal’s customer was asked, and answered',
  roles: ['admin', 'supervisor', 'rep'],
  query: z.object({ leadId: id }),
  answers: {
    200: z.object({
      items: z.array(z.object({ point, score: z.number(), text: z.string().optional(), at: time })),
      asked: z.array(z.object({ point, at: time, remindedAt: time.optional() })),
    }),
  },
  handle: async ({ query: { leadId }, person, table }) => {
    await mustSee(table, person, await read(table, leadId), leadId);
    const [items, asked] = await Promise.all([surveyAnswersOf(table, leadId), askedOf(table, leadId)]);
    return { status: 200, body: { items, asked: asked.map(({ leadId: _, ...each }) => each) } };
  },
});
