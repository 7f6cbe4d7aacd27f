import { type FactName, type Facts, formulaNames, valuesOf } from './facts.ts';
import { formula } from './formula.ts';
import type { Component, Plan } from './model.ts';
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

/** What would raise the score: from which value to which, and by how much the score would rise. */
export interface Change {
  segment: number;
  id: string;
  name: string;
  from: number;
  to: number;
  gain: number;
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
function measure(of: Component, facts: Facts, { lengths, days }: Segment, segment: number): Measured {
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

/** What was done in a segment. */
export interface Done {
  readonly segment: Segment;
  readonly facts: Facts;
}

/** Every measure, weighed: a segment by its days, a measure by its weight among those of its plan that are not missing. */
export function composition(
  done: readonly Done[],
  plans: ReadonlyMap<string, Plan>,
): { score: number | null; components: Measured[] } {
  const bySegment = done.map(({ segment, facts }, at) => {
    const components = (plans.get(segment.planId)?.components ?? []).map((each) => measure(each, facts, segment, at));
    const there = components.reduce((sum, { score, weight }) => sum + (score === null ? 0 : weight), 0);
    return { components, there, days: there > 0 ? segment.days : 0 };
  });
  const days = bySegment.reduce((sum, each) => sum + each.days, 0);
  const components = bySegment.flatMap(({ components: some, there, days: own }) =>
    some.map((each) => {
      if (each.score === null || own === 0) return { ...each, score: own === 0 ? null : each.score };
      const counts = (own / days) * (each.weight / there) * 100;
      return { ...each, counts: round(counts, 6), points: round((counts * each.score) / 100) };
    }),
  );
  if (days === 0) return { score: null, components };
  const score = components.reduce((sum, { counts, score: own }) => sum + (own === null ? 0 : (counts * own) / 100), 0);
  return { score: round(score, 2), components };
}

const MOST = 3;

/** The three changes that would raise the score most: to the target where it is not reached, else to the cap. */
export function raises(components: readonly Measured[]): Change[] {
  const last = Math.max(0, ...components.map(({ segment }) => segment));
  return components
    .flatMap((each): Change[] => {
      const { segment, id, name, value, score, target, floor, cap, counts } = each;
      if (segment !== last || value === null || score === null || counts === 0 || score >= cap) return [];
      const goal = score < 100 ? 100 : cap;
      const to = round(floor + ((target - floor) * goal) / 100);
      return [{ segment, id, name, from: value, to, gain: round((counts * (goal - score)) / 100, 2) }];
    })
    .filter(({ gain }) => gain > 0)
    .sort((a, b) => b.gain - a.gain || (a.id < b.id ? -1 : 1))
    .slice(0, MOST);
}
