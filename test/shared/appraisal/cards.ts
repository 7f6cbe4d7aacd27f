import { cardOf } from '../../../shared/appraisal/card.ts';
import { performanceRules } from '../../../shared/appraisal/check.ts';
import { defaultPerformanceRules } from '../../../shared/appraisal/defaults.ts';
import type { Facts } from '../../../shared/appraisal/facts.ts';
import { type By, groundOf } from '../../../shared/appraisal/ground.ts';
import type { PerformanceRules } from '../../../shared/appraisal/model.ts';
import { periodOf } from '../../../shared/appraisal/period.ts';
import type { Person } from '../../../shared/appraisal/standing.ts';
import { workdaysOf } from '../../../shared/appraisal/workdays.ts';

/** Cards of somebody in November 2026, by rules of a few measures. */

export const li: Person = { repId: 'rep-li', name: '李雷', status: 'active', teamId: 'east', hiredAt: '2021-05-10' };
export const component = (id: string, formula: string, weight: number, but: object = {}) => ({
  id,
  name: id,
  kind: 'result',
  formula,
  target: 10,
  weight,
  ...but,
});
export const rulesOf = (components: object[], but: object = {}): PerformanceRules =>
  performanceRules.parse({
    ...defaultPerformanceRules,
    suggestions: [],
    plans: [{ planId: 'all', name: 'All', cycle: 'month', components }],
    ...but,
  });
export const by = (rules: PerformanceRules, name = '2026-11'): By => {
  const period = periodOf(name);
  if (!period) throw new Error(name);
  return { period, rules, version: 2, workdays: workdaysOf(rules.workdays), dayOf: (time) => time.slice(0, 10) };
};
export const card = (
  rules: PerformanceRules,
  facts: Facts | { day: string; facts: Facts }[],
  who: Person = li,
  name = '2026-11',
) => cardOf(groundOf(who, Array.isArray(facts) ? facts : [{ day: '2026-11-12', facts }], by(rules, name)), rules, 2);
