import { isDeepStrictEqual } from 'node:util';
import { Messages, Types } from 'scimmy';
import { bad, type ScimType } from './failure.ts';
import { type Draft, isObject, isPassedOver, readAt, tidy, writeAt } from './normalise.ts';
import { isExtension, placeOf } from './schema.ts';
import { isMeant, type Target, targetOf } from './target.ts';

/** One operation: `path` and `value` as they were sent. */
interface Operation {
  op: 'add' | 'remove' | 'replace';
  path?: string | undefined;
  value?: unknown;
}

/**
 * A user after the operations of a PATCH, one after another. scimmy checks the message, but does not apply it: it doubles what is
 * added again, lets a path-less replace add to lists, compares by case, and filters in a way that reaches Object's prototype.
 * @throws Refusal 400 that names the attribute
 */
export const patched = (user: Draft, message: unknown): Draft =>
  operationsOf(message).flatMap(spread).reduce(applied, user);

function operationsOf(message: unknown): Operation[] {
  if (!isObject(message)) throw bad('invalidSyntax', 'the body must be a PatchOp: a JSON object');
  const { schemas, Operations, operations = Operations } = message;
  if (!Array.isArray(schemas)) throw bad('invalidSyntax', `Attribute 'schemas' must be ["${Messages.PatchOp.id}"]`);
  if (!Array.isArray(operations) || !operations.every(isObject)) {
    throw bad('invalidSyntax', `Attribute 'Operations' must be a list of operations`);
  }
  // No path is sent as null or '' too.
  const sent = operations.map(({ op, path, value }) => ({
    op,
    value,
    path: path === null ? undefined : path || undefined,
  }));
  try {
    const { Operations: read } = new Messages.PatchOp({ schemas, Operations: sent } as ConstructorParameters<
      typeof Messages.PatchOp
    >[0]);
    return read.map(({ op, path, value }) => ({ op: op.toLowerCase() as Operation['op'], path, value }));
  } catch (error) {
    if (error instanceof Types.Error) throw bad(error.scimType as ScimType, error.message);
    throw error;
  }
}

/** An operation without a path, or on a whole extension, as one for each of the attributes in its value (Okta, Entra). */
function spread({ op, path, value }: Operation): Operation[] {
  if (path !== undefined && !isExtension(path)) return [{ op, path, value }];
  if (op === 'remove') return [{ op, path }];
  if (!isObject(value)) throw bad('invalidValue', `Attribute 'value' must be an object where there is no path`);
  return Object.entries(value)
    .map(([name, each]) => ({ op, path: path === undefined ? name : `${path}:${name}`, value: each }))
    .filter((each) => {
      const place = placeOf(each.path);
      return !place || !isPassedOver(place);
    })
    .flatMap((each) => (isExtension(each.path) ? spread(each) : [each]));
}

function applied(user: Draft, { op, path = '', value }: Operation): Draft {
  if (isExtension(path)) return Object.fromEntries(Object.entries(user).filter(([name]) => !isExtension(name)));
  const target = targetOf(path);
  const { attribute, sub } = target;
  if (attribute.name === 'password') return user;
  if (isPassedOver(target)) throw bad('mutability', `Attribute '${attribute.name}' is not yours to change`);
  if (op !== 'remove' && value === undefined) throw bad('invalidValue', `Attribute 'value' is missing for '${path}'`);
  const many = attribute.config.multiValued === true;
  const given = sub ? tidy(sub, value) : tidy(attribute, many && !Array.isArray(value) ? [value] : value);
  // Adding nothing, or taking only such values from a list as none can be, changes nothing.
  const idle =
    op === 'add' || (op === 'remove' && many && !sub && !target.where && value !== undefined && value !== null);
  if (given === undefined && idle) return user;
  const change = { ...target, given, op: given === undefined ? ('remove' as const) : op };
  const now = readAt(user, target);
  return writeAt(user, target, tidy(attribute, many ? list(change, now) : single(change, now)));
}

interface Change extends Target {
  op: Operation['op'];
  /** The value, tidied; undefined when it is empty. */
  given: unknown;
}

/** An attribute of one value, after a change. */
function single({ op, attribute, sub, given }: Change, now: unknown): unknown {
  const before = isObject(now) ? now : {};
  if (sub) return { ...before, [sub.name]: op === 'remove' ? null : given };
  if (op === 'remove') return null;
  // Parts that are not named stay (RFC 7644, 3.5.2.3); but another manager brings nothing of the one before.
  return attribute.type === 'complex' && isObject(given) && !('value' in given) ? { ...before, ...given } : given;
}

/** An attribute of several values, after a change. */
function list(change: Change, now: unknown): unknown {
  const { op, sub, where, given } = change;
  const before = Array.isArray(now) ? (now as Draft[]) : [];
  if (sub || where) return chosen(change, before);
  if (op === 'remove') return before.filter((each) => Array.isArray(given) && !given.some((one) => same(each, one)));
  const values = Array.isArray(given) ? given : [given];
  if (op === 'replace') return values;
  return joined(before, values);
}

/** To be removed with a list of values: whatever is as these say. */
const same = (value: Draft, asked: unknown): boolean =>
  isObject(asked) && Object.entries(asked).every(([name, each]) => isDeepStrictEqual(value[name], each));

/** A change of the values that are meant; to add or replace what is not there makes it (Entra expects that). */
function chosen({ op, attribute, sub, where = [], given }: Change, before: readonly Draft[]): Draft[] {
  const meant = before.filter((each) => isMeant(each, where));
  const others = (value: Draft) => !meant.includes(value);
  if (op === 'remove') {
    return sub ? before.map((each) => (others(each) ? each : { ...each, [sub.name]: null })) : before.filter(others);
  }
  const asked = Object.fromEntries(where.map((each) => [each.sub.name, each.value]));
  const [first] = Array.isArray(given) ? given : [];
  const value = sub ? { [sub.name]: given } : first;
  if (!isObject(value)) throw bad('invalidValue', `Attribute '${attribute.name}' expected an object`);
  if (meant.length === 0) return joined(before, [{ ...asked, ...value }]);
  const changed = (each: Draft) => ({ ...(sub || op === 'add' ? each : asked), ...value });
  const after = before.map((each) => (others(each) ? each : changed(each)));
  return value.primary === true
    ? after.map((each, at) => (others(before[at] ?? each) ? secondary(each) : each))
    : after;
}

const secondary = (value: Draft): Draft => (value.primary === true ? { ...value, primary: false } : value);

/** The values with those added that are not there yet: a new primary one takes the place of the old (RFC 7644, 3.5.2). */
function joined(before: readonly Draft[], values: readonly unknown[]): Draft[] {
  const added = values.filter((value) => !before.some((each) => isDeepStrictEqual(each, value)));
  const primary = added.some((each) => isObject(each) && each.primary === true);
  return [...(primary ? before.map(secondary) : before), ...(added as Draft[])];
}
