import * as z from 'zod';
import { current, load } from '../../../shared/config/store.ts';
import { notFound } from '../../../shared/platform/problem.ts';
import { candidate, candidates, lastRun, loadModel } from '../../../shared/scoring/model/store.ts';
import { page, paging, route } from '../route.ts';
import { time } from '../views.ts';

const share = z.number().nullable();
const measures = z.object({
  rows: z.number(),
  positives: z.number(),
  auc: share,
  logLoss: z.number(),
  brier: z.number(),
  reliability: z.array(
    z.object({ from: z.number(), to: z.number(), count: z.number(), predicted: share, observed: share }),
  ),
});
const learned = z.object({
  version: z.number(),
  at: time,
  closed: z.number(),
  won: z.number(),
  rules: z.number(),
  kept: z.boolean(),
  because: z.string(),
  measures: z.object({ candidate: measures, rules: measures, last: measures.optional() }),
  hash: z.string(),
});

/** What is in force, why, and every model that was learned, the newest first. */
export const getScoringModels = route({
  method: 'GET',
  path: '/config/scoring/models',
  summary: 'Which learned model scores, and why; each that was learned, with how it, the rules and the last one did',
  roles: ['admin', 'supervisor'],
  query: z.object(paging),
  answers: {
    200: page(learned).extend({
      setting: z.union([z.enum(['auto', 'off']), z.number()]),
      inForce: z.object({ version: z.number().nullable(), because: z.string() }),
      lastRun: z.object({ at: time, closed: z.number(), won: z.number(), because: z.string() }).nullable(),
    }),
  },
  handle: async ({ query: { limit, cursor }, table }) => {
    const { scoring, model } = await current(table);
    const [{ model: setting = 'auto' }, run, items] = await Promise.all([
      load(table, 'scoring', scoring),
      lastRun(table),
      candidates(table, limit, cursor === undefined ? undefined : Number(cursor)),
    ]);
    const last = items.at(-1);
    const inForce = {
      auto: { version: model || null, because: run?.because ?? 'nothing was learned yet: the rules score' },
      off: { version: null, because: 'learning is switched off in the scoring rules' },
    };
    const pinned = { version: Number(setting), because: 'the scoring rules name this version' };
    return {
      status: 200,
      body: {
        setting,
        inForce: setting === 'auto' || setting === 'off' ? inForce[setting] : pinned,
        lastRun: run ? { at: run.at, closed: run.closed, won: run.won, because: run.because } : null,
        items,
        ...(last && items.length === limit && last.version > 1 ? { nextCursor: String(last.version) } : {}),
      },
    };
  },
});

/** One model, whole. */
export const getScoringModel = route({
  method: 'GET',
  path: '/config/scoring/models/{version}',
  summary: 'A learned model, whole: its features with their weights, its scale, how it was trained and how it did',
  roles: ['admin', 'supervisor'],
  params: z.object({ version: z.coerce.number().int().min(1).max(999_999) }),
  answers: { 200: learned.extend({ model: z.record(z.string(), z.unknown()) }) },
  handle: async ({ params: { version }, table }) => {
    const [found, model] = await Promise.all([candidate(table, version), loadModel(table, version)]);
    if (!found || !model) throw notFound(`version ${version} of the scoring model`);
    return { status: 200, body: { ...found, model } };
  },
});
