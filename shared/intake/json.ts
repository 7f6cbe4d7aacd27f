import { type Reviver, readJson } from '../platform/json.ts';

/** Numbers that JavaScript cannot hold stay text, digit for digit: platforms' ids have 64 bits. */
const exact: Reviver = (_key, value, { source }) =>
  typeof value === 'number' && source !== undefined && !isExact(value, source) ? source : value;

const isExact = (value: number, source: string): boolean =>
  Number.isSafeInteger(value) || (Number.isFinite(value) && /[.eE]/.test(source));

/** JSON without loss: integers beyond 2^53 as text. @throws SyntaxError, RangeError when it is nested too deep */
export const losslessJson = (text: string): unknown => readJson(text, exact);

/** Whether a value is an object with fields. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field of its own (never of its prototype) of a value that may be an object. */
export const field = (of: unknown, name: string): unknown =>
  isRecord(of) && Object.hasOwn(of, name) ? of[name] : undefined;

/** A field as text: a string or a number, trimmed; undefined when it is empty or something else. */
export function textField(of: unknown, name: string): string | undefined {
  const value = field(of, name);
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return String(value).trim() || undefined;
}
