import * as z from 'zod';
import type { ConversionKind } from './conversion.ts';
import { platforms } from './platforms/index.ts';

const names = [...platforms.keys()];
const wording = z.string().trim().min(1).max(100);

const told = z.strictObject({
  /** What a conversion of this kind is called, */
  name: wording,
  /** and where a platform has names of its own: by platform. */
  as: z
    .partialRecord(z.enum(names), wording)
    .refine((as) => as.baidu === undefined || /^\d{1,4}$/.test(as.baidu), 'Baidu’s types are numbers')
    .optional(),
  /** What each is worth. */
  value: z.number().min(0).max(1e9).optional(),
});

/** Of which conversions ad platforms are told, and as what. */
export const conversionRules = z.strictObject({
  /** ISO 4217 */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'three capital letters')
    .default('CNY'),
  contacted: told.optional(),
  qualified: told.optional(),
  won: told.optional(),
});

/** Of which conversions ad platforms are told, and as what. */
export type ConversionRules = z.infer<typeof conversionRules>;

/** Of won deals. */
export const defaultConversionRules: ConversionRules = conversionRules.parse({ won: { name: 'Lead won' } });

/** What a platform calls a conversion of this kind, and what it is worth; undefined when it is not told of. */
export function toldAs(
  { currency, ...kinds }: ConversionRules,
  platform: string,
  kind: ConversionKind,
): { name: string; value?: number | undefined; currency: string } | undefined {
  const rule = kinds[kind];
  if (!rule) return undefined;
  const name = rule.as?.[platform] ?? platforms.get(platform)?.names?.[kind] ?? rule.name;
  return { name, value: rule.value, currency };
}
