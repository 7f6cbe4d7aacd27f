import { limitName } from './check.ts';
import { checked, fieldsOf, isGiven, saying } from './condition.ts';
import { type Conversed, type Facts, newestOf, readerOf, scoredAt } from './facts.ts';
import type { grades, Rule, ScoringRules } from './rules.ts';

/** A is served first. */
export type Grade = (typeof grades)[number];

/** The points that one rule gave, and why in words. */
export interface Points {
  rule: string;
  points: number;
  because: string;
}

/**
 * A lead's score: 0–100, its grade, the points of every rule that fired, and the version of the rules. Where a model was in
 * force, the points are what each feature adds by it, and its version and the probability of winning stand beside.
 */
export interface Score {
  value: number;
  grade: Grade;
  points: Points[];
  version: number;
  model?: number;
  probability?: number;
}

/** The grade of a value by the rules' thresholds. */
export const gradeFor = (value: number, { grades }: Pick<ScoringRules, 'grades'>): Grade =>
  value >= grades.A ? 'A' : value >= grades.B ? 'B' : 'C';

/** What a rule gives a lead, if it fires. */
type Fire = (facts: Facts) => Points | undefined;

const DAY = 24 * 3600 * 1000;
const tenths = (number: number): number => Math.round(number * 10) / 10;

/** A rule as it fires, before its points lose anything by age. */
function firing(rule: Rule): Fire {
  const { rule: name } = rule;
  if ('when' in rule) {
    const { holds, because } = checked(rule.when);
    const { points } = rule;
    if (typeof because === 'string') {
      const fired = { rule: name, points, because };
      return (facts) => (holds(facts) ? fired : undefined);
    }
    return (facts) => (holds(facts) ? { rule: name, points, because: because(facts) } : undefined);
  }
  const read = readerOf(rule.field);
  if ('present' in rule) {
    const given = { rule: name, points: rule.present, because: `${rule.field} given` };
    return (facts) => (isGiven(read(facts)) ? given : undefined);
  }
  if ('values' in rule) {
    const say = saying(rule.field);
    const byValue = new Map(
      Object.entries(rule.values).map(([value, points]) => [value, { rule: name, points, because: say(value) }]),
    );
    return (facts) => {
      const value = read(facts);
      if (!isGiven(value)) return undefined;
      return Array.isArray(value)
        ? byValue.get(value.find((each) => byValue.has(String(each))))
        : byValue.get(typeof value === 'string' ? value : String(value));
    };
  }
  const highestFirst = [...rule.bands].sort((a, b) => b.atLeast - a.atLeast);
  const { unit } = rule;
  return (facts) => {
    const value = read(facts);
    if (typeof value !== 'number') return undefined;
    for (const { atLeast, points } of highestFirst) {
      if (value >= atLeast) return { rule: name, points, because: `${value} ${unit}` };
    }
    return undefined;
  };
}

/** The same, with what is left of its points at the age of what it looks at. */
function aging(rule: Rule, fire: Fire): Fire {
  const { halfLifeDays } = rule;
  if (halfLifeDays === undefined) return fire;
  const newest = newestOf('when' in rule ? fieldsOf(rule.when) : [rule.field]);
  return (facts) => {
    const fired = fire(facts);
    if (!fired) return undefined;
    const days = Math.max(0, scoredAt(facts) - newest(facts)) / DAY;
    const points = tenths(fired.points * 0.5 ** (days / halfLifeDays));
    if (points === fired.points) return fired;
    return { ...fired, points, because: `${fired.because}, ${tenths(days)} days ago: ${points} of ${fired.points}` };
  };
}

/** A table made ready: what it gives a lead, with the points that groups' limits take away or add at the end. */
function ready({ rules, groups = {} }: ScoringRules): (facts: Facts) => { points: Points[]; sum: number } {
  const names = Object.keys(groups);
  const fires = rules.map((rule) => aging(rule, firing(rule)));
  const groupOf = rules.map(({ group }) => (group === undefined ? -1 : names.indexOf(group)));
  const limits = names.map((name) => ({
    name,
    most: groups[name]?.atMost ?? 1e9,
    least: groups[name]?.atLeast ?? -1e9,
  }));
  return (facts) => {
    const points: Points[] = [];
    const sums = limits.map(() => 0);
    let sum = 0;
    for (let at = 0; at < fires.length; at += 1) {
      const fired = fires[at]?.(facts);
      if (fired === undefined) continue;
      points.push(fired);
      sum += fired.points;
      const group = groupOf[at] ?? -1;
      if (group >= 0) sums[group] = (sums[group] ?? 0) + fired.points;
    }
    for (const [at, { name, most, least }] of limits.entries()) {
      const own = sums[at] ?? 0;
      const over = tenths(Math.min(most, Math.max(least, own)) - own);
      if (over === 0) continue;
      const bound = over < 0 ? `at most ${most}` : `at least ${least}`;
      points.push({ rule: limitName(name), points: over, because: `${name} counts ${bound}, and not ${tenths(own)}` });
      sum += over;
    }
    return { points, sum };
  };
}

/** A score with what a conversation adds to it or takes from it, within 0–100; the points still add up to the value. */
export function withConversation(
  score: Score,
  conversed: Conversed | undefined,
  rules: Pick<ScoringRules, 'grades'>,
): Score {
  if (!conversed || conversed.points === 0) return score;
  const { points, because } = conversed;
  const value = tenths(Math.min(100, Math.max(0, score.value + points)));
  return {
    ...score,
    value,
    grade: gradeFor(value, rules),
    points: [...score.points, { rule: 'conversation', points, because }],
  };
}

/** Tables made ready, as long as they are in use: a version is one object in a process. */
const tables = new WeakMap<ScoringRules, ReturnType<typeof ready>>();

/** Scores a lead by the rule table. The points add up to the value, clipped to 0–100. */
export function score(facts: Facts, rules: ScoringRules, version: number): Score {
  let table = tables.get(rules);
  if (!table) {
    table = ready(rules);
    tables.set(rules, table);
  }
  const { points, sum } = table(facts);
  const value = tenths(Math.min(100, Math.max(0, sum)));
  return { value, grade: gradeFor(value, rules), points, version };
}
