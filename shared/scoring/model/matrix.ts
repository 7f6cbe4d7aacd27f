import type { Cell } from './cells.ts';
import { eachActive, type Unfitted, widthOf } from './features.ts';

/** The inputs of many rows that are not zero: those of row r lie from starts[r] until before starts[r + 1]. */
export interface Matrix {
  rows: number;
  columns: number;
  starts: Int32Array;
  at: Int32Array;
  times: Float64Array;
}

/** Encodes rows; `cell` gives the cell of a row in a feature's column. Time and space grow with rows × features. */
export function encode(
  rows: number,
  features: readonly Unfitted[],
  cell: (row: number, feature: number) => Cell,
): Matrix {
  const starts = new Int32Array(rows + 1);
  const widths = features.map(widthOf);
  const offsets = widths.map((_, feature) => widths.slice(0, feature).reduce((sum, width) => sum + width, 0));
  // A number has three inputs at most, anything else one.
  const most = rows * features.reduce((sum, { kind }) => sum + (kind === 'number' ? 3 : 1), 0);
  const [at, times] = [new Int32Array(most), new Float64Array(most)];
  let filled = 0;
  for (let row = 0; row < rows; row += 1) {
    for (const [number, feature] of features.entries()) {
      eachActive(feature, cell(row, number), (weight, by) => {
        at[filled] = (offsets[number] ?? 0) + weight;
        times[filled] = by;
        filled += 1;
      });
    }
    starts[row + 1] = filled;
  }
  const columns = widths.reduce((sum, width) => sum + width, 0);
  return { rows, columns, starts, at: at.slice(0, filled), times: times.slice(0, filled) };
}

/** Some of the rows. */
export function pick({ columns, starts, at, times }: Matrix, rows: readonly number[]): Matrix {
  const picked = new Int32Array(rows.length + 1);
  for (const [n, row] of rows.entries()) picked[n + 1] = (picked[n] ?? 0) + (starts[row + 1] ?? 0) - (starts[row] ?? 0);
  const [newAt, newTimes] = [new Int32Array(picked[rows.length] ?? 0), new Float64Array(picked[rows.length] ?? 0)];
  for (const [n, row] of rows.entries()) {
    newAt.set(at.subarray(starts[row], starts[row + 1]), picked[n]);
    newTimes.set(times.subarray(starts[row], starts[row + 1]), picked[n]);
  }
  return { rows: rows.length, columns, starts: picked, at: newAt, times: newTimes };
}

/** Each row times the weights, whose last is the intercept. */
export function product(
  { rows, columns, starts, at, times }: Matrix,
  weights: Float64Array,
  into = new Float64Array(rows),
) {
  const intercept = weights[columns] as number;
  for (let row = 0; row < rows; row += 1) {
    let sum = intercept;
    for (let n = starts[row] as number, end = starts[row + 1] as number; n < end; n += 1)
      sum += (times[n] as number) * (weights[at[n] as number] as number);
    into[row] = sum;
  }
  return into;
}

/** Adds up the rows, each times its factor; the last is the sum of the factors. */
export function transposed(
  { rows, columns, starts, at, times }: Matrix,
  factors: Float64Array,
  into: Float64Array,
): void {
  into.fill(0);
  let sum = 0;
  for (let row = 0; row < rows; row += 1) {
    const factor = factors[row] as number;
    sum += factor;
    for (let n = starts[row] as number, end = starts[row + 1] as number; n < end; n += 1) {
      const column = at[n] as number;
      into[column] = (into[column] as number) + factor * (times[n] as number);
    }
  }
  into[columns] = sum;
}
