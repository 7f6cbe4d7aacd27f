/** What ad platforms are told of a lead, in the order in which it happens: reached, its need understood, won. */
export const conversionKinds = ['contacted', 'qualified', 'won'] as const;

/** What became of a click. */
export type ConversionKind = (typeof conversionKinds)[number];

/** A conversion as one platform is told of it. Times ISO 8601. */
export interface Conversion {
  leadId: string;
  kind: ConversionKind;
  at: string;
  /** What the platform calls it. */
  name: string;
  /** What it is worth, if the rules say so; in `currency` (ISO 4217). */
  value?: number | undefined;
  currency: string;
  /** The platform's own ids of the click, by their parameters' names; when the customer posted with them, and from which page. */
  clickIds: Readonly<Record<string, string>>;
  clickedAt: string;
  landingPage?: string | undefined;
  /** Only of who agreed to be approached. */
  email?: string | undefined;
  phone?: string | undefined;
}

/** An ad platform that takes conversions back. Each is one file of this shape. */
export interface Platform {
  readonly name: string;
  /** The parameters by which it passes on clicks, the one that counts most first. */
  readonly clickIds: readonly string[];
  /** What it calls conversions, unless the rules say otherwise; a platform with free names has none. */
  readonly names?: Readonly<Record<ConversionKind, string>>;
  /** The media type of the file. */
  readonly type: 'text/csv' | 'application/json';
  readonly write: (conversions: readonly Conversion[]) => string;
}

/** Seconds since 1970. */
export const seconds = (at: string): number => Math.floor(Date.parse(at) / 1000);

/** The amount under the platform's own names, if there is one. */
export const worth = ({ value, currency }: Conversion): { value?: number; currency?: string } =>
  value === undefined ? {} : { value, currency };
