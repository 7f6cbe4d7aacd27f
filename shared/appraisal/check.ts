import { formulaNames } from './facts.ts';
import { BadFormula, formula } from './formula.ts';
import { keptPerformanceRules, type PerformanceRules, type Plan } from './model.ts';

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
export const performanceRules = keptPerformanceRules.superRefine((rules, context) => {
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
