import { Conflict, reconsider } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';
import {
  type Attributes,
  changeUser,
  createUser,
  deleteUser,
  ID_TAKEN,
  listUsers,
  readUser,
  type ScimUser,
  TAKEN,
} from '../../shared/scim/store.ts';
import { filtered } from './filter.ts';
import { etag, patched, read, refusal } from './schema.ts';
import { employeeOf, tellStaff } from './staff.ts';

const exists = (what: string): Error => refusal(409, 'uniqueness', `${what} exists`);
const unknown = (id: string): Error => refusal(404, '', `user ${id} does not exist`);

/** What is somebody else's already is refused as such, all other conflicts come again. */
function asRefusal(error: unknown, { userName }: Attributes, id: string): unknown {
  if (!(error instanceof Conflict)) return error;
  if (error.about.includes(TAKEN)) return exists(`userName ${userName}`);
  return error.about.includes(ID_TAKEN) ? exists(`a user with the id ${id}`) : error;
}

/** A user by id. @throws a refusal when there is none */
export async function getUser(table: Table, id: string): Promise<ScimUser> {
  const user = await readUser(table, id);
  if (!user) throw unknown(id);
  return user;
}

/** Users by a filter, or all of them: from the `start`th (1: the first), so many. */
export async function getUsers(
  table: Table,
  { filter, start, count }: { filter: string | undefined; start: number; count: number },
): Promise<{ total: number; users: ScimUser[] }> {
  if (filter === undefined) return listUsers(table, start - 1, count);
  const found = await filtered(table, filter);
  return { total: found.length, users: found.slice(start - 1, start - 1 + count) };
}

/** Adds a user. The roster hears of them first: should this break off, the provider asks again, and nothing is lost. */
export async function addUser(table: Table, said: object, now: () => Date): Promise<ScimUser> {
  const sent = read(said);
  const attributes: Attributes = { ...sent, active: sent.active ?? true };
  const taken = await filtered(table, `userName eq ${JSON.stringify(attributes.userName)}`).catch(() => []);
  if (taken.length > 0) throw exists(`userName ${attributes.userName}`);
  const id = await employeeOf(table, attributes, now());
  if (await readUser(table, id)) throw exists(`a user with the id ${id}`);
  await tellStaff(table, id, attributes, now());
  try {
    return await createUser(table, id, attributes, now());
  } catch (error) {
    throw asRefusal(error, attributes, id);
  }
}

/** How a user is to change: their attributes from now on, or undefined to leave them as they are. */
type Change = (user: ScimUser) => Promise<Attributes | undefined> | Attributes | undefined;

/** Changes a user, unless somebody else did since the provider looked (`ifMatch`). */
const change = (
  table: Table,
  id: string,
  ifMatch: string | undefined,
  how: Change,
  now: () => Date,
): Promise<ScimUser> =>
  reconsider(async () => {
    const user = await getUser(table, id);
    mustMatch(user, ifMatch);
    const attributes = await how(user);
    if (!attributes) return user;
    await tellStaff(table, id, attributes, now());
    try {
      return await changeUser(table, user, attributes, now());
    } catch (error) {
      throw asRefusal(error, attributes, id);
    }
  });

/** @throws a refusal when the user is not as the provider saw them */
function mustMatch(user: ScimUser, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch === '*' || ifMatch.split(/, ?/).includes(etag(user))) return;
  throw refusal(412, '', `user ${user.id} was changed meanwhile: ${etag(user)}`);
}

/** Replaces what is said of a user. What is not said is gone, but for `active`: nobody comes back for want of a word. */
export const replaceUser = (table: Table, id: string, said: object, ifMatch: string | undefined, now: () => Date) =>
  change(
    table,
    id,
    ifMatch,
    (user) => {
      const sent = read(said);
      const attributes: Attributes = { ...sent, active: sent.active ?? user.attributes.active ?? true };
      return sameAttributes(attributes, user.attributes) ? undefined : attributes;
    },
    now,
  );

const sorted = (attributes: Attributes): string =>
  JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
const sameAttributes = (a: Attributes, b: Attributes): boolean => sorted(a) === sorted(b);

/** Changes some of what is said of a user. */
export const patchUser = (table: Table, id: string, message: object, ifMatch: string | undefined, now: () => Date) =>
  change(table, id, ifMatch, (user) => patched(user, message), now);

/** Deletes a user: whoever is deleted has left. */
export const removeUser = (table: Table, id: string, ifMatch: string | undefined, now: () => Date): Promise<void> =>
  reconsider(async () => {
    const user = await getUser(table, id);
    mustMatch(user, ifMatch);
    await tellStaff(table, id, { ...user.attributes, active: false }, now());
    await deleteUser(table, user);
  });
