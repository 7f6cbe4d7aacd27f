import * as z from 'zod';
import { refusePattern } from './pattern.ts';

/** The grades, the best first. */
export const grades = ['A', 'B', 'C'] as const;

const name = z.string().min(1).max(60);
const field = z
  .string()
  .max(120)
  .regex(/^[a-zA-Z]+(\.[^.\p{Cc}]+)*$/u, 'a dotted field of the lead, such as behavior.downloads');
const points = z.number().min(-100).max(100);

/** What any rule may say beside. */
const common = {
  rule: name,
  /** Rules of one group together count within its limits (`groups`). */
  group: name.optional(),
  /** After so many days half of the points is left, counted from the newest of the behaviour that the rule looks at, else from when the lead came in. */
  halfLifeDays: z.number().min(0.1).max(3650).optional(),
};

/** A rule that looks at how large a number is: the highest band reached gives its points. */
const bands = z.strictObject({
  ...common,
  field,
  unit: z.string().max(40),
  bands: z
    .array(z.strictObject({ atLeast: z.number(), points }))
    .min(1)
    .max(50),
});

/** A rule that looks at which value a field has. */
const values = z.strictObject({ ...common, field, values: z.record(z.string(), points) });

/** A rule that asks only whether a field was given. */
const present = z.strictObject({ ...common, field, present: points });

const said = z.union([z.string().max(200), z.number(), z.boolean()]);
const pattern = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    const refused = refusePattern(text);
    if (refused) context.addIssue({ code: 'custom', message: refused });
  });

/** Conditions on one field. Of a field that was not given only `missing` holds. */
const conditions = [
  z.strictObject({ field, is: z.enum(['equal', 'not-equal']), value: said }),
  z.strictObject({ field, is: z.enum(['one-of', 'none-of']), values: z.array(said).min(1).max(200) }),
  z.strictObject({ field, is: z.enum(['at-least', 'at-most']), value: z.number() }),
  z.strictObject({ field, is: z.literal('between'), from: z.number(), to: z.number() }),
  z.strictObject({ field, is: z.literal('containing'), value: z.string().min(1).max(200) }),
  z.strictObject({ field, is: z.literal('matching'), value: pattern }),
  z.strictObject({ field, is: z.enum(['given', 'missing']) }),
] as const;

/** Every way to compare a field. */
export const comparisons = conditions.flatMap(({ shape: { is } }): Test['is'][] =>
  is instanceof z.ZodEnum ? is.options : [is.value],
);

/** A condition on one field of a lead. */
export type Test = z.infer<(typeof conditions)[number]>;

/** Conditions of which all, any or none must hold. */
export interface Group {
  is: 'all' | 'any' | 'none';
  of: Condition[];
}

/** What must be true of a lead for a rule to fire. */
export type Condition = Test | Group;

/** Groups may lie in groups so deep. */
const DEEPEST = 4;

/** Conditions with groups in groups, so deep: written out, so that a form can be made of the schema. */
function conditionsTo(depth: number): z.ZodType<Condition> {
  if (depth === 0) return z.discriminatedUnion('is', conditions);
  const group = z.strictObject({
    is: z.enum(['all', 'any', 'none']),
    of: z
      .array(conditionsTo(depth - 1))
      .min(1)
      .max(20),
  });
  return z.discriminatedUnion('is', [...conditions, group]);
}

/** A rule that fires when its condition holds. */
const when = z.strictObject({ ...common, when: conditionsTo(DEEPEST), points });

/** How much the rules of a group count together: at most, and at least. */
const limits = z
  .strictObject({ atMost: points.optional(), atLeast: points.optional() })
  .refine(({ atMost = 100, atLeast = -100 }) => atMost >= atLeast, {
    path: ['atMost'],
    message: 'must not be below atLeast',
  });

const thresholds = z
  .strictObject({ A: z.number().min(1).max(100), B: z.number().min(1).max(100) })
  .refine(({ A, B }) => A > B, { path: ['A'], message: 'must be above B' });

/** A scoring table as it was kept: fields of earlier versions need not be known any more. */
export const keptScoringRules = z
  .strictObject({
    rules: z
      .array(
        z.union(
          [bands, values, present, when],
          'a rule has a field with bands, values or present; or when, with points',
        ),
      )
      .min(1)
      .max(200),
    groups: z.record(name, limits).optional(),
    grades: thresholds,
    /** Which learned model scores instead: the one that proved best (auto, unless told), none, or a certain version. */
    model: z.union([z.enum(['auto', 'off']), z.int().min(1)]).optional(),
  })
  .superRefine(({ rules }, context) => {
    for (const [at, { rule }] of rules.entries()) {
      if (rules.findIndex((each) => each.rule === rule) === at) continue;
      context.addIssue({ code: 'custom', path: ['rules', at, 'rule'], message: `another rule is called ${rule}` });
    }
  });

/** The scoring table. */
export type ScoringRules = z.infer<typeof keptScoringRules>;

/** One of its rules. */
export type Rule = ScoringRules['rules'][number];

/** Source, behaviour and company size, as the field grades leads: A from 70, B from 40. */
export const defaultScoringRules: ScoringRules = {
  rules: [
    {
      rule: 'source',
      field: 'source.channel',
      values: {
        web: 10,
        'google-ads': 10,
        linkedin: 12,
        baidu: 8,
        meta: 6,
        'tencent-ads': 6,
        'ocean-engine': 5,
        tiktok: 4,
        import: 0,
      },
    },
    {
      rule: 'site-time',
      field: 'behavior.siteSeconds',
      unit: 's on site',
      bands: [
        { atLeast: 60, points: 6 },
        { atLeast: 180, points: 13 },
        { atLeast: 300, points: 20 },
      ],
    },
    {
      rule: 'page-views',
      field: 'behavior.pageViews',
      unit: 'pages viewed',
      bands: [
        { atLeast: 3, points: 4 },
        { atLeast: 6, points: 10 },
      ],
    },
    {
      rule: 'downloads',
      field: 'behavior.downloads',
      unit: 'downloads',
      bands: [
        { atLeast: 1, points: 12 },
        { atLeast: 2, points: 20 },
      ],
    },
    {
      rule: 'company-size',
      field: 'company.employees',
      unit: 'employees',
      bands: [
        { atLeast: 20, points: 8 },
        { atLeast: 100, points: 15 },
        { atLeast: 300, points: 20 },
        { atLeast: 1000, points: 25 },
      ],
    },
    { rule: 'product-named', field: 'productLine', present: 5 },
    { rule: 'wants-a-certain-rep', field: 'preferredRepId', present: 10 },
  ],
  grades: { A: 70, B: 40 },
};
