import type { Attributes } from '../../shared/scim/store.ts';

/** What Entra and Okta send that the standard does not know, put as the standard would. */

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Entra without its flag says `"False"`. */
function flag(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const said = value.toLowerCase();
  return said === 'true' ? true : said === 'false' ? false : value;
}

/** A manager may be said as a bare id. Nobody at all is said as nothing, or an empty id. */
const manager = (value: unknown): unknown => {
  const id = isObject(value) ? value.value : value;
  if (id === '' || id === null) return undefined;
  return typeof value === 'string' ? { value } : value;
};

const attribute = (path: string): string => (path.split(':').at(-1) ?? path).toLowerCase();

/** One attribute's value, by its name or path. */
function tameValue(path: string, value: unknown): unknown {
  const name = attribute(path);
  if (name === 'active') return flag(value);
  if (name === 'primary' || name.endsWith('.primary')) return flag(value);
  if (name === 'manager') return manager(value);
  return value;
}

/** A resource, or the value of an operation without a path. */
export function tame(said: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(said).flatMap(([name, value]) => {
      if (name === ENTERPRISE && isObject(value)) return [[name, tame(value)]];
      const tamed = tameValue(name, value);
      return tamed === undefined ? [] : [[name, tamed]];
    }),
  );
}

const ELEMENT = /^(\w+)\[(\w+) eq "([^"]*)"\]\.(\w+)$/i;

/** An operation of a PATCH, as those that come to the same by the standard. */
export function tameOperation(said: unknown, attributes: Attributes): unknown[] {
  if (!isObject(said)) return [said];
  const { op, path, value } = said;
  if (typeof path !== 'string') return [isObject(value) ? { ...said, value: tame(value) } : said];
  const setting = typeof op === 'string' && /^(add|replace)$/i.test(op);
  if (!setting) return [said];
  const [, list, by, of, field] = ELEMENT.exec(path) ?? [];
  if (list !== undefined && by !== undefined && field !== undefined) {
    // Both vendors set a part of an element that is not there yet: it is made.
    const elements = Object.entries(attributes).find(([name]) => name.toLowerCase() === list.toLowerCase())?.[1];
    const there = Array.isArray(elements) && elements.some((each) => isObject(each) && each[by] === of);
    if (!there) return [{ op: 'add', path: list, value: [{ [by]: of, [field]: tameValue(field, value) }] }];
  }
  if (attribute(path) === 'manager.value')
    return tameOperation({ op, path: path.slice(0, -'.value'.length), value }, attributes);
  const tamed = tameValue(path, value);
  return tamed === undefined ? [{ op: 'remove', path }] : [{ ...said, value: tamed }];
}
