import { sha256 } from '../../platform/random.ts';

/** Which rows are held out, and by which fold each of the others is left out when the penalty is chosen. */
export interface Split {
  /** The rows to fit to, in an order that depends on their contents alone. */
  training: number[];
  /** Of each row of `training`, its fold. */
  fold: number[];
  heldOut: number[];
}

/** One in five is held out. */
const HELD_OUT = 0.2;

/** A name for each row that depends on its contents and the seed alone, not on where it stands; equal rows get different ones. */
export function nameRows(contents: readonly string[], seed: number): string[] {
  const seen = new Map<string, number>();
  return contents.map((content) => {
    const again = seen.get(content) ?? 0;
    seen.set(content, again + 1);
    return sha256(`${seed}\n${again}\n${content}`);
  });
}

const ranked = (rows: readonly number[], names: readonly string[]): number[] =>
  rows.toSorted((a, b) => ((names[a] ?? '') < (names[b] ?? '') ? -1 : 1));

/**
 * Splits the rows. Where their times are known, the most recent are held out, as the model will be used on later ones; else
 * the same share of those with the outcome and of those without, drawn by their names. Folds have the same share of both.
 */
export function split(
  outcomes: readonly number[],
  names: readonly string[],
  folds: number,
  times?: readonly number[],
): Split {
  const rows = outcomes.map((_, row) => row);
  const heldOut = times ? latest(rows, names, times) : drawn(outcomes, rows, names);
  const isHeldOut = new Set(heldOut);
  const kept = rows.filter((row) => !isHeldOut.has(row));
  const byFold = new Map<number, number>();
  for (const outcome of [0, 1]) {
    for (const [rank, row] of ranked(
      kept.filter((row) => outcomes[row] === outcome),
      names,
    ).entries())
      byFold.set(row, rank % folds);
  }
  const training = ranked(kept, names);
  return { training, fold: training.map((row) => byFold.get(row) ?? 0), heldOut: ranked(heldOut, names) };
}

function drawn(outcomes: readonly number[], rows: readonly number[], names: readonly string[]): number[] {
  return [0, 1].flatMap((outcome) => {
    const alike = ranked(
      rows.filter((row) => outcomes[row] === outcome),
      names,
    );
    return alike.slice(0, Math.round(alike.length * HELD_OUT));
  });
}

function latest(rows: readonly number[], names: readonly string[], times: readonly number[]): number[] {
  const inOrder = ranked(rows, names).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
  return inOrder.slice(Math.round(rows.length * (1 - HELD_OUT)));
}
