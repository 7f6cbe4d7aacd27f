import * as z from 'zod';
import { quietHours } from '../../notice/quiet.ts';
import { customerChannels } from '../../notice/rules.ts';

/** What a deal must be past for its customer to be asked: a stage that it moved on from, or all of them. */
export const surveyMoments = ['solution-demo', 'won'] as const;
export type SurveyMoment = (typeof surveyMoments)[number];

/** The name of a set point, as it stands in links and answers. */
export const surveyPoint = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'a letter, then letters, digits and -, at most 40');

const once = (names: readonly string[]): boolean => new Set(names).size === names.length;

/** When a deal's customer is asked how likely they are to recommend, and how. */
export const surveyRules = z.strictObject({
  /** Set points: each is asked once of a deal, so many days after it was past what is named. */
  points: z
    .array(z.strictObject({ point: surveyPoint, after: z.enum(surveyMoments), days: z.int().min(0).max(365) }))
    .max(10)
    .refine((points) => once(points.map(({ point }) => point)), 'each point once'),
  /** Who has not answered is reminded so many days after being asked, once; left out, never. */
  remindAfterDays: z.int().min(1).max(30).optional(),
  /** The first by which the customer can be reached; the next instead of one that fails for good. */
  channels: z.array(z.enum(customerChannels)).min(1).max(3).refine(once, 'each channel once').default(['email', 'sms']),
  /** `given`: only who agreed to be approached is asked. Who refused is never asked. */
  consent: z.enum(['given', 'not-refused']).default('not-refused'),
  /** By the company's clock. */
  quietHours: quietHours.default({ from: '21:00', to: '09:00' }),
});

/** When a deal's customer is asked how likely they are to recommend, and how. */
export type SurveyRules = z.infer<typeof surveyRules>;
export type SetPoint = SurveyRules['points'][number];

/** A day after the demo is done with, three days after the deal is won; reminded after five. */
export const defaultSurveyRules: SurveyRules = surveyRules.parse({
  points: [
    { point: 'demo', after: 'solution-demo', days: 1 },
    { point: 'won', after: 'won', days: 3 },
  ],
  remindAfterDays: 5,
});
