import type { Contact, ScimUser, UserAttributes } from '../../shared/scim/user.ts';
import { isObject } from './normalise.ts';
import { ENTERPRISE } from './schema.ts';

/** What a directory says of a member of the staff: only what it does say. */
export interface Row {
  employeeId: string;
  name?: string;
  email?: string;
  phone?: string;
  status?: 'active' | 'left';
  department?: string;
  managerId?: string;
  hiredAt?: string;
}

/** Whether it can be an id: these stand in keys and addresses, where `.` and `.search` mean something else. */
export const fits = (id: unknown): id is string => typeof id === 'string' && /^(?!\.)[\w.@-]{1,64}$/.test(id);

const said = (text: unknown): string | undefined => (typeof text === 'string' && text.trim() !== '' ? text : undefined);

/** The employee number, if it can be an id. */
export function employeeNumberOf(attributes: UserAttributes): string | undefined {
  const { employeeNumber } = extensionOf(attributes);
  return fits(employeeNumber) ? employeeNumber : undefined;
}

/** The first of a directory's own names for a user that can be an id. */
export const ownIdOf = ({ externalId, userName }: UserAttributes): string | undefined =>
  [externalId, userName].find(fits);

const extensionOf = (attributes: UserAttributes): Record<string, unknown> => {
  const extension = attributes[ENTERPRISE];
  return isObject(extension) ? extension : {};
};

/** The e-mail address: the primary one, or that at work, or the first. */
export const emailOf = ({ emails = [] }: UserAttributes): string | undefined =>
  said((emails.find(({ primary }) => primary) ?? ofType(emails, 'work') ?? emails[0])?.value);

const ofType = (contacts: readonly Contact[], wanted: string): Contact | undefined =>
  contacts.find(({ type }) => type?.toLowerCase() === wanted);

const phoneOf = ({ phoneNumbers = [] }: UserAttributes): string | undefined =>
  said((ofType(phoneNumbers, 'mobile') ?? phoneNumbers.find(({ primary }) => primary) ?? phoneNumbers[0])?.value);

function nameOf({ displayName, name = {}, userName }: UserAttributes): string {
  const parts = [said(name.givenName), said(name.familyName)].filter((part) => part !== undefined);
  const chinese = parts.some((part) => /\p{Script=Han}/u.test(part));
  const whole = chinese ? parts.toReversed().join('') : parts.join(' ');
  return said(displayName) ?? said(name.formatted) ?? said(whole) ?? userName;
}

/** A user as a member of the staff. */
export function employeeOf({ id, attributes }: Pick<ScimUser, 'id' | 'attributes'>): Row {
  const { department, manager } = extensionOf(attributes);
  const row = {
    email: emailOf(attributes),
    phone: phoneOf(attributes),
    department: said(department),
    managerId: isObject(manager) ? said(manager.value) : undefined,
  };
  return {
    employeeId: id,
    name: nameOf(attributes),
    status: attributes.active === false ? 'left' : 'active',
    ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)),
  };
}
