import * as z from 'zod';
import { defaultRates, rates } from '../rates/rules.ts';
import { keptDuration, lasting } from '../sla/duration.ts';
import { type SignName, signNames } from './sign.ts';

const points = z.int().min(0).max(1000);
const pointsOfSigns = z.strictObject(
  Object.fromEntries(signNames.map((sign) => [sign, points.optional()])) as Record<
    SignName,
    z.ZodOptional<typeof points>
  >,
);
const distinct = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;
const words = z.array(z.string().trim().toLowerCase().min(2).max(60)).max(1000).refine(distinct, 'each word once');
const domains = z
  .array(
    z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/, 'a domain, such as example.com'),
  )
  .max(1000)
  .refine(distinct, 'each domain once');
const lists = z.strictObject({ words: words.default([]), domains: domains.default([]) });

/** What makes a lead rubbish: points for each sign against it, and from how many it is looked at by people, or rejected. */
export const rubbishRules = z
  .strictObject({
    /** From so many points a lead is rejected … */
    rejectAt: points.min(1),
    /** … and from so many it is held until somebody has looked at it. */
    reviewAt: points.min(1),
    /** Points of each sign; of one that is not named, none. */
    points: pointsOfSigns,
    /** Words in the name, company or message, and domains of e-mail addresses, that speak against a lead. */
    blocked: lists.default({ words: [], domains: [] }),
    /** Whoever writes from such a domain, or names such a word, is never rubbish. */
    allowed: lists.default({ words: [], domains: [] }),
    /** A text is repeated when so many others posted it within this time of its first. */
    repeats: z
      .strictObject({
        others: z.int().min(1).max(40),
        within: keptDuration
          .refine((text) => lasting(text) <= 30 * 24 * 3600 * 1000, 'at most 30 days')
          .meta({
            example: 'PT24H',
            description: 'ISO 8601: weeks, days, hours, minutes and seconds, at most 30 days',
          }),
      })
      .default({ others: 3, within: 'PT24H' }),
    /** A form that was sent in fewer seconds was not filled in by people. */
    fastestSeconds: z.number().min(0).max(60).default(2),
    rates: rates.default(defaultRates),
  })
  .refine(({ reviewAt, rejectAt }) => reviewAt <= rejectAt, {
    path: ['reviewAt'],
    message: 'must not be above rejectAt',
  });

/** What makes a lead rubbish. */
export type RubbishRules = z.infer<typeof rubbishRules>;

/**
 * One certain sign rejects, a strong one is looked at by people, so are two that are less strong; what merely looks odd (a number that
 * counts up, a name like Test) adds a little, and all of it together never holds a lead, nor does it beside one that is less strong.
 */
export const defaultRubbishRules: RubbishRules = rubbishRules.parse({
  rejectAt: 100,
  reviewAt: 60,
  points: {
    honeypot: 100,
    'blocked-word': 100,
    'blocked-domain': 100,
    'disposable-mail': 60,
    'impossible-phone': 60,
    'link-in-name': 60,
    'repeated-message': 40,
    'random-name': 40,
    'too-fast': 40,
    'markup-in-name': 40,
    'random-company': 30,
    'made-up-phone': 5,
    'placeholder-name': 5,
    'repeated-name': 5,
  },
});
