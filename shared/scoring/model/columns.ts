import { type Decimals, isDate, numberOf } from './cells.ts';
import { GIVEN, type Unfitted } from './features.ts';

/** What becomes of a column: a feature, or why it is left out, in words. */
export type Decided = { feature: Unfitted; note?: string } | { leftOut: string };

/** Levels seen less often are put together. */
const SELDOM = 5;
const MOST_LEVELS = 100;
/** A column is what nearly all of its cells are. */
const NEARLY_ALL = 0.98;
/** Where the knots of a number lie, as shares of the leads below them. */
const QUANTILES = [0.005, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 0.995];
/** A number with no more different values than this has a knot at each. */
const FEW = 8;
/** A value this frequent has a knot of its own. */
const FREQUENT = 0.1;

const ID_NAME = /(^|[\s_-])(id|ids|uuid|guid|number|no|nr|key|index|row)$|编号|序号|工号|单号|号码$/i;
/** leadId is the name of an id, paid is none. */
const CAMEL_ID = /[a-z]I[dD]$/;

/** Whether nearly all satisfy it; stops as soon as too many do not. */
function nearlyAll(texts: readonly string[], test: (text: string) => boolean): boolean {
  const most = texts.length * (1 - NEARLY_ALL);
  let others = 0;
  for (const text of texts) {
    if (!test(text)) others += 1;
    if (others > most) return false;
  }
  return true;
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))] ?? 0;

function countsOf<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Rising, each at least a little above the one before. */
function knotsOf(sorted: readonly number[]): number[] {
  const counts = countsOf(sorted);
  if (counts.size <= FEW) return [...counts.keys()].sort((a, b) => a - b);
  const frequent = [...counts].filter(([, count]) => count >= FREQUENT * sorted.length).map(([value]) => value);
  const spikes = new Set(frequent);
  const others = sorted.filter((value) => !spikes.has(value));
  const knots = [...frequent, ...(others.length === 0 ? [] : QUANTILES.map((share) => quantile(others, share)))];
  return [...new Set(knots)].sort((a, b) => a - b);
}

/** The numbers of a column of numbers, and how it writes them: 1,234 has a thousand, but not where there is 12,5 as well. */
function numbersOf(texts: readonly string[]): { decimals: Decimals; values: number[] } | undefined {
  for (const decimals of ['point', 'comma'] as const) {
    if (nearlyAll(texts, (text) => numberOf(text, decimals) !== undefined))
      return { decimals, values: texts.flatMap((text) => numberOf(text, decimals) ?? []) };
  }
  return undefined;
}

/** Whole numbers, nearly all different, that are named like an id, are as long as phone numbers, or follow each other. */
function isId(name: string, values: readonly number[]): boolean {
  const different = new Set(values).size;
  if (values.length < 50 || !values.every(Number.isInteger) || different < 0.95 * values.length) return false;
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  const isNamedSo = ID_NAME.test(name) || CAMEL_ID.test(name);
  return isNamedSo || least >= 1e8 || (different === values.length && most - least < 3 * different);
}

const decideNumber = (name: string, values: readonly number[], missing: boolean, decimals: Decimals): Unfitted => {
  const sorted = values.toSorted((a, b) => a - b);
  return { name, kind: 'number', decimals, knots: knotsOf(sorted), median: quantile(sorted, 0.5), missing };
};

function decideCategory(name: string, texts: readonly string[], missing: boolean): Unfitted {
  const counts = [...countsOf(texts)].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const kept = counts.filter(([, count]) => count >= SELDOM).slice(0, MOST_LEVELS);
  const levels = kept.map(([level]) => level).sort();
  return { name, kind: 'category', levels, rare: kept.length < counts.length, missing };
}

/**
 * What a column is, from its texts in the file's order (empty: missing): a number, one of several values, whether something
 * is given at all; or left out. `wanted`: somebody named it, so that being like an id is no reason.
 */
export function decide(name: string, column: readonly string[], wanted: boolean): Decided {
  const given = column.filter((text) => text !== '');
  const missing = given.length < column.length;
  const different = new Set(given).size;
  if (different === 0) return { leftOut: 'it is empty' };
  if (different === 1 && !missing) return { leftOut: 'it is the same everywhere' };
  if (nearlyAll(given, isDate)) return { leftOut: 'a date says when, and not who' };
  const numbers = different > 2 ? numbersOf(given) : undefined;
  if (numbers && new Set(numbers.values).size > 2) {
    const { values, decimals } = numbers;
    if (!wanted && isId(name, values)) return { leftOut: 'it is an id' };
    const odd = given.length - values.length;
    return {
      feature: decideNumber(name, values, missing || odd > 0, decimals),
      ...(odd > 0 ? { note: `${odd} cells are no numbers and count as missing` } : {}),
    };
  }
  const category = decideCategory(name, given, missing);
  const known = new Set((category as { levels: string[] }).levels);
  if (given.filter((text) => known.has(text)).length >= given.length / 2 || (wanted && known.size > 0))
    return { feature: category };
  const rate = given.length / column.length;
  if (!missing || rate < 0.01 || rate > 0.99) return { leftOut: 'nearly every row has another text' };
  return {
    feature: { name, kind: 'category', levels: [GIVEN], rare: false, missing: true, givenOnly: true },
    note: 'nearly every row has another text: only whether there is one counts',
  };
}
