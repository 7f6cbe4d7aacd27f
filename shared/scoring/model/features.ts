import { type Cell, type Decimals, numberOf, textOf } from './cells.ts';

/** How a feature's cell becomes numbers. `mean` is its average part of the logit, so that a part says how unusual a lead is. */
interface Base {
  /** The column. */
  name: string;
  mean: number;
}

/**
 * A number: a straight line over the knots' places, and a hat at each knot that bends it. Beyond the outer knots it stays as
 * there. `weights`: the line, the hats, and what a missing one means (if any was missing).
 */
export interface NumberFeature extends Base {
  kind: 'number';
  decimals: Decimals;
  /** Rising; at least two. */
  knots: number[];
  median: number;
  missing: boolean;
  weights: number[];
}

/** One of several values. `weights`: of each level, of all rare ones together (if there were any), of a missing one (likewise). */
export interface CategoryFeature extends Base {
  kind: 'category';
  levels: string[];
  rare: boolean;
  missing: boolean;
  /** Only whether there is a text counts, not which. */
  givenOnly?: true;
  weights: number[];
}

/** A column as the model sees it. */
export type Feature = NumberFeature | CategoryFeature;

/** What a text is taken for when only its being there counts. */
export const GIVEN = 'given';

/** How many weights a feature has. */
export const widthOf = (
  feature: Omit<NumberFeature, 'weights' | 'mean'> | Omit<CategoryFeature, 'weights' | 'mean'>,
) =>
  feature.kind === 'number'
    ? 1 + feature.knots.length + Number(feature.missing)
    : feature.levels.length + Number(feature.rare) + Number(feature.missing);

/** A feature before it has weights. */
export type Unfitted = Omit<NumberFeature, 'weights' | 'mean'> | Omit<CategoryFeature, 'weights' | 'mean'>;

/** Takes a non-zero input of the feature: which weight, and times what. */
export type Take = (weight: number, times: number) => void;

function activeOfNumber(
  { knots, median, missing, decimals }: Omit<NumberFeature, 'weights' | 'mean'>,
  text: string,
  take: Take,
) {
  const said = text === '' ? undefined : numberOf(text, decimals);
  if (said === undefined && missing) return take(1 + knots.length, 1);
  const last = knots.length - 1;
  const value = Math.min(knots[last] ?? 0, Math.max(knots[0] ?? 0, said ?? median));
  let below = 0;
  while (below < last - 1 && value >= (knots[below + 1] ?? 0)) below += 1;
  const [from = 0, to = 1] = [knots[below], knots[below + 1]];
  const part = (value - from) / (to - from);
  take(0, (2 * (below + part)) / last - 1);
  if (part < 1) take(1 + below, 1 - part);
  if (part > 0) take(2 + below, part);
}

/** Where a level stands among the sorted levels, or -1. */
function levelAt(levels: readonly string[], text: string): number {
  let [from, to] = [0, levels.length - 1];
  while (from <= to) {
    const middle = (from + to) >> 1;
    const level = levels[middle] ?? '';
    if (level === text) return middle;
    if (level < text) from = middle + 1;
    else to = middle - 1;
  }
  return -1;
}

/** Hands over the inputs of a feature that are not zero. False when it has no input for such a cell: it then counts as average. */
export function eachActive(feature: Unfitted, cell: Cell, take: Take): boolean {
  const text = textOf(cell);
  if (feature.kind === 'number') {
    activeOfNumber(feature, text, take);
    return true;
  }
  const { levels, rare, missing } = feature;
  if (text === '') {
    if (missing) take(levels.length + Number(rare), 1);
    return missing;
  }
  const level = levelAt(levels, feature.givenOnly ? GIVEN : text);
  if (level >= 0) take(level, 1);
  else if (rare) take(levels.length, 1);
  return level >= 0 || rare;
}

/** What the feature's cell adds to the logit, more or less than on average. */
export function partOf(feature: Feature, cell: Cell): number {
  let sum = 0;
  const known = eachActive(feature, cell, (weight, times) => {
    sum += (feature.weights[weight] ?? 0) * times;
  });
  return known ? sum - feature.mean : 0;
}

/** Why, in a few words: `420 (siteSeconds)` is `siteSeconds is 420`. */
export function because(feature: Feature, cell: Cell): string {
  const text = textOf(cell);
  if (text === '') return `${feature.name} not given`;
  if (feature.kind === 'category' && feature.givenOnly) return `${feature.name} given`;
  if (feature.kind === 'category' && levelAt(feature.levels, text) < 0)
    return `${feature.name} is ${text}, seen too seldom`;
  if (feature.kind === 'number' && numberOf(text, feature.decimals) === undefined)
    return `${feature.name} is no number`;
  return `${feature.name} is ${text}`;
}
