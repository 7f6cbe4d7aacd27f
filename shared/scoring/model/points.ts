import type { Points } from '../score.ts';
import { sigmoid } from './fit.ts';
import type { Prediction } from './model.ts';

/** What the points of a row that is average in everything are called. */
export const BASELINE = 'baseline';

/**
 * Rounds parts to whole numbers that add up to `total`, by the largest remainder: first down, then one more for those that
 * lost most.
 */
export function roundTo(total: number, parts: readonly number[]): number[] {
  const down = parts.map(Math.floor);
  const missing = total - down.reduce((sum, part) => sum + part, 0);
  const byRemainder = parts
    .map((part, at) => ({ at, remainder: part - Math.floor(part) }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  const more = new Set(byRemainder.slice(0, missing).map(({ at }) => at));
  return down.map((part, at) => part + Number(more.has(at)));
}

/** From a logit to a value from 0 to 100, never falling. */
export type Scale = (logit: number) => number;

/** Per cent. */
export const perCent: Scale = (logit) => 100 * sigmoid(logit);

/** Below this, a difference of logits is taken for the slope there. */
const CLOSE = 1e-6;

/**
 * A value from 0 to 100, and the points that add up to it exactly: those of an average row, and what each feature adds. The
 * way from the average row's value to this one's is shared out in proportion to the features' parts of the logit, which is
 * the integral of each one's slope along the straight way between them (Aumann and Shapley); so a feature that speaks for the
 * outcome never has points below zero. The largest first.
 */
export function pointsOf(
  { logit, parts }: Prediction,
  intercept: number,
  scale: Scale,
  about: string,
): { value: number; points: Points[] } {
  const base = scale(intercept);
  const far = Math.abs(logit - intercept) > CLOSE ? logit - intercept : CLOSE;
  const slope = (scale(intercept + far) - base) / far;
  const exact = [base, ...parts.map(({ part }) => part * slope)];
  const value = Math.min(100, Math.max(0, Math.round(exact.reduce((sum, part) => sum + part, 0))));
  const [first = 0, ...rest] = roundTo(value, exact);
  const points = parts
    .map(({ column, because }, at) => ({ rule: column, points: rest[at] ?? 0, because }))
    .filter((each) => each.points !== 0)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  return { value, points: [{ rule: BASELINE, points: first, because: about }, ...points] };
}
