import type { Facts } from './facts.ts';
import { type Measured, measure, round } from './measure.ts';
import type { Plan } from './model.ts';
import type { Segment } from './posts.ts';

/** What would raise the score: from which value to which, and by how much the score would rise. */
export interface Change {
  segment: number;
  id: string;
  name: string;
  from: number;
  to: number;
  gain: number;
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
