import type * as z from 'zod';
import { performanceRules } from '../appraisal/check.ts';
import { defaultPerformanceRules } from '../appraisal/defaults.ts';
import { keptPerformanceRules } from '../appraisal/model.ts';
import { defaultSurveyRules, surveyRules } from '../appraisal/surveys/rules.ts';
import { conversionRules, defaultConversionRules } from '../attribution/rules.ts';
import { defaultDuplicateRules, duplicateRules, keptDuplicateRules } from '../duplicates/rules.ts';
import { defaultSourcesRules, sourcesRules } from '../intake/sources.ts';
import { journeyRules, keptJourneyRules } from '../journey/rules.ts';
import { defaultJourneyRules } from '../journey/standard.ts';
import { defaultNoticeRules, noticeRules } from '../notice/rules.ts';
import { defaultHrRules, hrRules, keptHrRules } from '../org/guard.ts';
import { defaultRoutingRules, keptRoutingRules, routingRules } from '../routing/rules.ts';
import { defaultRubbishRules, rubbishRules } from '../rubbish/rules.ts';
import { scoringRules } from '../scoring/check.ts';
import { defaultScoringRules, keptScoringRules } from '../scoring/rules.ts';
import { defaultSlaRules, keptSlaRules, slaRules } from '../sla/rules.ts';
import { defaultUnderstandingRules, understandingRules } from '../understanding/rules.ts';

/**
 * One document of rules that admins change without a deploy: its schema, what holds until somebody changes it (version 1), and
 * what a kept version must be, where less than for a new one: earlier versions stay as they were.
 */
interface Configuration<S extends z.ZodType> {
  readonly schema: S;
  readonly defaults: z.infer<S>;
  readonly kept: z.ZodType<z.infer<S>>;
}

const configuration = <S extends z.ZodType>(
  schema: S,
  defaults: z.infer<S>,
  kept: z.ZodType<z.infer<S>> = schema as z.ZodType<z.infer<S>>,
): Configuration<S> => ({ schema, defaults, kept });

/** Every document of rules, by name. */
export const configurations = {
  scoring: configuration(scoringRules, defaultScoringRules, keptScoringRules),
  routing: configuration(routingRules, defaultRoutingRules, keptRoutingRules),
  sla: configuration(slaRules, defaultSlaRules, keptSlaRules),
  hr: configuration(hrRules, defaultHrRules, keptHrRules),
  conversions: configuration(conversionRules, defaultConversionRules),
  duplicates: configuration(duplicateRules, defaultDuplicateRules, keptDuplicateRules),
  notices: configuration(noticeRules, defaultNoticeRules),
  sources: configuration(sourcesRules, defaultSourcesRules),
  rubbish: configuration(rubbishRules, defaultRubbishRules),
  journey: configuration(journeyRules, defaultJourneyRules, keptJourneyRules),
  performance: configuration(performanceRules, defaultPerformanceRules, keptPerformanceRules),
  surveys: configuration(surveyRules, defaultSurveyRules),
  understanding: configuration(understandingRules, defaultUnderstandingRules),
};

/** The name of a document of rules. */
export type ConfigurationName = keyof typeof configurations;

/** The document of that name. */
export type DocumentOf<N extends ConfigurationName> = (typeof configurations)[N]['defaults'];
