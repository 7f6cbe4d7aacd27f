import { bad } from './failure.ts';
import { type Attribute, byName, CORE, ENTERPRISE, isExtension, type Place, placeOf } from './schema.ts';

/** A user's attributes on their way through a request. */
export type Draft = Record<string, unknown>;

/** Whether it is an object, not a list. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is never stored, and passed over wherever it is sent along: passwords (Okta), and what is the server's to say. */
const passedOver = new Set(['schemas', 'id', 'meta', 'groups', 'password']);
/** Whether an attribute is passed over. */
export const isPassedOver = ({ attribute }: Place): boolean => passedOver.has(attribute.name);

/**
 * A value as the schema wants it: `"False"` as false (Entra), a manager as a bare string or in a list of one (Entra), names in
 * their own case; null and what is empty is nothing (RFC 7643, 2.5). What is wrong stays, for the schema to name.
 */
export function tidy(attribute: Attribute, value: unknown): unknown {
  if (value === null) return undefined;
  const complex = attribute.type === 'complex';
  if (attribute.config.multiValued) {
    if (!Array.isArray(value)) return value;
    const kept = value.map((each) => one(attribute, each)).filter((each) => each !== undefined);
    return kept.length > 0 ? kept : undefined;
  }
  return one(attribute, complex && Array.isArray(value) && value.length === 1 ? value[0] : value);
}

function one(attribute: Attribute, value: unknown): unknown {
  if (value === null) return undefined;
  if (attribute.type === 'boolean' && typeof value === 'string') {
    const said = value.toLowerCase();
    return said === 'true' || (said === 'false' ? false : value);
  }
  if (attribute.type !== 'complex') return value;
  const subs = byName(attribute.subAttributes ?? []);
  if (typeof value === 'string' && !attribute.config.multiValued && subs.has('value')) {
    return value === '' ? undefined : { value };
  }
  if (!isObject(value)) return value;
  const kept = Object.entries(value).flatMap(([name, each]): [string, unknown][] => {
    const sub = subs.get(name.toLowerCase());
    const tidied = sub && tidy(sub, each);
    return sub && tidied !== undefined ? [[sub.name, tidied]] : [];
  });
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** What stands at a place, its part apart. */
export const readAt = (user: Draft, { extension, attribute }: Place): unknown =>
  (extension ? (user[ENTERPRISE] as Draft | undefined) : user)?.[attribute.name];

/** The user with something else at a place (undefined: nothing), its part apart. */
export function writeAt(user: Draft, { extension, attribute }: Place, value: unknown): Draft {
  const { [attribute.name]: _, ...others } = ((extension ? user[ENTERPRISE] : user) ?? {}) as Draft;
  const written = value === undefined ? others : { ...others, [attribute.name]: value };
  if (!extension) return written;
  const { [ENTERPRISE]: __, ...rest } = user;
  return Object.keys(written).length > 0 ? { ...rest, [ENTERPRISE]: written } : rest;
}

/** A resource's schemas must name the user's, if it names any. */
function checkSchemas(schemas: unknown): void {
  if (schemas === undefined) return;
  const names = Array.isArray(schemas) ? schemas.map(String) : [];
  if (names.some((name) => name.toLowerCase() === CORE.toLowerCase())) return;
  throw bad('invalidSyntax', `Attribute 'schemas' must contain ${CORE}`);
}

/**
 * The attributes of a posted user. Those that no schema knows are left out. Nothing of the request reaches scimmy under a name
 * of the sender's choice: it follows names such as `urn:…:User:__proto__.x` up to Object's prototype.
 */
export function draftOf(body: unknown): Draft {
  if (!isObject(body)) throw bad('invalidSyntax', 'the body must be a user: a JSON object');
  checkSchemas(body.schemas);
  return Object.entries(body).reduce(noted, {});
}

function noted(draft: Draft, [name, value]: [string, unknown]): Draft {
  if (isExtension(name)) {
    if (value === null) return draft;
    if (!isObject(value)) throw bad('invalidValue', `Attribute '${ENTERPRISE}' must be an object`);
    return Object.entries(value).reduce((into, [each, of]) => noted(into, [`${ENTERPRISE}:${each}`, of]), draft);
  }
  const place = placeOf(name);
  if (!place || place.sub || isPassedOver(place)) return draft;
  return writeAt(draft, place, tidy(place.attribute, value));
}
