import * as z from 'zod';

/** Every place that leads come from, as it stands in `POST /leads/{source}`. */
export const sourceNames = [
  'web',
  'google-ads',
  'meta',
  'linkedin',
  'tiktok',
  'ocean-engine',
  'baidu',
  'tencent-ads',
  'hubspot',
  'standard',
  'import',
] as const;

/** A place that leads come from. */
export type SourceName = (typeof sourceNames)[number];

/** Fields of a lead that an answer can be mapped to. */
const targets = [
  'contact.name',
  'contact.firstName',
  'contact.lastName',
  'contact.phone',
  'contact.email',
  'contact.wechat',
  'company.name',
  'company.employees',
  'company.industry',
  /** Several may be mapped here: they follow each other as they came. */
  'location.address',
  'location.postcode',
  'productLine',
  'preferredRepId',
  'source.campaign',
  /** The address at which the visitor landed: campaign words and clicks are read off it. */
  'source.landingPage',
  'consent.marketing',
  /** The sender's own id of the lead: the same id is never taken in twice. */
  'source.externalId',
  /** Kept as an answer only. */
  'keep',
  /** Not kept. */
  'ignore',
] as const;

/** Where an answer goes: a field of a lead, `source.utm.…` or `source.clickIds.…`. */
export type Target = (typeof targets)[number] | `source.utm.${string}` | `source.clickIds.${string}`;

const isTarget = (text: string): text is Target =>
  (targets as readonly string[]).includes(text) || /^source\.(utm|clickIds)\.[a-z][\w-]{0,40}$/i.test(text);

const fieldName = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !(text in Object.prototype), 'not a name that can be taken');
const target = z.custom<Target>(
  (value) => typeof value === 'string' && isTarget(value),
  `one of ${targets.join(', ')}, source.utm.<name>, source.clickIds.<name>`,
);
const fields = z.record(fieldName, target);

/** How one source is read. */
const reading = {
  /** What the customer's own fields stand for, beside those that are known (`shared/intake/known-fields.ts`). */
  fields: fields.default({}),
  /** A lead is a test when one of these fields has one of these values. */
  tests: z.record(fieldName, z.array(z.string().max(200))).default({}),
};
const keyed = z.strictObject(reading);
/** A source whose signature is described somewhere, but not certain: the key will do unless the signature is required. */
const signed = (otherwise: 'required' | 'or-key') =>
  z.strictObject({ ...reading, signature: z.enum(['required', 'or-key']).default(otherwise) });

const page = z.url({ protocol: /^https?$/ });

/** A plain HTML form, by the id in its address (`?form=…`). */
const form = z.strictObject({
  fields: fields.default({}),
  /** Where the browser is sent after (303). Without it, it is shown the receipt. */
  thanksPage: page.optional(),
  /** Fields that no person sees: whoever fills one in is a robot. */
  honeypot: z.array(fieldName).default(['_gotcha', 'honeypot']),
  /** Whether a captcha's token must come with it (`captchaVerifyUrl` and `captchaSecret` in the secret). */
  captcha: z.boolean().default(false),
  productLine: z.string().max(64).optional(),
  campaign: z.string().max(200).optional(),
});

/** What 飞鱼 is told in its rules to expect for an answer. */
const reply = z.strictObject({
  codeKey: fieldName.default('code'),
  code: z.union([z.int(), z.string()]).default(200),
  messageKey: fieldName.default('message'),
  message: z.string().default('success'),
});

/** How each source is read: a customer's own fields, tests, forms. What is left out stays as it is by default. */
export const sourcesRules = z.strictObject({
  web: keyed.prefault({}),
  'google-ads': keyed.prefault({}),
  meta: keyed.prefault({}),
  linkedin: signed('required').prefault({}),
  tiktok: signed('or-key').prefault({}),
  'ocean-engine': signed('or-key')
    .extend({ answer: reply.prefault({}) })
    .prefault({}),
  baidu: keyed.prefault({}),
  'tencent-ads': keyed.prefault({}),
  hubspot: keyed.prefault({}),
  standard: keyed.prefault({}),
  import: keyed.prefault({}),
  forms: z.record(z.string().regex(/^[\w-]{1,64}$/, 'letters, digits, - and _'), form).default({}),
});

/** How each source is read. */
export type SourcesRules = z.infer<typeof sourcesRules>;

/** How a plain HTML form is read and answered. */
export type FormRules = z.infer<typeof form>;

/** Nothing of the customer's own yet. */
export const defaultSourcesRules: SourcesRules = sourcesRules.parse({});

/** A form of which nothing is configured. */
export const plainForm: FormRules = form.parse({});
