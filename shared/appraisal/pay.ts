import { formula } from './formula.ts';
import { round } from './measure.ts';
import type { PerformanceRules } from './model.ts';

/** What a score means for somebody: coefficient, grade, and what is suggested. */
export interface Consequences {
  coefficient: number | null;
  grade: string | null;
  suggestions: { kind: 'promotion' | 'training'; suggest: string; because: string }[];
}

/** The coefficient of a score: that of the last point reached, or in a straight line between two. */
export function coefficientOf({ shape, points }: PerformanceRules['bonus'], score: number): number {
  const at = points.findLastIndex((point) => point.score <= score);
  const [reached, next] = [points[at], points[at + 1]];
  if (!reached) return 0;
  if (shape === 'steps' || !next) return reached.coefficient;
  const way = (score - reached.score) / (next.score - reached.score);
  return round(reached.coefficient + way * (next.coefficient - reached.coefficient));
}

/** What follows from a score and the points of its measures. */
export function consequencesOf(
  rules: Pick<PerformanceRules, 'bonus' | 'grades' | 'suggestions'>,
  score: number | null,
  components: readonly { id: string; score: number | null }[],
): Consequences {
  if (score === null) return { coefficient: null, grade: null, suggestions: [] };
  const values: Record<string, number> = { score };
  for (const { id, score: own } of components) if (own !== null) values[id] = own;
  const known = new Set(rules.suggestions.flatMap(({ when }) => when.match(/[A-Za-z]\w*/g) ?? []));
  const suggestions = rules.suggestions.flatMap(({ kind, suggest, when }) => {
    const held = formula(when, known).value(values);
    return held !== undefined && held !== 0 ? [{ kind, suggest, because: when }] : [];
  });
  return {
    coefficient: coefficientOf(rules.bonus, score),
    grade: rules.grades.find(({ from }) => score >= from)?.grade ?? null,
    suggestions,
  };
}
