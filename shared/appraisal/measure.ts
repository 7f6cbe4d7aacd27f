import { type FactName, type Facts, formulaNames, valuesOf } from './facts.ts';
import { formula } from './formula.ts';
import type { Component } from './model.ts';
import type { Segment } from './posts.ts';

/** One measure of somebody's work in a segment, and what it counts for. */
export interface Measured {
  /** Which segment of the period it is of, counted from 0. */
  segment: number;
  id: string;
  name: string;
  kind: Component['kind'];
  formula: string;
  unit?: string;
  /** What the formula says of the records; null where it is missing. */
  value: number | null;
  target: number;
  floor: number;
  cap: number;
  /** In percent, as the plan says. */
  weight: number;
  /** In percent of the whole score, after what is missing was shared out and segments were weighed by their days. */
  counts: number;
  /** Points, and how many of them are in the whole score; null where it is missing. */
  score: number | null;
  points: number | null;
  missing?: string;
  /** Which facts it is made of. */
  facts: FactName[];
}

export const round = (value: number, digits = 4): number => Math.round(value * 10 ** digits) / 10 ** digits;

const ready = new Map<string, ReturnType<typeof formula>>();

/** A formula over the facts, made ready once. */
function overFacts(text: string): ReturnType<typeof formula> {
  const known = ready.get(text) ?? formula(text, formulaNames);
  if (ready.size > 1000) ready.clear();
  ready.set(text, known);
  return known;
}

/** Points of a value: 0 at the floor, 100 at the target, in a straight line, never less than 0 nor more than the cap. */
export const pointsOf = (value: number, { target, floor, cap }: Pick<Component, 'target' | 'floor' | 'cap'>): number =>
  Math.min(cap, Math.max(0, ((value - floor) / (target - floor)) * 100));

/** One measure by itself: not weighed yet. */
export function measure(of: Component, facts: Facts, { lengths, days }: Segment, segment: number): Measured {
  const { id, name, kind, unit, cap, weight } = of;
  const { names, value: reckon } = overFacts(of.formula);
  const length = of.per === undefined ? 1 : lengths[of.per];
  const [target, floor] = [of.target * length, of.floor * length];
  const values = valuesOf(facts, days);
  const value = reckon(values);
  const needed = of.needs === undefined ? 1 : (overFacts(of.needs).value(values) ?? 0);
  const missing =
    needed <= 0
      ? `needs ${of.needs}`
      : value === undefined
        ? 'nothing to divide by'
        : target === floor
          ? 'no days'
          : undefined;
  const used = new Set([...names, ...(of.needs === undefined ? [] : overFacts(of.needs).names)]);
  return {
    ...{ segment, id, name, kind, formula: of.formula, ...(unit === undefined ? {} : { unit }) },
    ...{ target: round(target), floor: round(floor), cap, weight, counts: 0, points: null },
    value: value === undefined || missing ? null : round(value),
    score: value === undefined || missing ? null : round(pointsOf(value, { target, floor, cap })),
    ...(missing ? { missing } : {}),
    facts: [...used].filter((fact): fact is FactName => fact !== 'days'),
  };
}
