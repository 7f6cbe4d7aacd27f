import * as z from 'zod';
import { attributed } from '../attribution/clicks.ts';
import { instant } from '../platform/instant.ts';
import { point } from '../territory/point.ts';
import { contactKeys } from './contact.ts';

const words = (longest: number) => z.string().trim().max(longest);
const optionalWords = (longest: number) =>
  words(longest)
    .transform((text) => text || undefined)
    .optional();

/** A phone number in E.164, or undefined when it can be none. */
export type NormalisePhone = (text: string) => string | undefined;

const phoneWith = (normalise: NormalisePhone) =>
  z
    .string()
    .trim()
    .max(40)
    .describe(
      'one number, of China where no country code says otherwise, with its extension if there is one: 0512-67891234-801',
    )
    .transform((text, context) => {
      if (text === '') return undefined;
      const normalised = normalise(text);
      if (normalised === undefined) context.addIssue({ code: 'custom', message: 'not a phone number' });
      return normalised;
    });

const email = z
  .string()
  .trim()
  .normalize('NFKC')
  .pipe(z.union([z.literal('').transform(() => undefined), z.email('not an e-mail address').max(320)]))
  .optional();

const contactWith = (normalise: NormalisePhone) =>
  z
    .object({ name: optionalWords(200), phone: phoneWith(normalise).optional(), email, wechat: optionalWords(64) })
    .refine((given) => contactKeys(given).length > 0, 'a phone, an e-mail or a WeChat id is needed');

/** A field's name that is chosen by whoever posts: never one that reaches into objects' prototypes. */
const name = z
  .string()
  .min(1)
  .max(60)
  .refine((text) => !(text in Object.prototype), 'not a name that can be taken');

const count = z.number().min(0).max(1e9);

/**
 * What a web form posts (CONTRACT "Leads"). Unknown fields are ignored. Who only describes the form passes no real
 * normalisation: it weighs more than all the rest.
 */
export const webFormWith = (normalise: NormalisePhone) =>
  z.object({
    contact: contactWith(normalise),
    company: z
      .object({ name: optionalWords(300), employees: z.int().min(0).max(1e8).optional(), industry: optionalWords(100) })
      .optional(),
    location: z
      .object({ address: optionalWords(500), postcode: optionalWords(20), point: point.optional() })
      .optional(),
    productLine: optionalWords(64),
    behavior: z.record(name, count).optional(),
    preferredRepId: optionalWords(64),
    message: optionalWords(5000),
    filled: z.object({ honeypot: optionalWords(500), seconds: z.number().min(0).max(1e7).optional() }).optional(),
    source: z
      .object({
        campaign: optionalWords(200),
        utm: z.record(name, words(300)).optional(),
        clickIds: z.record(name, words(1000)).optional(),
        landingPage: optionalWords(4000),
      })
      .transform(attributed)
      .optional(),
    consent: z
      .object({
        marketing: z.boolean().optional(),
        at: instant.optional(),
        text: optionalWords(5000),
        version: optionalWords(100),
        source: optionalWords(500),
      })
      .optional(),
  });
