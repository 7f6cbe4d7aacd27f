import { type Matrix, product, transposed } from './matrix.ts';

/** The probability of a logit. */
export const sigmoid = (logit: number): number =>
  logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));

/** Newton steps at most; a few are enough, as the loss is convex. */
const STEPS = 50;
const INNER_STEPS = 200;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

function lossOf(logits: Float64Array, outcomes: Float64Array, weights: Float64Array, lambda: number): number {
  let loss = 0;
  for (let row = 0; row < logits.length; row += 1) {
    const logit = logits[row] as number;
    loss += Math.log1p(Math.exp(-Math.abs(logit))) + Math.max(0, logit) - logit * (outcomes[row] as number);
  }
  for (let at = 0; at < weights.length - 1; at += 1) loss += (lambda / 2) * (weights[at] as number) ** 2;
  return loss;
}

/** The part of the Hessian on the diagonal, by which directions are scaled. */
function diagonalOf({ rows, columns, starts, at, times }: Matrix, curve: Float64Array, lambda: number): Float64Array {
  const diagonal = new Float64Array(columns + 1).fill(lambda);
  diagonal[columns] = 1e-9;
  for (let row = 0; row < rows; row += 1) {
    const bend = curve[row] as number;
    diagonal[columns] = (diagonal[columns] as number) + bend;
    for (let n = starts[row] as number, end = starts[row + 1] as number; n < end; n += 1) {
      const column = at[n] as number;
      diagonal[column] = (diagonal[column] as number) + bend * (times[n] as number) ** 2;
    }
  }
  return diagonal;
}

/** Solves Hessian × direction = −slope by conjugate gradients, preconditioned by the diagonal, as exactly as it is worth it. */
function directionOf(matrix: Matrix, curve: Float64Array, slope: Float64Array, lambda: number): Float64Array {
  const { columns, rows } = matrix;
  const diagonal = diagonalOf(matrix, curve, lambda);
  const direction = new Float64Array(columns + 1);
  const rest = slope.map((value) => -value);
  const scaled = rest.map((value, at) => value / (diagonal[at] as number));
  const search = scaled.slice();
  const [along, back] = [new Float64Array(rows), new Float64Array(columns + 1)];
  let size = dot(rest, scaled);
  const enough = size * Math.min(0.01, Math.sqrt(size / rows));
  for (let step = 0; step < INNER_STEPS && size > enough && size > 0; step += 1) {
    product(matrix, search, along);
    for (let row = 0; row < rows; row += 1) along[row] = (along[row] as number) * (curve[row] as number);
    transposed(matrix, along, back);
    for (let at = 0; at < columns; at += 1) back[at] = (back[at] as number) + lambda * (search[at] as number);
    const far = size / dot(search, back);
    for (let at = 0; at <= columns; at += 1) {
      direction[at] = (direction[at] as number) + far * (search[at] as number);
      rest[at] = (rest[at] as number) - far * (back[at] as number);
      scaled[at] = (rest[at] as number) / (diagonal[at] as number);
    }
    const next = dot(rest, scaled);
    for (let at = 0; at <= columns; at += 1)
      search[at] = (scaled[at] as number) + (next / size) * (search[at] as number);
    size = next;
  }
  return direction;
}

/**
 * The weights (the last is the intercept) that make the outcomes (1 or 0) likeliest, less λ/2 of the other weights' squares:
 * Newton's method with truncated conjugate gradients (as in LIBLINEAR's trust region Newton method, with a line search), each
 * step linear in the matrix's entries. `from` is where it begins: weights of a fit nearby. It is done when no weight's slope is
 * above `exactness` for each row.
 */
export function fitLogistic(
  matrix: Matrix,
  outcomes: Float64Array,
  lambda: number,
  { from, exactness = 1e-8 }: { from?: Float64Array | undefined; exactness?: number } = {},
): Float64Array {
  const { columns, rows } = matrix;
  let weights = from?.slice() ?? new Float64Array(columns + 1);
  let logits = product(matrix, weights);
  let loss = lossOf(logits, outcomes, weights, lambda);
  const [error, curve, slope] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(columns + 1)];
  for (let step = 0; step < STEPS; step += 1) {
    for (let row = 0; row < rows; row += 1) {
      const probability = sigmoid(logits[row] as number);
      error[row] = probability - (outcomes[row] as number);
      curve[row] = probability * (1 - probability);
    }
    transposed(matrix, error, slope);
    for (let at = 0; at < columns; at += 1) slope[at] = (slope[at] as number) + lambda * (weights[at] as number);
    if (slope.every((value) => Math.abs(value) <= exactness * rows)) break;
    const direction = directionOf(matrix, curve, slope, lambda);
    const downhill = dot(slope, direction);
    let far = 1;
    for (;;) {
      const next = weights.map((weight, at) => weight + far * (direction[at] as number));
      const nextLogits = product(matrix, next);
      const nextLoss = lossOf(nextLogits, outcomes, next, lambda);
      if (nextLoss <= loss + 1e-4 * far * downhill) {
        [weights, logits, loss] = [next, nextLogits, nextLoss];
        break;
      }
      far /= 2;
      if (far < 1e-10) return weights;
    }
  }
  return weights;
}
