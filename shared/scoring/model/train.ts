import { sha256 } from '../../platform/random.ts';
import { calibrate } from './calibrate.ts';
import { type Cell, textOf } from './cells.ts';
import { type Decided, decide } from './columns.ts';
import { type Feature, partOf, type Unfitted, widthOf } from './features.ts';
import { fitLogistic } from './fit.ts';
import { aucAlone } from './leaks.ts';
import { encode } from './matrix.ts';
import { measure } from './measures.ts';
import { type Model, predict } from './model.ts';
import { choosePenalty } from './penalty.ts';
import { nameRows, split } from './split.ts';

/** Rows with named columns, and whether each had the outcome (1) or not (0). */
export interface Examples {
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
  outcomes: readonly number[];
  /** When each happened, in any unit; the most recent are held out then. */
  times?: readonly number[] | undefined;
}

/** What to foretell, and how. */
export interface Task {
  outcome: Model['outcome'];
  seed: number;
  /** Columns that are taken although they look like ids. */
  wanted?: ReadonlySet<string>;
}

/** There are too few rows with the outcome, or without it, to learn from. */
export class TooFew extends Error {
  override readonly name = 'TooFew';
}

const FOLDS = 5;
/** Rows of either outcome that there must be at least, apart from those held out. */
const LEAST = 8;
/** A column that tells the outcome this well by itself is likely to have been filled in after it. */
const LEAK = 0.95;

const rounded = (value: number): number => Number(value.toPrecision(9));

/** The features with their weights, and the intercept such that every part is told from the average. */
function fitted(
  unfitted: readonly Unfitted[],
  weights: Float64Array,
  rows: number,
  cell: (row: number, feature: number) => Cell,
) {
  let offset = 0;
  let intercept = weights.at(-1) ?? 0;
  const features = unfitted.map((feature, number): Feature => {
    const own = Array.from(weights.subarray(offset, offset + widthOf(feature)), rounded);
    offset += own.length;
    const raw: Feature = { ...feature, mean: 0, weights: own };
    let sum = 0;
    for (let row = 0; row < rows; row += 1) sum += partOf(raw, cell(row, number));
    const mean = rounded(sum / rows);
    intercept += mean;
    return { ...raw, mean };
  });
  return { features, intercept: rounded(intercept) };
}

function spread(feature: Feature, rows: number, cell: (row: number) => Cell): number {
  let [sum, squares] = [0, 0];
  for (let row = 0; row < rows; row += 1) {
    const part = partOf(feature, cell(row));
    sum += part;
    squares += part * part;
  }
  return Math.sqrt(Math.max(0, squares / rows - (sum / rows) ** 2));
}

/** A model, and the rows (as places in the examples) that it was not fitted to and measured on. */
export interface Trained {
  model: Model;
  heldOut: number[];
}

/**
 * Fits a model: columns are looked at one by one; a logistic regression with a quadratic penalty, chosen by cross-validation,
 * is fitted to the rows that are not held out, corrected on rows that a fit has not seen, and measured on those held out.
 * Neither the order of the rows nor that of the columns makes a difference.
 * @throws TooFew
 */
export function train(
  { columns, rows, outcomes, times }: Examples,
  { outcome, seed, wanted = new Set() }: Task,
): Trained {
  const order = columns.map((name, at) => ({ name, at })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const texts = order.map(({ at }) => rows.map((row) => textOf(row[at])));
  const names = nameRows(
    rows.map((_, row) => JSON.stringify([outcomes[row], ...texts.map((column) => column[row])])),
    seed,
  );
  const { training, fold, heldOut } = split(outcomes, names, FOLDS, times);
  const came = training.map((row) => outcomes[row] ?? 0);
  const positives = came.reduce((sum, each) => sum + each, 0);
  if (positives < LEAST || came.length - positives < LEAST)
    throw new TooFew(
      `${positives} rows with ${outcome.positive} and ${came.length - positives} with ${outcome.negative} to learn from; at least ${LEAST} of each are needed`,
    );

  const looked = order.map(({ name }, column): { name: string; column: number; texts: string[]; decided: Decided } => {
    const own = training.map((row) => texts[column]?.[row] ?? '');
    return { name, column, texts: own, decided: decide(name, own, wanted.has(name)) };
  });
  const used = looked.flatMap(({ decided, ...rest }) => ('feature' in decided ? [{ ...rest, ...decided }] : []));
  if (used.length === 0) throw new TooFew('there is no column to learn from');
  const unfitted = used.map(({ feature }) => feature);
  const cell = (row: number, feature: number): Cell => used[feature]?.texts[row];
  const matrix = encode(training.length, unfitted, cell);
  const targets = Float64Array.from(came);
  const { lambda, tried, logits, weights: near } = choosePenalty(matrix, targets, fold, FOLDS);
  const calibration = calibrate(logits, targets);
  const weights = fitLogistic(matrix, targets, lambda, { from: near }).map((weight) => weight * calibration.slope);
  weights[matrix.columns] = (weights[matrix.columns] ?? 0) + calibration.shift;
  const { features, intercept } = fitted(unfitted, weights, training.length, cell);

  const columnOf = new Map(order.map(({ name }, column) => [name, column]));
  const probabilities = heldOut.map(
    (row) => predict({ features, intercept }, (column) => texts[columnOf.get(column) ?? -1]?.[row]).probability,
  );
  const strengths = used
    .map(({ name, texts: own, feature }, number) => ({
      column: name,
      effect: rounded(features[number] ? spread(features[number], training.length, (row) => own[row]) : 0),
      auc: rounded(aucAlone(feature, own, came, fold, FOLDS)),
    }))
    .sort((a, b) => b.effect - a.effect);
  const leaks = strengths.filter(({ auc }) => auc > LEAK);
  const model: Model = {
    format: 'leadkeeper-model',
    formatVersion: 1,
    outcome,
    intercept,
    features,
    training: {
      rows: rows.length,
      positives: outcomes.reduce((sum, each) => sum + each, 0),
      hash: sha256(names.toSorted().join('\n')),
      seed,
      heldOutBy: times ? 'time' : 'draw',
      lambda,
      tried,
      calibration,
      heldOut: measure(
        probabilities,
        heldOut.map((row) => outcomes[row] ?? 0),
      ),
      strengths,
      leftOut: looked.flatMap(({ name, decided }) =>
        'leftOut' in decided ? [{ column: name, because: decided.leftOut }] : [],
      ),
      warnings: [
        ...leaks.map(
          ({ column, auc }) =>
            `${column} alone tells the outcome with an AUC of ${auc.toFixed(3)}: it may have been filled in afterwards, and be unknown for new leads`,
        ),
        ...used.flatMap(({ name, note }) => (note === undefined ? [] : [`${name}: ${note}`])),
      ],
    },
  };
  return { model, heldOut };
}
