import type { ScimUser } from '../../shared/scim/user.ts';
import { etagOf } from './etag.ts';
import { type Draft, isObject, readAt, writeAt } from './normalise.ts';
import { CORE, ENTERPRISE, isExtension, type Place, placeOf } from './schema.ts';

/** Which attributes to show: only these, or all but these. */
export interface Selection {
  attributes?: readonly string[] | undefined;
  excludedAttributes?: readonly string[] | undefined;
}

/** A user as a SCIM resource. `base` is the address of the service. */
export function shown(user: ScimUser, base: string, selection: Selection = {}): Draft {
  const { id, attributes, createdAt, modifiedAt } = user;
  const schemas = ENTERPRISE in attributes ? [CORE, ENTERPRISE] : [CORE];
  const location = locationOf(user, base);
  const meta = {
    resourceType: 'User',
    created: createdAt,
    lastModified: modifiedAt,
    location,
    version: etagOf(user),
  };
  return { schemas, id, ...selected({ ...attributes, meta }, selection) };
}

/** Where a user is found. */
export const locationOf = ({ id }: Pick<ScimUser, 'id'>, base: string): string => `${base}/Users/${id}`;

function selected(user: Draft, { attributes, excludedAttributes }: Selection): Draft {
  if (attributes)
    return attributes.reduce((kept, name) => (isExtension(name) ? whole(kept, user) : keep(kept, user, name)), {});
  return (excludedAttributes ?? []).reduce(without, user);
}

const whole = (kept: Draft, user: Draft): Draft =>
  ENTERPRISE in user ? { ...kept, [ENTERPRISE]: user[ENTERPRISE] } : kept;

/** Names that no schema knows are passed over. */
function keep(kept: Draft, user: Draft, name: string): Draft {
  const place = placeOf(name);
  const value = place && readAt(user, place);
  if (!place || value === undefined) return kept;
  if (!place.sub) return writeAt(kept, place, value);
  return writeAt(kept, place, merged(readAt(kept, place), only(value, place.sub.name)));
}

const only = (value: unknown, name: string): unknown =>
  Array.isArray(value)
    ? value.map((each) => only(each, name))
    : isObject(value) && name in value
      ? { [name]: value[name] }
      : {};

/** `emails.value` and `emails.type` both asked for: the parts of each together. */
const merged = (one: unknown, other: unknown): unknown =>
  Array.isArray(other)
    ? other.map((each, at) => ({ ...(Array.isArray(one) ? (one[at] as Draft) : {}), ...(each as Draft) }))
    : { ...(one as Draft | undefined), ...(other as Draft) };

function without(user: Draft, name: string): Draft {
  if (isExtension(name)) return Object.fromEntries(Object.entries(user).filter(([each]) => each !== ENTERPRISE));
  const place = placeOf(name);
  if (!place) return user;
  return writeAt(user, place, place.sub ? less(readAt(user, place), place) : undefined);
}

function less(value: unknown, place: Place): unknown {
  if (Array.isArray(value)) return value.map((each) => less(each, place));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== place.sub?.name));
}
