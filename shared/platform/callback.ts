import { XMLParser } from 'fast-xml-parser';
import type * as z from 'zod';
import { WHENEVER } from './clock.ts';
import { NotGenuine } from './envelope.ts';
import { readJson as parsed } from './json.ts';
import { Problem } from './problem.ts';
import type { Secret } from './secrets.ts';

/** What every vendor's callback needs: to be read, and to be refused by the name of the part at fault. */

/** The secret lacks what a vendor's callbacks need. */
export class NotConfigured extends Error {
  override readonly name = 'NotConfigured';
  readonly missing: string[];
  constructor(missing: string[]) {
    super(`not configured: ${missing.join(', ')}`);
    this.missing = missing;
  }
}

/** Values of the secret by these names. @throws NotConfigured naming those that are not there */
export function needed<N extends string>(secret: Secret, ...names: N[]): Record<N, string> {
  const missing = names.filter((name) => !secret[name]);
  if (missing.length > 0) throw new NotConfigured(missing);
  return Object.fromEntries(names.map((name) => [name, secret[name]])) as Record<N, string>;
}

/** Values stay text: ids may begin with zeros. No entities: there is no need for them, and much harm in them. */
const xml = new XMLParser({ parseTagValue: false, processEntities: false, ignoreAttributes: true });

function checked<S extends z.ZodType>(said: unknown, schema: S): z.infer<S> {
  const parsed = schema.safeParse(said);
  if (!parsed.success)
    throw new NotGenuine(parsed.error.issues[0]?.path.join('.') ?? 'body', 'is missing or not valid');
  return parsed.data;
}

/** What a callback in XML says. @throws NotGenuine naming the element that is missing or wrong */
export function readXml<S extends z.ZodType>(text: string, schema: S): z.infer<S> {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new NotGenuine('body', 'declares a document type');
  let said: unknown;
  try {
    said = xml.parse(text, true);
  } catch {
    throw new NotGenuine('body', 'is not XML');
  }
  return checked(said, schema);
}

/** What a callback in JSON says. @throws NotGenuine naming the field that is missing or wrong */
export function readJson<S extends z.ZodType>(text: string, schema: S): z.infer<S> {
  let said: unknown;
  try {
    said = parsed(text);
  } catch {
    throw new NotGenuine('body', 'is not JSON');
  }
  return checked(said, schema);
}

/** Times are stored with four digits of a year. */
const END_OF_TIME = Date.parse(WHENEVER);

/** The moment that a vendor names, in milliseconds since 1970. @throws NotGenuine naming the field when it is none that can be stored */
export function momentOf(field: string, ms: number): Date {
  if (!(ms > 0 && ms <= END_OF_TIME)) throw new NotGenuine(field, 'is no time');
  return new Date(ms);
}

/** What is not genuine is refused by the name of the part at fault. */
export function refusedCallback(error: unknown): unknown {
  if (error instanceof NotConfigured) return new Problem(404, error.message);
  if (!(error instanceof NotGenuine)) return error;
  const status = error.path === 'signature' || error.path === 'timestamp' ? 401 : 400;
  return new Problem(status, `${error.path} ${error.message}`, [{ path: error.path, message: error.message }]);
}
