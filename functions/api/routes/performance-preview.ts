import * as z from 'zod';
import { cardOf } from '../../../shared/appraisal/card.ts';
import { appraisal, appraisalNow, factsOf } from '../../../shared/appraisal/cards/store.ts';
import { performanceRules } from '../../../shared/appraisal/check.ts';
import { companyDay } from '../../../shared/appraisal/facts/store.ts';
import { groundOf } from '../../../shared/appraisal/ground.ts';
import { periodNameOf, periodOf, plusDays } from '../../../shared/appraisal/period.ts';
import { everybody } from '../../../shared/org/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { opened } from '../opened.ts';
import { route } from '../route.ts';
import { periodName, periodView, readPeriod } from './scorecard-view.ts';

const number = z.number().nullable();
const outcome = z.object({ score: number, coefficient: number, grade: z.string().nullable() });
const sums = z.object({ reps: z.number(), coefficients: z.number(), meanScore: number });

const sumOf = (each: readonly z.infer<typeof outcome>[]): z.infer<typeof sums> => {
  const scored = each.flatMap(({ score }) => (score === null ? [] : [score]));
  return {
    reps: scored.length,
    coefficients: Math.round(each.reduce((sum, { coefficient }) => sum + (coefficient ?? 0), 0) * 1e4) / 1e4,
    meanScore: scored.length === 0 ? null : Math.round((scored.reduce((a, b) => a + b, 0) / scored.length) * 100) / 100,
  };
};

/** The quarter before the one that it is now. */
function lastQuarter(now: Date): string {
  const day = companyDay(iso(now));
  const from = periodOf(periodNameOf(day, 'quarter'))?.from ?? day;
  return periodNameOf(plusDays(from, -1), 'quarter');
}

/** What a period would have paid by other rules. */
export const previewPerformance = route({
  method: 'POST',
  path: '/config/performance/preview',
  summary:
    'What the scores, grades and coefficients of a period (the last quarter unless told) would have been by these performance rules; changes nothing',
  roles: ['admin'],
  query: z.object({ period: periodName.optional() }),
  body: performanceRules,
  opened: (posted) => opened('performance', posted),
  answers: {
    200: z.object({
      period: periodView,
      before: sums,
      after: sums,
      changed: z.number(),
      items: z.array(z.object({ repId: z.string(), name: z.string(), before: outcome, after: outcome })),
    }),
  },
  handle: async ({ body, query, table, now }) => {
    const period = readPeriod(query.period ?? lastQuarter(now()));
    const reps = await everybody(table);
    const today = companyDay(iso(now()));
    const inForce = await appraisalNow(table, period, today);
    const draft = appraisal(period, body, inForce.version + 1, today);
    const facts = await factsOf(table, reps, inForce.read);
    const cards = (by: typeof inForce) =>
      reps.map((rep) => cardOf(groundOf(rep, facts.get(rep.repId) ?? [], by), by.rules, by.version));
    const [before, after] = [cards(inForce), cards(draft)];
    const short = ({ score, coefficient, grade }: z.infer<typeof outcome>) => ({ score, coefficient, grade });
    const items = before.flatMap((card, at) => {
      const other = after[at];
      if (!other || (card.segments.length === 0 && other.segments.length === 0)) return [];
      return [{ repId: card.repId, name: card.name, before: short(card), after: short(other) }];
    });
    return {
      status: 200,
      body: {
        period,
        before: sumOf(items.map((each) => each.before)),
        after: sumOf(items.map((each) => each.after)),
        changed: items.filter((each) => JSON.stringify(each.before) !== JSON.stringify(each.after)).length,
        items,
      },
    };
  },
});
