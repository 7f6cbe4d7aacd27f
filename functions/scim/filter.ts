import type { ScimUser } from '../../shared/scim/user.ts';
import { type Equality, equalities } from './expression.ts';
import { bad } from './failure.ts';
import { placeOf } from './schema.ts';

/** One thing that a user asked for must be. */
export type Condition =
  | { on: 'id' | 'userName' | 'externalId'; value: string }
  | { on: 'emails'; value: string; type?: string | undefined }
  | { on: 'active'; value: boolean };

/** The conditions of a filter. @throws Refusal 400 invalidFilter that names what is not supported */
export const conditionsOf = (filter: string): Condition[] => equalities(filter).map(conditionOf);

function conditionOf(asked: Equality): Condition {
  const place = placeOf(asked.name);
  const name = place && !place.extension && `${place.attribute.name}${place.sub ? `.${place.sub.name}` : ''}`;
  if (name === 'emails' && asked.where) return emailOf(asked.where, asked);
  if (name === 'emails.value' && !asked.where) return { on: 'emails', value: text(asked.name, asked.value) };
  if (asked.where) throw bad('invalidFilter', `'${asked.name}[…]' cannot be asked for`);
  if (name === 'active') return { on: 'active', value: truth(asked.value) };
  if (name === 'id' || name === 'userName' || name === 'externalId') {
    return { on: name, value: text(name, asked.value) };
  }
  throw bad('invalidFilter', `'${asked.name}' cannot be asked for: id, userName, externalId, emails.value, active can`);
}

/** `emails[type eq "work"].value eq "x"`, as Entra asks, or `emails[type eq "work" and value eq "x"]`. */
function emailOf(where: readonly Equality[], { sub, value }: Equality): Condition {
  const said = new Map(where.map((each) => [each.name.toLowerCase(), each.value]));
  if (sub !== undefined) said.set(sub.toLowerCase(), value);
  const wrong = [...said.keys()].find((name) => name !== 'type' && name !== 'value');
  if (wrong !== undefined) throw bad('invalidFilter', `'emails.${wrong}' cannot be asked for`);
  if (said.size !== where.length + (sub === undefined ? 0 : 1)) throw bad('invalidFilter', 'emails: said twice');
  const type = said.has('type') ? text('emails.type', said.get('type')) : undefined;
  return { on: 'emails', type, value: text('emails.value', said.get('value')) };
}

function text(name: string, value: string | boolean | undefined): string {
  if (typeof value !== 'string') throw bad('invalidFilter', `'${name}' is compared with a text in quotation marks`);
  return value;
}

function truth(value: string | boolean | undefined): boolean {
  // Entra sends truth values as texts.
  const said = String(value).toLowerCase();
  if (said !== 'true' && said !== 'false') throw bad('invalidFilter', `'active' is compared with true or false`);
  return said === 'true';
}

/** Whether two texts are the same but for their case. */
export const alike = (one: unknown, other: unknown): boolean =>
  String(one).toLowerCase() === String(other).toLowerCase();

/** Whether a user is as asked. User names and e-mail addresses have no case, ids do. */
export function fulfils({ id, attributes }: ScimUser, condition: Condition): boolean {
  const { userName, externalId, active, emails = [] } = attributes;
  if (condition.on === 'emails') {
    const { type, value } = condition;
    return emails.some((email) => alike(email.value, value) && (type === undefined || alike(email.type, type)));
  }
  if (condition.on === 'active') return active === condition.value;
  if (condition.on === 'userName') return alike(userName, condition.value);
  return (condition.on === 'id' ? id : externalId) === condition.value;
}
