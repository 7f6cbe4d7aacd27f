import SCIMMY from 'scimmy';
import type { Table } from '../../shared/platform/table.ts';
import { findUser, readUser, type ScimUser } from '../../shared/scim/store.ts';
import { refusal } from './schema.ts';

/** What a user is looked for by; all of it has to hold. */
interface Wanted {
  id?: string;
  userName?: string;
  externalId?: string;
  email?: string;
  emailType?: string;
  active?: boolean;
}

const notOurs = (what: string): Error =>
  refusal(400, 'invalidFilter', `${what}: only eq and "and", on userName, externalId, emails, id and active`);

type Parsed = Record<string, unknown>;

/** One comparison. @throws a refusal for any but `eq` with a value of this type */
function equal<T extends 'string' | 'boolean'>(name: string, said: unknown, type: T) {
  const [operator, value, ...more] = Array.isArray(said) ? (said as unknown[]) : [];
  if (operator !== 'eq' || typeof value !== type || more.length > 0) throw notOurs(name);
  return value as T extends 'string' ? string : boolean;
}

function wantedOf(parsed: Parsed): Wanted {
  const wanted: Wanted = {};
  for (const [name, said] of Object.entries(parsed)) {
    switch (name.toLowerCase()) {
      case 'id':
        wanted.id = equal(name, said, 'string');
        break;
      case 'username':
        wanted.userName = equal(name, said, 'string');
        break;
      case 'externalid':
        wanted.externalId = equal(name, said, 'string');
        break;
      case 'active':
        wanted.active = equal(name, said, 'boolean');
        break;
      case 'emails': {
        const { type, value, ...more } = (Array.isArray(said) ? { value: said } : said) as Parsed;
        if (value === undefined || Object.keys(more).length > 0) throw notOurs(name);
        wanted.email = equal(`${name}.value`, value, 'string');
        if (type !== undefined) wanted.emailType = equal(`${name}.type`, type, 'string');
        break;
      }
      default:
        throw notOurs(name);
    }
  }
  return wanted;
}

function parse(filter: string): Wanted {
  let alternatives: Parsed[];
  try {
    alternatives = [...new SCIMMY.Types.Filter(filter)] as Parsed[];
  } catch {
    throw notOurs('the filter cannot be read');
  }
  const [only, ...others] = alternatives;
  if (!only || others.length > 0) throw notOurs('or');
  const wanted = wantedOf(only);
  const { id, userName, externalId, email } = wanted;
  if (id === undefined && userName === undefined && externalId === undefined && email === undefined)
    throw notOurs('active alone');
  return wanted;
}

const same = (a: string, b: unknown): boolean => typeof b === 'string' && a.toLowerCase() === b.toLowerCase();

function fits({ id, attributes }: ScimUser, wanted: Wanted): boolean {
  const emails = (Array.isArray(attributes.emails) ? attributes.emails : []) as { value?: unknown; type?: unknown }[];
  const { email, emailType } = wanted;
  return (
    (wanted.id === undefined || wanted.id === id) &&
    (wanted.userName === undefined || same(wanted.userName, attributes.userName)) &&
    (wanted.externalId === undefined || wanted.externalId === attributes.externalId) &&
    (wanted.active === undefined || wanted.active === attributes.active) &&
    (email === undefined ||
      emails.some(({ value, type }) => same(email, value) && (emailType === undefined || same(emailType, type))))
  );
}

/** The users whom a filter means, found by their keys. @throws a refusal for a filter that is not understood */
export async function filtered(table: Table, filter: string): Promise<ScimUser[]> {
  const wanted = parse(filter);
  const { id, userName, externalId, email } = wanted;
  const found =
    id !== undefined
      ? await readUser(table, id)
      : userName !== undefined
        ? await findUser(table, 'name', userName)
        : externalId !== undefined
          ? await findUser(table, 'external', externalId)
          : await findUser(table, 'mail', email ?? '');
  return found && fits(found, wanted) ? [found] : [];
}
