/** A local runtime may install its own clock here (milliseconds since 1970), so that time can be advanced. */
const hook = Symbol.for('leadkeeper.clock');

/** The time now. The only place from which the product reads it. */
export function now(): Date {
  const read = (globalThis as { [hook]?: () => number })[hook];
  return new Date(read ? read() : Date.now());
}

/** ISO 8601 in UTC with milliseconds: the only form in which times are stored and sent. */
export const iso = (at: Date): string => at.toISOString();

/** The moment `ms` milliseconds after `at`. */
export const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

/** Seconds since 1970, as DynamoDB's time to live wants it, `ms` milliseconds after `at`. */
export const expiry = (at: Date, ms: number): number => Math.ceil((at.getTime() + ms) / 1000);

/** The end of something that ends when somebody says so. */
export const WHENEVER = '9999-12-31T23:59:59.999Z';
