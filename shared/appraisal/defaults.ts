import { performanceRules } from './check.ts';
import type { PerformanceRules } from './model.ts';

const response = {
  id: 'response',
  name: 'Leads answered in time',
  kind: 'process',
  formula: 'answeredInTime / (answered + unanswered)',
  target: 0.95,
  floor: 0.5,
} as const;
const nextSteps = {
  id: 'nextSteps',
  name: 'Next steps kept',
  kind: 'process',
  formula: 'stepsKept / stepsDue',
  target: 0.9,
} as const;
/** What was claimed and proved false counts three times. */
const dataQuality = {
  id: 'dataQuality',
  name: 'Data quality',
  kind: 'process',
  formula: 'max(0, completeRecords - 3 * falseClaims) / records',
  target: 0.9,
} as const;
const visits = {
  id: 'effectiveVisits',
  name: 'Effective visits',
  kind: 'process',
  formula: 'effectiveVisits',
} as const;

/** Newcomers by what they do, each week, for three months; everybody else mostly by results, each quarter. */
export const defaultPerformanceRules: PerformanceRules = performanceRules.parse({
  plans: [
    {
      planId: 'newcomers',
      name: 'Newcomers',
      for: { tenureMonths: { until: 3 } },
      cycle: 'week',
      components: [
        { ...visits, target: 3, per: 'week', weight: 20 },
        { ...response, weight: 25 },
        { ...nextSteps, weight: 25 },
        {
          id: 'needsFound',
          name: 'Needs found',
          kind: 'process',
          formula: 'claims',
          target: 2,
          per: 'week',
          weight: 15,
        },
        { ...dataQuality, weight: 15 },
      ],
    },
    {
      planId: 'experienced',
      name: 'Experienced',
      cycle: 'quarter',
      components: [
        { id: 'paid', name: 'Payments', kind: 'result', formula: 'paid', target: 200_000, per: 'month', weight: 30 },
        {
          id: 'newCustomers',
          name: 'New customers',
          kind: 'result',
          formula: 'newCustomers',
          target: 4,
          per: 'month',
          weight: 20,
        },
        { id: 'winRate', name: 'Win rate', kind: 'result', formula: 'won / closed', target: 0.3, weight: 15 },
        { ...visits, target: 4, per: 'week', weight: 8 },
        { ...response, weight: 8 },
        { ...nextSteps, weight: 5 },
        {
          id: 'satisfaction',
          name: 'Customer satisfaction',
          kind: 'process',
          formula: 'npsSum / npsAnswers',
          target: 9,
          floor: 5,
          weight: 7,
        },
        {
          id: 'shared',
          name: 'Knowledge shared',
          kind: 'process',
          formula: 'shared',
          target: 1,
          per: 'month',
          weight: 2,
        },
        { ...dataQuality, weight: 5 },
      ],
    },
  ],
  bonus: {
    shape: 'linear',
    points: [
      { score: 0, coefficient: 0.5 },
      { score: 60, coefficient: 0.8 },
      { score: 100, coefficient: 1.2 },
      { score: 120, coefficient: 1.5 },
    ],
  },
  grades: [
    { grade: 'S', from: 110 },
    { grade: 'A', from: 95 },
    { grade: 'B', from: 80 },
    { grade: 'C', from: 60 },
    { grade: 'D', from: 0 },
  ],
  suggestions: [
    { kind: 'promotion', suggest: 'Put forward for the next grade', when: 'score >= 110' },
    { kind: 'training', suggest: 'Answering leads in time', when: 'response < 60' },
    { kind: 'training', suggest: 'Winning deals', when: 'winRate < 60' },
    { kind: 'training', suggest: 'Keeping records others can work with', when: 'dataQuality < 60' },
  ],
});
