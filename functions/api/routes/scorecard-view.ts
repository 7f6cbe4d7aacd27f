import * as z from 'zod';
import type { Card } from '../../../shared/appraisal/card.ts';
import { companyDay } from '../../../shared/appraisal/facts/store.ts';
import { allFacts } from '../../../shared/appraisal/facts.ts';
import { type Period, periodNameOf, periodOf } from '../../../shared/appraisal/period.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { invalid } from '../../../shared/platform/problem.ts';

const words = z.string();
const number = z.number().nullable();

/** A period of appraisal in an address. */
export const periodName = z.string().min(4).max(10).meta({ example: '2026-Q4' });

/** @throws Problem 400 when it is no period */
export function readPeriod(name: string, path = 'period'): Period {
  const period = periodOf(name);
  if (!period) throw invalid(path, `${name} is no period, such as 2026-W47, 2026-11, 2026-Q4 or 2026`);
  return period;
}

/** The period asked for, or the quarter that it is now. */
export const periodOr = (name: string | undefined, now: Date): Period =>
  readPeriod(name ?? periodNameOf(companyDay(iso(now)), 'quarter'));

export const periodView = z.object({
  name: words,
  kind: z.enum(['week', 'month', 'quarter', 'year']),
  from: words,
  to: words,
});

/** One measure as it is shown. */
const measured = z.object({
  segment: z.number(),
  id: words,
  name: words,
  kind: z.enum(['result', 'process']),
  formula: words,
  unit: words.optional(),
  value: number,
  target: z.number(),
  floor: z.number(),
  cap: z.number(),
  weight: z.number(),
  counts: z.number(),
  score: number,
  points: number,
  missing: words.optional(),
  facts: z.array(z.enum(allFacts)),
  records: z.array(z.object({ fact: z.enum(allFacts), href: words })),
});

/** What is said of a card whose period is closed. */
const frozenView = z.object({
  revision: z.number(),
  closedAt: words,
  hash: words,
  intact: z.boolean(),
  appealsUntil: words,
});

/** A card as it is shown. */
export const cardView = z.object({
  repId: words,
  name: words,
  teamId: words.optional(),
  period: periodView,
  version: z.number(),
  score: number,
  why: words.optional(),
  grade: words.nullable(),
  coefficient: number,
  /** Null while the period is not closed. */
  frozen: frozenView.nullable(),
  suggestions: z.array(z.object({ kind: z.enum(['promotion', 'training']), suggest: words, because: words })),
  segments: z.array(
    z.object({
      planId: words,
      planName: words,
      teamId: words.optional(),
      role: words.optional(),
      from: words,
      to: words,
      days: z.number(),
    }),
  ),
  components: z.array(measured),
  missing: z.array(z.object({ segment: z.number(), id: words, because: words })),
  raises: z.array(
    z.object({ segment: z.number(), id: words, name: words, from: z.number(), to: z.number(), gain: z.number() }),
  ),
});

/** Where the records of a fact are listed. */
const recordsAt = (repId: string, period: string, fact: string): string =>
  `/scorecards/${encodeURIComponent(repId)}/records?period=${period}&fact=${fact}`;

/** A card with links to the records behind each figure. */
export function showCard(card: Card, frozen: z.infer<typeof frozenView> | null): z.infer<typeof cardView> {
  const { repId, period } = card;
  return {
    ...card,
    frozen,
    segments: card.segments.map(({ lengths, ...segment }) => segment),
    components: card.components.map((each) => ({
      ...each,
      records: each.facts.map((fact) => ({ fact, href: recordsAt(repId, period.name, fact) })),
    })),
  };
}
