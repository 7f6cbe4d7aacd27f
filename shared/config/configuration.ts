import type * as z from 'zod';
import { conversionRules, defaultConversionRules } from '../attribution/rules.ts';
import { defaultDuplicateRules, duplicateRules } from '../duplicates/rules.ts';
import { defaultSourcesRules, sourcesRules } from '../intake/sources.ts';
import { defaultNoticeRules, noticeRules } from '../notice/rules.ts';
import { defaultHrRules, hrRules } from '../org/guard.ts';
import { defaultRoutingRules, routingRules } from '../routing/rules.ts';
import { defaultScoringRules, scoringRules } from '../scoring/rules.ts';
import { defaultSlaRules, slaRules } from '../sla/rules.ts';

/** One document of rules that admins change without a deploy: its schema, and what holds until somebody changes it (version 1). */
interface Configuration<S extends z.ZodType> {
  readonly schema: S;
  readonly defaults: z.infer<S>;
}

const configuration = <S extends z.ZodType>(schema: S, defaults: z.infer<S>): Configuration<S> => ({
  schema,
  defaults,
});

/** Every document of rules, by name. */
export const configurations = {
  scoring: configuration(scoringRules, defaultScoringRules),
  routing: configuration(routingRules, defaultRoutingRules),
  sla: configuration(slaRules, defaultSlaRules),
  hr: configuration(hrRules, defaultHrRules),
  conversions: configuration(conversionRules, defaultConversionRules),
  duplicates: configuration(duplicateRules, defaultDuplicateRules),
  notices: configuration(noticeRules, defaultNoticeRules),
  sources: configuration(sourcesRules, defaultSourcesRules),
};

/** The name of a document of rules. */
export type ConfigurationName = keyof typeof configurations;

/** The document of that name. */
export type DocumentOf<N extends ConfigurationName> = (typeof configurations)[N]['defaults'];
