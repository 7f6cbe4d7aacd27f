import * as z from 'zod';
import { type Card, ranked } from '../../../shared/appraisal/card.ts';
import { appraisalNow, liveCards } from '../../../shared/appraisal/cards/store.ts';
import { csv } from '../../../shared/appraisal/csv.ts';
import { cycleOf, frozenCards } from '../../../shared/appraisal/cycles/store.ts';
import type { Rep } from '../../../shared/org/rep.ts';
import { everybody, readReps, teamMembers } from '../../../shared/org/store.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { id, route } from '../route.ts';
import { periodName, periodOr, periodView } from './scorecard-view.ts';

const number = z.number().nullable();

/** The reps of a ranking: a supervisor's team, or whom an admin asks for. @throws Problem 403 for another team */
export async function rankedReps(table: Table, person: Person, teamId: string | undefined): Promise<Rep[]> {
  if (person.role === 'supervisor' && teamId !== undefined && teamId !== person.teamId)
    throw new Problem(403, `${teamId} is not your team`, [{ path: 'teamId', message: 'not your team' }]);
  const of = person.role === 'supervisor' ? (person.teamId ?? '') : teamId;
  if (of === undefined) return everybody(table);
  return [...(await readReps(table, await teamMembers(table, of))).values()];
}

const item = z.object({
  rank: number,
  repId: z.string(),
  name: z.string(),
  teamId: z.string().optional(),
  plans: z.array(z.string()),
  score: number,
  grade: z.string().nullable(),
  coefficient: number,
  missing: z.array(z.string()),
  components: z.array(z.object({ id: z.string(), value: number, score: number, points: number })),
  href: z.string(),
});

const mean = (cards: readonly Card[]): number | null => {
  const scores = cards.flatMap(({ score }) => (score === null ? [] : [score]));
  return scores.length === 0 ? null : Math.round((scores.reduce((a, b) => a + b, 0) / scores.length) * 100) / 100;
};

const show = ({ rank, card }: ReturnType<typeof ranked>[number]): z.infer<typeof item> => ({
  rank,
  repId: card.repId,
  name: card.name,
  ...(card.teamId === undefined ? {} : { teamId: card.teamId }),
  plans: [...new Set(card.segments.map(({ planId }) => planId))],
  score: card.score,
  grade: card.grade,
  coefficient: card.coefficient,
  missing: [...new Set(card.missing.map((each) => each.id))],
  components: card.components.map(({ id: of, value, score, points }) => ({ id: of, value, score, points })),
  href: `/scorecards/${encodeURIComponent(card.repId)}?period=${card.period.name}`,
});

/** The ranking as a file. */
function file(items: readonly z.infer<typeof item>[]): string {
  const ids = [...new Set(items.flatMap(({ components }) => components.map(({ id: of }) => of)))];
  return csv([
    ['rank', 'repId', 'name', 'teamId', 'score', 'grade', 'coefficient', ...ids],
    ...items.map((each) => [
      each.rank,
      each.repId,
      each.name,
      each.teamId ?? '',
      each.score,
      each.grade,
      each.coefficient,
      ...ids.map((of) => each.components.findLast(({ id: own }) => own === of)?.score ?? null),
    ]),
  ]);
}

/** Who did best. */
export const getRankings = route({
  method: 'GET',
  path: '/rankings',
  summary:
    'The reps of a team, or all, by their score of a period (this quarter unless told), each with their measures and what is missing; teams beside each other; as CSV by Accept or format=csv',
  roles: ['admin', 'supervisor'],
  query: z.object({ period: periodName.optional(), teamId: id.optional(), format: z.enum(['json', 'csv']).optional() }),
  answers: {
    200: z.object({
      period: periodView,
      version: z.number(),
      closed: z.boolean(),
      mean: number,
      teams: z.array(z.object({ teamId: z.string(), reps: z.number(), mean: number })),
      items: z.array(item),
    }),
  },
  handle: async ({ query: { teamId, format, ...query }, headers, person, table, now }) => {
    const period = periodOr(query.period, now());
    const by = await appraisalNow(table, period);
    const reps = await rankedReps(table, person, teamId);
    const cycle = await cycleOf(table, period.name);
    const kept =
      cycle?.state === 'closed'
        ? await frozenCards(
            table,
            cycle,
            reps.map(({ repId }) => repId),
          )
        : undefined;
    const made = kept ? [...kept.values()].map(({ card }) => card) : await liveCards(table, reps, by);
    const cards = made.filter(({ segments }) => segments.length > 0);
    const items = ranked(cards).map(show);
    if (format === 'csv' || (format === undefined && /text\/csv/i.test(headers.accept ?? ''))) {
      const name = `ranking-${period.name}.csv`;
      return {
        status: 200,
        raw: { type: 'text/csv', body: file(items) },
        headers: { 'content-disposition': `attachment; filename="${name}"` },
      };
    }
    const teams = [...Map.groupBy(cards, (card) => card.teamId ?? '').entries()]
      .map(([of, some]) => ({ teamId: of, reps: some.length, mean: mean(some) }))
      .sort((a, b) => (b.mean ?? -1) - (a.mean ?? -1) || (a.teamId < b.teamId ? -1 : 1));
    return {
      status: 200,
      body: {
        period,
        version: kept ? (cycle?.version ?? by.version) : by.version,
        closed: kept !== undefined,
        mean: mean(cards),
        teams,
        items,
      },
    };
  },
});
