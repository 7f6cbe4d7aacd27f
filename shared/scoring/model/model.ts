import type { Calibration } from './calibrate.ts';
import type { Cell } from './cells.ts';
import { because, type Feature, partOf } from './features.ts';
import { sigmoid } from './fit.ts';
import type { Measures } from './measures.ts';

/** How a model came about. */
export interface Training {
  rows: number;
  /** How many of them had the outcome. */
  positives: number;
  /** SHA-256 over all rows, in whatever order they came. */
  hash: string;
  seed: number;
  /** Whether the most recent rows were held out, or rows drawn by the seed. */
  heldOutBy: 'time' | 'draw';
  /** The penalty, and the log-loss of each that was tried, by cross-validation on the rows that were not held out. */
  lambda: number;
  tried: { lambda: number; logLoss: number }[];
  /** What the logits of rows not fitted to were corrected by; it is in the weights already. */
  calibration: Calibration;
  /** On the rows held out, which nothing above has seen. */
  heldOut: Measures;
  /** How much each column moves the logit (standard deviation), and how well it tells the outcome by itself; the strongest first. */
  strengths: { column: string; effect: number; auc: number }[];
  leftOut: { column: string; because: string }[];
  warnings: string[];
}

/**
 * A calibrated logistic regression, whole: what it was trained on and how it did, and all that is needed to score by it. Never
 * changed once it is made; the same rows and seed make the same model to the letter.
 */
export interface Model {
  format: 'leadkeeper-model';
  formatVersion: 1;
  /** What is foretold: that this column says this. */
  outcome: { column: string; positive: string; negative: string };
  /** The logit of a row that is average in everything. */
  intercept: number;
  features: Feature[];
  training: Training;
}

/** What a model says of one row. */
export interface Prediction {
  logit: number;
  probability: number;
  /** What each feature adds to the intercept, in logits; they add up to the logit. */
  parts: { column: string; part: number; because: string }[];
}

/** What the model says of a row; `cell` gives its cells by column. A column that is not there counts as missing. */
export function predict(model: Pick<Model, 'intercept' | 'features'>, cell: (column: string) => Cell): Prediction {
  const parts = model.features.map((feature) => ({
    column: feature.name,
    part: partOf(feature, cell(feature.name)),
    because: because(feature, cell(feature.name)),
  }));
  const logit = parts.reduce((sum, { part }) => sum + part, model.intercept);
  return { logit, probability: sigmoid(logit), parts };
}

/** The logit alone. */
export const logitOf = (model: Pick<Model, 'intercept' | 'features'>, cell: (column: string) => Cell): number =>
  model.features.reduce((sum, feature) => sum + partOf(feature, cell(feature.name)), model.intercept);
