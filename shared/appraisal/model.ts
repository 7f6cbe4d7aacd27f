import * as z from 'zod';
import { formulaNames } from './facts.ts';
import { BadFormula, formula } from './formula.ts';
import { periodKinds } from './period.ts';

const words = z.string().trim().min(1).max(200);
const name = z.string().regex(/^[A-Za-z]\w{0,39}$/, 'a letter, then letters, digits and _, at most 40');
const finite = z.number().min(-1e12).max(1e12);

/** One measure: 0 points at its floor, 100 at its target, and so on in a straight line, at most so many as its cap. */
const component = z.strictObject({
  id: name,
  name: words,
  kind: z.enum(['result', 'process']),
  /** What is measured, over the facts: `won / closed`. */
  formula: z.string().trim().min(1).max(500),
  /** It is measured only where this is above zero; else it is missing. */
  needs: z.string().trim().min(1).max(500).optional(),
  unit: z.string().trim().max(40).optional(),
  target: finite,
  /** Above the target where less is better. */
  floor: finite.default(0),
  /** Points, at most. */
  cap: z.number().min(100).max(1000).default(120),
  /** In percent of all. */
  weight: z.number().gt(0).max(100),
  /** Target and floor are for so long, and scaled to the days worked; of a share or a mean, nothing is named. */
  per: z.enum(['day', ...periodKinds]).optional(),
});

const plan = z.strictObject({
  planId: name,
  name: words,
  /** Whom it is for: all that is named must hold. */
  for: z
    .strictObject({
      roles: z.array(words).min(1).max(50).optional(),
      teams: z.array(words).min(1).max(200).optional(),
      /** Whole months since they were hired: from … until before. */
      tenureMonths: z
        .strictObject({ from: z.int().min(0).max(600).optional(), until: z.int().min(1).max(600).optional() })
        .optional(),
    })
    .default({}),
  /** How often it is appraised. */
  cycle: z.enum(periodKinds),
  components: z.array(component).min(1).max(30),
});

const points = z.array(z.strictObject({ score: z.number().min(0).max(1000), coefficient: z.number().min(0).max(100) }));

const written = z.strictObject({
  /** The first plan that is for somebody is theirs. */
  plans: z.array(plan).min(1).max(50),
  /** The coefficient of pay by score: that of the last point reached, or in a straight line between points. */
  bonus: z.strictObject({ shape: z.enum(['steps', 'linear']), points: points.min(1).max(50) }),
  grades: z
    .array(z.strictObject({ grade: words, from: z.number().min(0).max(1000) }))
    .min(1)
    .max(20),
  /** What is suggested of somebody of whose `score`, or scores by component, this is true. */
  suggestions: z
    .array(
      z.strictObject({
        kind: z.enum(['promotion', 'training']),
        suggest: words,
        when: z.string().trim().min(1).max(500),
      }),
    )
    .max(50)
    .default([]),
  /** Which days are worked; holidays count for nothing in what is due. */
  workdays: z
    .strictObject({
      days: z.array(z.int().min(1).max(7)).min(1).max(7),
      holidays: z.enum(['china', 'none']).default('china'),
    })
    .default({ days: [1, 2, 3, 4, 5], holidays: 'china' }),
  /** What colleagues are asked, by the role of whom they are asked about (`default` for all others), and how many it takes. */
  feedback: z
    .strictObject({
      questions: z
        .record(
          z.string(),
          z
            .array(z.strictObject({ id: name, text: words }))
            .min(1)
            .max(20),
        )
        .refine((questions) => questions.default !== undefined, { path: ['default'], message: 'is needed' }),
      atLeast: z.int().min(4).max(50).default(4),
    })
    .default({
      questions: {
        default: [
          { id: 'reliable', text: 'Keeps what was agreed with us' },
          { id: 'informs', text: 'Hands over what we need to know' },
          { id: 'helps', text: 'Helps when asked' },
        ],
      },
      atLeast: 4,
    }),
  /** So many days after a period is closed may its scores be appealed. */
  appealDays: z.int().min(1).max(365).default(10),
});

/** What the work of everybody is measured by. */
export type PerformanceRules = z.infer<typeof written>;
export type Plan = PerformanceRules['plans'][number];
export type Component = Plan['components'][number];

type Issue = (path: PropertyKey[], message: string) => void;

/** Says what is wrong with a formula, if anything. */
function checkFormula(text: string, known: ReadonlySet<string>, path: PropertyKey[], issue: Issue): void {
  try {
    formula(text, known);
  } catch (error) {
    if (!(error instanceof BadFormula)) throw error;
    issue(path, error.message);
  }
}

function checkPlan({ components }: Plan, path: PropertyKey[], issue: Issue): void {
  const sum = Math.round(components.reduce((all, { weight }) => all + weight, 0) * 1e6) / 1e6;
  if (sum !== 100) issue([...path, 'components'], `the weights sum to ${sum} %, not 100 %`);
  for (const [at, each] of components.entries()) {
    const here = [...path, 'components', at];
    checkFormula(each.formula, formulaNames, [...here, 'formula'], issue);
    if (each.needs !== undefined) checkFormula(each.needs, formulaNames, [...here, 'needs'], issue);
    if (each.floor === each.target) issue([...here, 'floor'], 'must differ from the target');
    if (components.findIndex(({ id }) => id === each.id) < at) issue([...here, 'id'], `there is another ${each.id}`);
  }
}

function checkCurve({ bonus, grades }: PerformanceRules, issue: Issue): void {
  for (const [at, point] of bonus.points.entries()) {
    const before = bonus.points[at - 1];
    if (at === 0 && point.score !== 0) issue(['bonus', 'points', 0, 'score'], 'the first point is that of no score: 0');
    if (before && point.score <= before.score)
      issue(['bonus', 'points', at, 'score'], 'must be more than the one before');
    if (before && point.coefficient < before.coefficient)
      issue(['bonus', 'points', at, 'coefficient'], 'must not be less than the one before');
  }
  for (const [at, { from }] of grades.entries()) {
    const above = grades[at - 1];
    if (above && from >= above.from) issue(['grades', at, 'from'], 'must be less than the one before');
  }
}

/** What work is measured by, as it may be published. */
export const performanceRules = written.superRefine((rules, context) => {
  const issue: Issue = (path, message) => context.addIssue({ code: 'custom', path, message });
  for (const [at, each] of rules.plans.entries()) {
    checkPlan(each, ['plans', at], issue);
    if (rules.plans.findIndex(({ planId }) => planId === each.planId) < at)
      issue(['plans', at, 'planId'], `there is another ${each.planId}`);
  }
  const last = rules.plans.at(-1);
  if (last && Object.keys(last.for).length > 0)
    issue(['plans', rules.plans.length - 1, 'for'], 'the last plan is for everybody else');
  checkCurve(rules, issue);
  const scores = new Set(['score', ...rules.plans.flatMap(({ components }) => components.map(({ id }) => id))]);
  for (const [at, { when }] of rules.suggestions.entries())
    checkFormula(when, scores, ['suggestions', at, 'when'], issue);
});

/** As an earlier version was kept: it was checked when it was published. */
export const keptPerformanceRules = written;
