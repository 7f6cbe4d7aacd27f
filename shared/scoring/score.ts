import type { Form } from '../lead/form.ts';
import type { grades, ScoringRules } from './rules.ts';

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

function valueAt(form: Form, field: string): unknown {
  let at: unknown = form;
  for (const name of field.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

function fire(rule: ScoringRules['rules'][number], form: Form): Points | undefined {
  const value = valueAt(form, rule.field);
  if (value === undefined || value === null || value === '') return undefined;
  if ('present' in rule) return { rule: rule.rule, points: rule.present, because: `${rule.field} given` };
  if ('values' in rule) {
    const key = String(value);
    const points = Object.hasOwn(rule.values, key) ? rule.values[key] : undefined;
    return points === undefined ? undefined : { rule: rule.rule, points, because: `${rule.field} is ${key}` };
  }
  if (typeof value !== 'number') return undefined;
  const reached = rule.bands.filter((band) => value >= band.atLeast).sort((a, b) => b.atLeast - a.atLeast)[0];
  return reached && { rule: rule.rule, points: reached.points, because: `${value} ${rule.unit}` };
}

/** Scores what was posted by the rule table. The points add up to the value, clipped to 0–100. */
export function score(form: Form, rules: ScoringRules, version: number): Score {
  const points = rules.rules.flatMap((rule) => fire(rule, form) ?? []);
  const sum = points.reduce((total, each) => total + each.points, 0);
  const value = Math.round(Math.min(100, Math.max(0, sum)) * 10) / 10;
  return { value, grade: gradeFor(value, rules), points, version };
}
