import { sigmoid } from './fit.ts';

/** A logit l becomes slope × l + shift. */
export interface Calibration {
  slope: number;
  shift: number;
}

const STEPS = 100;
/** However little the logits say, they never turn around. */
const LEAST_SLOPE = 0.01;

/**
 * Platt scaling: the logistic regression of the outcomes on logits that were made without them, with Platt's targets a little
 * inside 0 and 1, so that few rows prove little. (Platt 1999; Newton's method as in Lin, Lin and Weng 2007.)
 */
export function calibrate(logits: ArrayLike<number>, outcomes: ArrayLike<number>): Calibration {
  let positives = 0;
  for (let row = 0; row < outcomes.length; row += 1) positives += outcomes[row] ?? 0;
  const negatives = outcomes.length - positives;
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (negatives + 2)];
  let [slope, shift] = [1, 0];
  const lossAt = (a: number, b: number): number => {
    let loss = 0;
    for (let row = 0; row < logits.length; row += 1) {
      const logit = a * (logits[row] ?? 0) + b;
      loss += Math.log1p(Math.exp(-Math.abs(logit))) + Math.max(0, logit) - logit * (outcomes[row] === 1 ? high : low);
    }
    return loss;
  };
  let loss = lossAt(slope, shift);
  for (let step = 0; step < STEPS; step += 1) {
    let [byA, byB, aa, ab, bb] = [0, 0, 1e-10, 0, 1e-10];
    for (let row = 0; row < logits.length; row += 1) {
      const logit = logits[row] ?? 0;
      const probability = sigmoid(slope * logit + shift);
      const error = probability - (outcomes[row] === 1 ? high : low);
      const bend = probability * (1 - probability);
      byA += error * logit;
      byB += error;
      aa += bend * logit * logit;
      ab += bend * logit;
      bb += bend;
    }
    if (Math.abs(byA) + Math.abs(byB) <= 1e-9 * logits.length) break;
    const determinant = aa * bb - ab * ab;
    const [toA, toB] = [-(bb * byA - ab * byB) / determinant, -(aa * byB - ab * byA) / determinant];
    let far = 1;
    while (far > 1e-10 && lossAt(slope + far * toA, shift + far * toB) > loss) far /= 2;
    if (far <= 1e-10) break;
    slope += far * toA;
    shift += far * toB;
    loss = lossAt(slope, shift);
  }
  if (slope >= LEAST_SLOPE && Number.isFinite(shift)) return { slope, shift };
  return { slope: LEAST_SLOPE, shift: Math.log(high > low ? (positives + 1) / (negatives + 1) : 1) };
}
