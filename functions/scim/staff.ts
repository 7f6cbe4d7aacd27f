import { current, load } from '../../shared/config/store.ts';
import { normalisePhone } from '../../shared/lead/phone.ts';
import { inCircles } from '../../shared/org/push/managers.ts';
import { employee } from '../../shared/org/roster.ts';
import { hear, readStaff } from '../../shared/org/staff/store.ts';
import { onRoster, type Said, today } from '../../shared/org/staff/word.ts';
import { newId } from '../../shared/platform/random.ts';
import type { Table } from '../../shared/platform/table.ts';
import { companyZone } from '../../shared/platform/zone.ts';
import type { Attributes } from '../../shared/scim/store.ts';
import { ENTERPRISE, refusal } from './schema.ts';

/** Ids stand in keys and addresses. */
const ID = /^[\w.@-]{1,64}$/;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const fitting = (value: unknown): string | undefined =>
  typeof value === 'string' && ID.test(value) ? value : undefined;

interface Element {
  type?: unknown;
  primary?: unknown;
  value?: unknown;
}

/** The primary one of several, else the one of that type, else the first. */
function best(list: unknown, type: string): string | undefined {
  const elements = (Array.isArray(list) ? list : []) as Element[];
  const chosen = elements.find(({ primary }) => primary === true) ?? elements.find((each) => each.type === type);
  return text((chosen ?? elements[0])?.value);
}

/** Chinese names have the family name first, and nothing between. */
function nameOf({ displayName, name, userName }: Attributes): string {
  const { formatted, givenName = '', familyName = '' } = (name ?? {}) as Record<string, string | undefined>;
  const chinese = /\p{Script=Han}/u.test(givenName + familyName);
  const joined = chinese ? `${familyName}${givenName}` : `${givenName} ${familyName}`.trim();
  return text(displayName) ?? text(formatted) ?? text(joined) ?? userName;
}

const enterpriseOf = (attributes: Attributes) =>
  (attributes[ENTERPRISE] ?? {}) as { employeeNumber?: unknown; department?: unknown; manager?: { value?: unknown } };

/** The employee whom a user is: by number, else somebody of their e-mail, else by the provider's own id or name. */
export async function employeeOf(table: Table, attributes: Attributes, at: Date): Promise<string> {
  const number = fitting(enterpriseOf(attributes).employeeNumber);
  if (number !== undefined) return number;
  const email = best(attributes.emails, 'work')?.toLowerCase();
  if (email !== undefined) {
    for (const page of (await readStaff(table)).values()) {
      for (const [id, { words }] of page.people) {
        if (Object.values(words).some((word) => word.email?.toLowerCase() === email)) return id;
      }
    }
  }
  return fitting(attributes.externalId) ?? fitting(attributes.userName) ?? newId(at);
}

/** What a user's attributes say of the employee. */
async function wordsOf(table: Table, employeeId: string, attributes: Attributes): Promise<Said> {
  const { departments } = await load(table, 'hr', (await current(table)).hr);
  const { department, manager } = enterpriseOf(attributes);
  const named = text(department);
  const team = employee.shape.teamId.safeParse(named === undefined ? undefined : (departments[named] ?? named));
  const said = best(attributes.phoneNumbers, 'mobile');
  const phone = said === undefined ? undefined : normalisePhone(said);
  const email = best(attributes.emails, 'work');
  const managerId = fitting(manager?.value);
  return {
    employeeId,
    name: nameOf(attributes),
    status: attributes.active === false ? 'left' : 'active',
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(team.success && team.data !== undefined ? { teamId: team.data } : {}),
    ...(managerId === undefined ? {} : { managerId }),
  };
}

/** @throws a refusal when somebody would become their own manager's manager */
async function refuseCircles(table: Table, { employeeId, managerId }: Said, at: Date): Promise<void> {
  if (managerId === undefined) return;
  const now = today(at, companyZone());
  const managers = new Map<string, string | undefined>();
  for (const page of (await readStaff(table)).values()) {
    for (const [id, person] of page.people) managers.set(id, onRoster(person, now)?.managerId);
  }
  if (managers.get(employeeId) === managerId) return;
  managers.set(employeeId, managerId);
  if (!inCircles(managers).has(employeeId)) return;
  throw refusal(400, 'invalidValue', `manager: going from manager to manager, ${employeeId} comes back to themselves`);
}

/** Makes the roster know what is said of a user now. Can be repeated. */
export async function tellStaff(table: Table, employeeId: string, attributes: Attributes, at: Date): Promise<void> {
  const said = await wordsOf(table, employeeId, attributes);
  await refuseCircles(table, said, at);
  await hear(table, 'scim', said, at, companyZone(), 'whole');
}
