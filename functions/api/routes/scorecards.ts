import * as z from 'zod';
import { appraisalNow, liveCards } from '../../../shared/appraisal/cards/store.ts';
import { appealsUntil, isIntact } from '../../../shared/appraisal/cycle.ts';
import { cycleOf, frozenCards } from '../../../shared/appraisal/cycles/store.ts';
import { companyDay, recordsBetween } from '../../../shared/appraisal/facts/store.ts';
import { allFacts, factNames } from '../../../shared/appraisal/facts.ts';
import { settleRounds } from '../../../shared/appraisal/feedback/settled/store.ts';
import { soFar } from '../../../shared/appraisal/period.ts';
import { readRep, saveRole } from '../../../shared/org/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { commit, reconsider } from '../../../shared/platform/commit.ts';
import { notFound } from '../../../shared/platform/problem.ts';
import { id, page, paging, route } from '../route.ts';
import { theirs } from './reps.ts';
import { cardView, periodName, periodOr, showCard } from './scorecard-view.ts';

const params = z.object({ repId: id });
const all = ['admin', 'supervisor', 'rep'] as const;

/** What somebody's score is made of. */
export const getScorecard = route({
  method: 'GET',
  path: '/scorecards/{repId}',
  summary:
    'A rep’s score for a period (this quarter unless told), as it was frozen if the period is closed: each measure with its value, target, points and weight, the records behind it, and the three changes that would raise the score most',
  roles: all,
  params,
  query: z.object({ period: periodName.optional() }),
  answers: { 200: cardView },
  handle: async ({ params: { repId }, query, person, table, now }) => {
    const period = periodOr(query.period, now());
    const rep = await theirs(table, person, repId);
    const cycle = await cycleOf(table, period.name);
    const kept = cycle?.state === 'closed' ? (await frozenCards(table, cycle, [repId])).get(repId) : undefined;
    if (cycle?.closedAt !== undefined && kept) {
      const { revision, closedAt, rules } = cycle;
      const until = appealsUntil(companyDay(closedAt), rules);
      const frozen = { revision, closedAt, hash: kept.hash, intact: isIntact(kept, rules), appealsUntil: until };
      return { status: 200, body: showCard(kept.card, frozen) };
    }
    const today = companyDay(iso(now()));
    await settleRounds(table, repId, today);
    const [card] = await liveCards(table, [rep], await appraisalNow(table, period, today));
    if (!card) throw notFound(`scorecard of ${repId}`);
    return { status: 200, body: showCard(card, null) };
  },
});

/** The records that a figure is made of. */
export const getRecords = route({
  method: 'GET',
  path: '/scorecards/{repId}/records',
  summary: 'The records behind a rep’s figures in a period, or behind one fact: each contact, move, payment or answer',
  roles: all,
  params,
  query: z.object({ period: periodName.optional(), fact: z.enum(allFacts).optional(), ...paging }),
  answers: {
    200: page(
      z.object({
        recordId: z.string(),
        at: z.string(),
        what: z.string(),
        /** Which of its kind it is. */
        id: z.string(),
        facts: z.partialRecord(z.enum(allFacts), z.number()),
        counts: z.number().optional(),
        leadId: z.string().optional(),
        href: z.string().optional(),
      }),
    ).extend({ period: z.string(), fact: z.string().optional(), means: z.string().optional() }),
  },
  handle: async ({ params: { repId }, query: { fact, limit, cursor, ...query }, person, table, now }) => {
    const period = periodOr(query.period, now());
    await theirs(table, person, repId);
    const days = soFar(period, companyDay(iso(now())));
    const found = await recordsBetween(table, repId, { ...days, fact, limit, cursor });
    const items = found.items.map(({ recordId, at, facts, of }) => ({
      recordId,
      at,
      what: of.what,
      id: of.id,
      facts,
      ...(fact === undefined ? {} : { counts: facts[fact] ?? 0 }),
      ...(of.leadId === undefined ? {} : { leadId: of.leadId }),
      ...(of.leadId === undefined && of.url === undefined ? {} : { href: of.url ?? hrefOf(of.what, of.leadId ?? '') }),
    }));
    return {
      status: 200,
      body: {
        period: period.name,
        ...(fact === undefined ? {} : { fact, means: factNames[fact] }),
        ...found,
        items,
      },
    };
  },
});

/** Where the thing itself is, among those of its kind of the lead. */
function hrefOf(what: string, leadId: string): string {
  if (/^(contact|next-step|next-step-kept|first-contact)(-undone)?$/.test(what)) return `/leads/${leadId}/interactions`;
  if (what === 'payment') return `/leads/${leadId}/payments`;
  return what === 'survey' ? `/surveys?leadId=${leadId}` : `/leads/${leadId}`;
}

/** Gives somebody another role, from now on. */
export const putRole = route({
  method: 'PUT',
  path: '/scorecards/{repId}/role',
  summary:
    'Gives a rep another role from now on: plans go by it, and a period that it falls into is shared between both',
  roles: ['admin'],
  params,
  body: z.strictObject({ role: z.string().trim().min(1).max(200) }),
  answers: { 200: z.object({ repId: z.string(), role: z.string() }) },
  handle: ({ params: { repId }, body: { role }, table, now }) =>
    reconsider(async () => {
      const rep = await readRep(table, repId);
      if (!rep) throw notFound(`rep ${repId}`);
      await commit(table, [saveRole(rep, role, now())]);
      return { status: 200, body: { repId, role } };
    }),
});
