import * as z from 'zod';
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

/** As an earlier version was kept: it was checked when it was published. */
export const keptPerformanceRules = written;
