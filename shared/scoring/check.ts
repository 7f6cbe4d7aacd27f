import { type FieldType, fieldNamed, nearestField } from './fields.ts';
import { type Condition, comparisons, keptScoringRules, type Rule, type ScoringRules, type Test } from './rules.ts';

/** Something wrong with a table, and where. */
export interface RuleProblem {
  path: (string | number)[];
  message: string;
}

/** So many conditions a table may have: what a lead costs is bounded. */
const MOST_CONDITIONS = 2000;
/** What a group's limit takes away or adds stands under this name among the points. */
const LIMIT = 'limit:';

/** The points by which a group's limit changes the sum. */
export const limitName = (group: string): string => `${LIMIT}${group}`;

/** Which types each comparison can look at; undefined means any. */
function takes(is: Test['is']): readonly FieldType[] | undefined {
  switch (is) {
    case 'at-least':
    case 'at-most':
    case 'between':
      return ['number'];
    case 'containing':
    case 'matching':
      return ['text', 'list'];
    default:
      return undefined;
  }
}

/** How fields of a type can be compared. */
export const comparisonsOf = (type: FieldType): string[] =>
  comparisons.filter((is) => takes(is)?.includes(type) ?? true);

const jsonType = { text: 'string', list: 'string', number: 'number', boolean: 'boolean' } as const;

function unknown(field: string, path: RuleProblem['path']): RuleProblem {
  const near = nearestField(field);
  const hint = near === undefined ? 'GET /config/scoring/fields lists what there is' : `did you mean ${near}?`;
  return { path, message: `unknown field ${field}: ${hint}` };
}

function testProblems(test: Test, path: RuleProblem['path']): RuleProblem[] {
  const known = fieldNamed(test.field);
  if (!known) return [unknown(test.field, [...path, 'field'])];
  const { type } = known;
  const wanted = takes(test.is);
  if (wanted && !wanted.includes(type)) {
    return [
      { path: [...path, 'is'], message: `${test.is} needs ${wanted.join(' or ')}, and ${test.field} is ${type}` },
    ];
  }
  if (test.is === 'between' && test.from > test.to)
    return [{ path: [...path, 'to'], message: 'must not be below from' }];
  const message = `${test.field} is ${type}: this never holds`;
  if ((test.is === 'equal' || test.is === 'not-equal') && typeof test.value !== jsonType[type]) {
    return [{ path: [...path, 'value'], message }];
  }
  if (test.is !== 'one-of' && test.is !== 'none-of') return [];
  return test.values.flatMap((value, at) =>
    typeof value === jsonType[type] ? [] : [{ path: [...path, 'values', at], message }],
  );
}

const conditionProblems = (condition: Condition, path: RuleProblem['path']): RuleProblem[] =>
  'of' in condition
    ? condition.of.flatMap((each, at) => conditionProblems(each, [...path, 'of', at]))
    : testProblems(condition, path);

function ruleProblems(rule: Rule, path: RuleProblem['path']): RuleProblem[] {
  if ('when' in rule) return conditionProblems(rule.when, [...path, 'when']);
  const known = fieldNamed(rule.field);
  if (!known) return [unknown(rule.field, [...path, 'field'])];
  if ('bands' in rule && known.type !== 'number') {
    return [{ path: [...path, 'field'], message: `bands need a number, and ${rule.field} is ${known.type}` }];
  }
  return [];
}

const count = (condition: Condition): number =>
  'of' in condition ? condition.of.reduce((sum, each) => sum + count(each), 0) : 1;

/** What is wrong with a table beyond its shape: fields that there are not, comparisons that never hold, groups without limits. */
function problemsOf({ rules, groups = {} }: ScoringRules): RuleProblem[] {
  const conditions = rules.reduce((sum, rule) => sum + ('when' in rule ? count(rule.when) : 1), 0);
  const tooMany =
    conditions > MOST_CONDITIONS
      ? [{ path: ['rules'], message: `${conditions} conditions, at most ${MOST_CONDITIONS}` }]
      : [];
  const wrong = rules.flatMap((rule, at) => {
    const path = ['rules', at];
    const found = ruleProblems(rule, path);
    if (rule.rule.startsWith(LIMIT))
      found.push({ path: [...path, 'rule'], message: `${LIMIT} begins the names of limits` });
    if (rule.group !== undefined && !Object.hasOwn(groups, rule.group)) {
      found.push({ path: [...path, 'group'], message: `groups has no limits for ${rule.group}` });
    }
    return found;
  });
  return [...tooMany, ...wrong];
}

/** The scoring table: rules whose points add up to 0–100, within the limits of their groups, and the thresholds of the grades. */
export const scoringRules = keptScoringRules.superRefine((table, context) => {
  for (const { path, message } of problemsOf(table)) context.addIssue({ code: 'custom', path, message });
});
