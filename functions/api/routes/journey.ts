import * as z from 'zod';
import { current, load } from '../../../shared/config/store.ts';
import { doneIn, missingFrom } from '../../../shared/journey/checklist.ts';
import { asTheyWere } from '../../../shared/journey/corrections/marked.ts';
import { moveTo } from '../../../shared/journey/move.ts';
import { moving } from '../../../shared/journey/moves/store.ts';
import { stuckSince } from '../../../shared/journey/progress.ts';
import { journeyOf, targetHours } from '../../../shared/journey/rules.ts';
import { openStages, stageMove, stages } from '../../../shared/journey/stages.ts';
import { interactionsOf, rulesOf, stageOf } from '../../../shared/journey/store.ts';
import { isClosed, isOpen, type Lead } from '../../../shared/lead/lead.ts';
import { read, save } from '../../../shared/lead/store.ts';
import { languageTags } from '../../../shared/notice/languages/index.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { commit, reconsider } from '../../../shared/platform/commit.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { rulesNow } from '../../../shared/routing/facts/store.ts';
import { mustSee } from '../access.ts';
import { id, route } from '../route.ts';
import { time } from '../views.ts';

const all = ['admin', 'supervisor', 'rep'] as const;
const params = z.object({ leadId: id });
/** What the stage of a deal still asks for. */
async function missingOf(table: Table, lead: Lead) {
  const rules = await rulesOf(table, lead);
  const open = openStages.find((name) => name === lead.stage.name);
  const stage = open && journeyOf(rules, lead.productLine).stages[open];
  const asks = stage !== undefined && stage.exit.actions.length > 0;
  const done = doneIn(asks ? asTheyWere(await interactionsOf(table, lead.leadId)) : []);
  return { rules, missing: stage ? missingFrom(stage, { firstContactAt: lead.sla.firstContactAt, done }) : [] };
}

/** Moves a deal along the journey. */
export const moveStage = route({
  method: 'POST',
  path: '/leads/{leadId}/stage',
  summary:
    'Moves the deal: one stage forward once what the stage asks for is done, any back, or lost with its reason; a supervisor past a stage, or past what it asks for, with a reason',
  roles: all,
  params,
  body: stageMove,
  answers: {
    200: z.object({ leadId: z.string(), status: z.string(), stage: z.object({ name: z.string(), since: time }) }),
  },
  handle: ({ params: { leadId }, body, person, table, now }) =>
    reconsider(async () => {
      const lead = await mustSee(table, person, await read(table, leadId), leadId);
      if (!isOpen(lead)) throw new Problem(409, `the lead is ${lead.status}`);
      const { rules, missing } = await missingOf(table, lead);
      const move = moveTo(lead.stage.name, body, { role: person.role, missing });
      if ('refused' in move) throw new Problem(409, move.refused, [{ path: 'to', message: move.refused }]);
      const { sla } = await rulesNow(table);
      const { lead: after, changes } = await moving(table, lead, move, { journey: rules, sla }, now());
      await commit(table, changes);
      const { name, since } = after.stage;
      return { status: 200, body: { leadId, status: after.status, stage: { name, since } } };
    }),
});

const inLanguage = (words: string | Partial<Record<(typeof languageTags)[number], string>>, tag: string): string =>
  typeof words === 'string' ? words : (words[tag as 'en'] ?? Object.values(words)[0] ?? '');

/** What to do and say at a deal's stage. */
const getJourney = route({
  method: 'GET',
  path: '/leads/{leadId}/journey',
  summary:
    'The stage of a deal: since when, by when it should be left, since when it is stuck, the standard actions and which were done, what to say and write, what it still asks for before it is left',
  roles: all,
  params,
  query: z.object({ language: z.enum(languageTags).default('zh-CN') }),
  answers: {
    200: z.object({
      version: z.number(),
      stage: z.string(),
      since: time,
      dueAt: time.nullable(),
      stuckSince: time.nullable(),
      checklist: z.array(z.object({ id: z.string(), text: z.string(), done: z.boolean() })),
      talkTrack: z.string().nullable(),
      templates: z.array(z.object({ name: z.string(), text: z.string() })),
      missing: z.array(z.string()),
      /** What a lost deal may be lost for; other words are taken too. */
      lostReasons: z.array(z.object({ code: z.string(), text: z.string() })),
      next: z.string().nullable(),
    }),
  },
  handle: async ({ params: { leadId }, query: { language }, person, table, now }) => {
    const lead = await mustSee(table, person, await read(table, leadId), leadId);
    const rules = await rulesOf(table, lead);
    const name = openStages.find((each) => each === lead.stage.name);
    const stage = name && journeyOf(rules, lead.productLine).stages[name];
    const done = doneIn(asTheyWere(await interactionsOf(table, leadId)));
    const target = targetHours(rules, lead.stage.name, lead.productLine);
    const missing = stage ? missingFrom(stage, { firstContactAt: lead.sla.firstContactAt, done }) : [];
    return {
      status: 200,
      body: {
        version: lead.journey ?? 1,
        stage: lead.stage.name,
        since: lead.stage.since,
        dueAt: target === null ? null : iso(new Date(Date.parse(lead.stage.since) + target * 3_600_000)),
        stuckSince: stuckSince(lead, now()) ?? null,
        checklist: (stage?.checklist ?? []).map((action) => ({
          id: action.id,
          text: inLanguage(action.text, language),
          done: done.has(action.id),
        })),
        talkTrack: stage?.talkTrack === undefined ? null : inLanguage(stage.talkTrack, language),
        templates: (stage?.templates ?? []).map((template) => ({
          name: inLanguage(template.name, language),
          text: inLanguage(template.text, language),
        })),
        missing: missing.map((action) => action.id),
        lostReasons: rules.lostReasons.map(({ code, text }) => ({ code, text: inLanguage(text, language) })),
        next: name === undefined ? null : (stages[stages.indexOf(name) + 1] ?? null),
      },
    };
  },
});

/** Puts a deal to the journey's rules in force. */
const renewJourney = route({
  method: 'POST',
  path: '/leads/{leadId}/journey',
  summary: 'Lets a deal go by the journey’s rules in force now instead of those that it began with',
  roles: ['admin', 'supervisor'],
  params,
  answers: { 200: z.object({ leadId: z.string(), version: z.number() }) },
  handle: ({ params: { leadId }, person, table }) =>
    reconsider(async () => {
      const lead = await mustSee(table, person, await read(table, leadId), leadId);
      if (isClosed(lead)) throw new Problem(409, `the lead is ${lead.status}`);
      const { journey: version } = await current(table);
      const rules = await load(table, 'journey', version);
      const stage = stageOf(rules, lead, lead.stage.name, lead.stage.since);
      await commit(table, [save(lead, { ...lead, journey: version, stage })]);
      return { status: 200, body: { leadId, version } };
    }),
});

/** A deal’s way through its stages. */
export const journeyRoutes = [moveStage, getJourney, renewJourney] as const;
