import { numberOf } from './cells.ts';
import type { Feature } from './features.ts';
import { aucOf } from './measures.ts';

const BINS = 20;
/** How many rows of the overall mean each level's own mean is mixed with. */
const PRIOR = 5;

/** The bin of each number, by how many are below it; a missing one is by itself. */
function binsOf(values: readonly (number | undefined)[]): string[] {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const edges = Array.from({ length: BINS - 1 }, (_, n) => sorted[Math.floor(((n + 1) * sorted.length) / BINS)] ?? 0);
  return values.map((value) => (value === undefined ? '' : String(edges.filter((edge) => edge <= value).length)));
}

/** The AUC of guessing each row by the mean outcome of the other folds' rows of the same kind: many kinds of few rows prove nothing. */
function crossFitted(
  kinds: readonly string[],
  outcomes: readonly number[],
  fold: readonly number[],
  folds: number,
): number {
  const all = new Map<string, { rows: number; positives: number }[]>();
  const total = Array.from({ length: folds }, () => ({ rows: 0, positives: 0 }));
  for (const [row, kind] of kinds.entries()) {
    const counts = all.get(kind) ?? Array.from({ length: folds }, () => ({ rows: 0, positives: 0 }));
    all.set(kind, counts);
    for (const counted of [counts[fold[row] ?? 0], total[fold[row] ?? 0]]) {
      if (!counted) continue;
      counted.rows += 1;
      counted.positives += outcomes[row] ?? 0;
    }
  }
  const sumBut = (counts: readonly { rows: number; positives: number }[], but: number) =>
    counts.reduce(
      (sum, { rows, positives }, at) =>
        at === but ? sum : { rows: sum.rows + rows, positives: sum.positives + positives },
      { rows: 0, positives: 0 },
    );
  const aucs: number[] = [];
  for (let left = 0; left < folds; left += 1) {
    const overall = sumBut(total, left);
    const mean = overall.positives / Math.max(1, overall.rows);
    const rows = kinds.flatMap((_, row) => (fold[row] === left ? [row] : []));
    const guessOf = new Map(
      [...all].map(([kind, counts]) => {
        const others = sumBut(counts, left);
        return [kind, (others.positives + PRIOR * mean) / (others.rows + PRIOR)];
      }),
    );
    const auc = aucOf(
      rows.map((row) => guessOf.get(kinds[row] ?? '') ?? mean),
      rows.map((row) => outcomes[row] ?? 0),
    );
    if (auc !== null) aucs.push(auc);
  }
  return aucs.length === 0 ? 0.5 : aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length;
}

/**
 * How well a single column tells the outcome: the AUC of guessing by it alone. Numbers are taken in order, either way round,
 * and in bins; values by the share of the outcome among other rows with the same, so that a column with many different ones
 * is not taken for a good one.
 */
export function aucAlone(
  feature: Pick<Feature, 'kind'> & Partial<Feature>,
  texts: readonly string[],
  outcomes: readonly number[],
  fold: readonly number[],
  folds: number,
): number {
  if (feature.kind === 'category')
    return crossFitted(
      feature.givenOnly ? texts.map((text) => (text === '' ? '' : '1')) : texts,
      outcomes,
      fold,
      folds,
    );
  const { decimals } = feature as { decimals?: 'point' | 'comma' };
  const values = texts.map((text) => numberOf(text, decimals));
  const known = values.flatMap((value, row) => (value === undefined ? [] : [row]));
  const inOrder =
    aucOf(
      known.map((row) => values[row] ?? 0),
      known.map((row) => outcomes[row] ?? 0),
    ) ?? 0.5;
  const whole = known.length === values.length ? Math.max(inOrder, 1 - inOrder) : 0.5;
  return Math.max(whole, crossFitted(binsOf(values), outcomes, fold, folds));
}
