import { STATUS_CODES } from 'node:http';
import type * as z from 'zod';

/** One wrong field: where (dotted path, '' for the whole body) and what is wrong with it. */
export interface FieldError {
  path: string;
  message: string;
}

/** An answer that refuses a call, as RFC 9457 problem+json. Thrown by handlers, rendered once in the platform. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly errors: FieldError[];
  readonly headers: Record<string, string>;
  constructor(status: number, detail: string, errors: FieldError[] = [], headers: Record<string, string> = {}) {
    super(detail);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }

  /** The body to send. */
  toJSON(): Record<string, unknown> {
    const title = STATUS_CODES[this.status] ?? 'Error';
    return { type: 'about:blank', title, status: this.status, detail: this.message, errors: this.errors };
  }
}

/** A 400 that names one field. */
export const invalid = (path: string, message: string): Problem => new Problem(400, message, [{ path, message }]);

/** A 404 for something named by `what`. */
export const notFound = (what: string): Problem => new Problem(404, `${what} does not exist`);

/** A 401 for a machine that shows no key, or a wrong one. */
export const wrongKey = (): Problem =>
  new Problem(401, 'wrong or missing key', [{ path: 'x-api-key', message: 'wrong or missing' }]);

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, name) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[name], value);

/**
 * What is wrong, said of the variant that was meant: where one of several shapes was wanted, that of which the fewest fields are
 * missing or strange. Where no one is the likeliest, only that none fits.
 */
function meant(issue: z.core.$ZodIssue, value: unknown): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const inner = at(value, issue.path);
  const strange = (each: z.core.$ZodIssue): number =>
    each.code === 'unrecognized_keys'
      ? each.keys.length
      : Number(at(inner, each.path) === undefined || each.path.length === 0);
  const variants = issue.errors
    .map((issues) => ({ issues, amiss: issues.reduce((sum, each) => sum + strange(each), 0) }))
    .sort((a, b) => a.amiss - b.amiss);
  const [likeliest, next] = variants;
  if (!likeliest || likeliest.amiss === next?.amiss) return [issue];
  return likeliest.issues.flatMap((each) =>
    meant(each, inner).map((found) => ({ ...found, path: [...issue.path, ...found.path] })),
  );
}

/**
 * JSON without the fields that hold null at these paths. Copied is only what lies on the way to them: the rest may be nested deeper
 * than a copy could follow.
 */
function without(value: unknown, paths: readonly (readonly PropertyKey[])[]): unknown {
  const copies = new Set<unknown>();
  const copied = (of: unknown): Record<PropertyKey, unknown> => {
    const copy = copies.has(of) ? of : Array.isArray(of) ? [...of] : { ...(of as object) };
    copies.add(copy);
    return copy as Record<PropertyKey, unknown>;
  };
  const copy = copied(value);
  for (const path of paths) {
    let holder = copy;
    for (const name of path.slice(0, -1)) {
      const inner = copied(holder[name]);
      holder[name] = inner;
      holder = inner;
    }
    Reflect.deleteProperty(holder, path.at(-1) ?? '');
  }
  return copy;
}

/**
 * Reads JSON by the schema. Many senders write null for what they do not have: a null that its field does not take says nothing,
 * as if the field had been left out.
 */
export function readBy<S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> {
  const read = schema.safeParse(value);
  if (read.success) return read;
  const nulls = read.error.issues
    .map(({ path }) => path)
    .filter((path) => typeof path.at(-1) === 'string' && at(value, path) === null);
  return nulls.length === 0 ? read : schema.safeParse(without(value, nulls));
}

/** Each wrong field of an issue: a strict object's unknown ones by their names. */
const fieldsOf = (issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string }[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is not known here' }))
    : [issue];

/** Parses `value` by the schema, or throws a 400 that names each wrong field under `prefix`. */
export function parseOrRefuse<S extends z.ZodType>(schema: S, value: unknown, prefix: string[] = []): z.infer<S> {
  const read = readBy(schema, value);
  if (read.success) return read.data;
  const found = read.error.issues.flatMap((issue) => meant(issue, value)).flatMap(fieldsOf);
  const errors = found.map(({ path, message }) => ({ path: [...prefix, ...path.map(String)].join('.'), message }));
  const named = [...new Set(errors.map(({ path }) => path || 'body'))].join(', ');
  throw new Problem(400, `not valid: ${named}`, errors);
}
