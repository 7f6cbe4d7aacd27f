/** What `JSON.parse` calls for each value, with the text of a number as it stood. */
export type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;

/** Half of a character (a surrogate, escaped), which may stand alone. */
const HALF = /\\u[dD][89a-fA-F]/;

/**
 * JSON from outside. Half characters, which neither the table nor a queue takes, become U+FFFD in texts and names.
 * @throws SyntaxError, RangeError when it is nested too deep
 */
export function readJson(text: string, reviver?: Reviver): unknown {
  const value = (JSON.parse as (text: string, reviver?: Reviver) => unknown)(text, reviver);
  return HALF.test(text) || !text.isWellFormed() ? whole(value) : value;
}

function whole(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(whole);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toWellFormed(), whole(inner)]));
}
