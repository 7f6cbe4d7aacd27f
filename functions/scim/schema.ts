import { Schemas, Types } from 'scimmy';
import type { UserAttributes } from '../../shared/scim/user.ts';
import { bad } from './failure.ts';

/** An attribute of a schema. */
export type Attribute = Types.Attribute;

const { User, EnterpriseUser } = Schemas;

/** The URNs of a user's two schemas. */
export const CORE = User.definition.id;
export const ENTERPRISE = EnterpriseUser.definition.id;

User.definition.extend(EnterpriseUser.definition);
// RFC 7643, 2.4: canonical values are suggestions. scimmy refuses all others, and of roles every one.
for (const attribute of User.definition.attributes) {
  const type = attribute instanceof Types.Attribute && attribute.subAttributes?.find(({ name }) => name === 'type');
  if (type) type.config.canonicalValues = false;
}

/** Attributes by their names in lower case: SCIM's names have no case. */
export const byName = (attributes: readonly unknown[]): Map<string, Attribute> =>
  new Map(
    attributes.flatMap((each) => (each instanceof Types.Attribute ? [[each.name.toLowerCase(), each] as const] : [])),
  );

const core = byName(User.definition.attributes);
const shadows = new Set(['schemas', 'id', 'externalid', 'meta']);
const enterprise = new Map([...byName(EnterpriseUser.definition.attributes)].filter(([name]) => !shadows.has(name)));

/** Where something stands in a user: an attribute of the core or of the enterprise extension, or a part of one. */
export interface Place {
  extension: boolean;
  attribute: Attribute;
  sub?: Attribute | undefined;
}

/** Whether the name is that of the whole enterprise extension. */
export const isExtension = (name: string): boolean => name.toLowerCase() === ENTERPRISE.toLowerCase();

/**
 * The place of `userName`, `name.givenName`, or either behind a schema's URN. The enterprise attributes are also known by their
 * bare names: Entra used to send `manager` so.
 */
export function placeOf(name: string): Place | undefined {
  const within = [CORE, ENTERPRISE].find((urn) => name.toLowerCase().startsWith(`${urn.toLowerCase()}:`));
  const [first = '', second, ...more] = (within ? name.slice(within.length + 1) : name).toLowerCase().split('.');
  const attribute = (within !== ENTERPRISE && core.get(first)) || (within !== CORE && enterprise.get(first));
  if (!attribute || more.length > 0) return undefined;
  const extension = enterprise.get(first) === attribute;
  if (second === undefined) return { extension, attribute };
  const sub = byName(attribute.subAttributes ?? []).get(second);
  return sub && { extension, attribute, sub };
}

/** How many e-mail addresses a user may have: each is looked up by, and a transaction is bounded. */
const MOST_EMAILS = 30;
const LARGEST = 256 * 1024;

/** A user's attributes as the schema has them. @throws Refusal 400 that names what is wrong */
export function checked(attributes: Record<string, unknown>): UserAttributes {
  const { schemas, meta, ...user } = coerced(attributes);
  if (user.userName.trim() === '') throw bad('invalidValue', "Attribute 'userName' must not be empty");
  if ((user.emails?.length ?? 0) > MOST_EMAILS) {
    throw bad('invalidValue', `Attribute 'emails' may hold at most ${MOST_EMAILS} values`);
  }
  if (Buffer.byteLength(JSON.stringify(user)) > LARGEST)
    throw bad('invalidValue', 'the user as a whole is larger than 256 KiB');
  return user;
}

function coerced(attributes: Record<string, unknown>): UserAttributes {
  try {
    // As plain JSON: what scimmy gives has accessors instead of values.
    return JSON.parse(JSON.stringify(new User(attributes as unknown as Schemas.User, 'in'))) as UserAttributes;
  } catch (error) {
    if (error instanceof TypeError || error instanceof Types.Error) throw bad('invalidValue', error.message);
    throw error;
  }
}
