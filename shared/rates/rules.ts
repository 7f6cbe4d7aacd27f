import * as z from 'zod';

const perMinute = z.int().min(1).max(10_000_000).nullable();
const limits = z.strictObject({
  /** Of every source that is not named; null: as many as come. */
  otherwise: perMinute,
  /** By the source's name. */
  sources: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'a source, such as web or google-ads'), perMinute),
});

/** How many posts are taken in a minute; what is more is answered 429, and not stored. */
export const rates = z.strictObject({
  /** Of one source, that is by one key. */
  perSource: limits,
  /** From one address, of visitors' own browsers. Servers and ad platforms send many people's leads from one. */
  perAddress: limits,
});

/** How many posts are taken in a minute. */
export type Rates = z.infer<typeof rates>;

/** Room for bursts of 10,000 a minute of one source, and for an office behind one address. */
export const defaultRates: Rates = {
  perSource: { otherwise: 60_000, sources: {} },
  perAddress: { otherwise: null, sources: { web: 300 } },
};

/** What a source may send in a minute by these limits, or null. */
export const limitOf = ({ otherwise, sources }: Rates['perSource'], source: string): number | null =>
  (Object.hasOwn(sources, source) ? sources[source] : undefined) === undefined ? otherwise : (sources[source] ?? null);
