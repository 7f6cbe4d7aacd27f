import * as z from 'zod';

/** The grades, the best first. */
export const grades = ['A', 'B', 'C'] as const;

const name = z.string().min(1).max(60);
const field = z
  .string()
  .regex(/^[a-zA-Z]+(\.[a-zA-Z]+)*$/, 'a dotted field of the posted lead, such as behavior.downloads');
const points = z.number().min(-100).max(100);

/** A rule that looks at how large a number is: the highest band reached gives its points. */
const bands = z.strictObject({
  rule: name,
  field,
  unit: z.string().max(40),
  bands: z.array(z.strictObject({ atLeast: z.number(), points })).min(1),
});

/** A rule that looks at which value a field has. */
const values = z.strictObject({ rule: name, field, values: z.record(z.string(), points) });

/** A rule that asks only whether a field was given. */
const present = z.strictObject({ rule: name, field, present: points });

/** The scoring table: rules whose points add up to 0–100, and the thresholds of the grades. */
export const scoringRules = z
  .strictObject({
    rules: z
      .array(z.union([bands, values, present]))
      .min(1)
      .max(200),
    grades: z.strictObject({ A: z.number().min(1).max(100), B: z.number().min(1).max(100) }),
    /** Which learned model scores instead: the one that proved best (auto, unless told), none, or a certain version. */
    model: z.union([z.enum(['auto', 'off']), z.int().min(1)]).optional(),
  })
  .refine(({ grades }) => grades.A > grades.B, { path: ['grades', 'A'], message: 'must be above B' })
  .refine(({ rules }) => new Set(rules.map(({ rule }) => rule)).size === rules.length, {
    path: ['rules'],
    message: 'rule names must differ',
  });

/** The scoring table. */
export type ScoringRules = z.infer<typeof scoringRules>;

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
