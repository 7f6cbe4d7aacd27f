import { fitLogistic, sigmoid } from './fit.ts';
import { type Matrix, pick, product } from './matrix.ts';
import { logLossOf } from './measures.ts';

/** The penalties that may be tried, the strongest first (λ of the sum over rows), and where the search begins. */
const LAMBDAS = [1000, 300, 100, 30, 10, 3, 1, 0.3, 0.1];
const BEGIN = 4;
/** Exact enough to tell penalties apart. */
const EXACTNESS = 1e-4;

/** A penalty, how well it did on rows not fitted to, and the logits of all rows, each made without it. */
export interface Chosen {
  lambda: number;
  tried: { lambda: number; logLoss: number }[];
  logits: Float64Array;
  /** Weights of a fit to most of the rows: a good place to begin. */
  weights: Float64Array;
}

/** The rows that one fold fits to, and those that it leaves out. */
interface Fold {
  matrix: Matrix;
  outcomes: Float64Array;
  left: number[];
  leftMatrix: Matrix;
}

function foldsOf(matrix: Matrix, outcomes: Float64Array, fold: readonly number[], folds: number): Fold[] {
  return Array.from({ length: folds }, (_, left) => {
    const rows = fold.map((_, row) => row);
    const [inside, outside] = [rows.filter((row) => fold[row] !== left), rows.filter((row) => fold[row] === left)];
    return {
      matrix: pick(matrix, inside),
      outcomes: Float64Array.from(inside, (row) => outcomes[row] ?? 0),
      left: outside,
      leftMatrix: pick(matrix, outside),
    };
  });
}

/**
 * Chooses the penalty by cross-validation: `fold` says for each row, by which fold it is left out. The loss has one valley, so
 * the search goes from the middle to where it falls, and stops when it rises.
 */
export function choosePenalty(matrix: Matrix, outcomes: Float64Array, fold: readonly number[], folds: number): Chosen {
  const parts = foldsOf(matrix, outcomes, fold, folds);
  let weights: Float64Array | undefined;
  const attempt = (at: number) => {
    const lambda = LAMBDAS[at] ?? 1;
    const logits = new Float64Array(matrix.rows);
    for (const part of parts) {
      weights = fitLogistic(part.matrix, part.outcomes, lambda, { from: weights, exactness: EXACTNESS });
      const said = product(part.leftMatrix, weights);
      for (const [n, row] of part.left.entries()) logits[row] = said[n] ?? 0;
    }
    return {
      at,
      lambda,
      logits,
      logLoss: logLossOf(logits.map(sigmoid), outcomes),
      weights: weights ?? new Float64Array(),
    };
  };
  let best = attempt(BEGIN);
  const tried = [best];
  for (const step of [-1, 1]) {
    const before = best;
    while (LAMBDAS[best.at + step] !== undefined) {
      const next = attempt(best.at + step);
      tried.push(next);
      if (next.logLoss >= best.logLoss) break;
      best = next;
    }
    if (best !== before) break;
  }
  const { lambda, logits } = best;
  return {
    lambda,
    logits,
    weights: best.weights,
    tried: tried.map(({ lambda, logLoss }) => ({ lambda, logLoss })).sort((a, b) => b.lambda - a.lambda),
  };
}
