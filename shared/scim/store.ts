import { iso } from '../platform/clock.ts';
import { type Change, commit, put } from '../platform/commit.ts';
import { sha256 } from '../platform/random.ts';
import { get, getMany, type Item, indexes, queryIndex, type Table } from '../platform/table.ts';

/** A user's attributes as an identity provider sent them, without `id` and `meta`. */
export type Attributes = Readonly<Record<string, unknown>> & { readonly userName: string };

/** A user as they are kept. `version` counts changes; times are ISO 8601. */
export interface ScimUser {
  id: string;
  version: number;
  created: string;
  modified: string;
  attributes: Attributes;
}

const LIST = 'SCIM';
const keyOf = (id: string) => ({ pk: `SCIM#${id}`, sk: 'USER' });
/** Under what a user is found. Hashed: keys are no place for personal data. */
const foundBy = (what: 'name' | 'external' | 'mail', value: string) => ({
  pk: `SCIM-${what.toUpperCase()}#${sha256(what === 'external' ? value : value.toLowerCase())}`,
  sk: 'USER',
});

const toUser = ({ id, version, created, modified, attributes }: Item): ScimUser =>
  ({ id, version, created, modified, attributes }) as ScimUser;

/** A user by id; undefined for nobody, or somebody who was deleted. */
export async function readUser(from: Table, id: string): Promise<ScimUser | undefined> {
  const item = await get(from, keyOf(id));
  return item?.attributes === undefined ? undefined : toUser(item);
}

/** Who may go by a user name, an external id or an e-mail. What is found has to be looked at: it may have changed since. */
export async function findUser(
  from: Table,
  what: 'name' | 'external' | 'mail',
  value: string,
): Promise<ScimUser | undefined> {
  const item = await get(from, foundBy(what, value));
  return item?.id === undefined ? undefined : readUser(from, String(item.id));
}

/** Most users that are counted; more than any roster has. */
const MOST = 100_000;

/** How many users there are, and those from `start` (0: the first) on, by id. */
export async function listUsers(
  from: Table,
  start: number,
  count: number,
): Promise<{ total: number; users: ScimUser[] }> {
  const keys = await queryIndex(from, { index: indexes.list, pk: LIST, limit: MOST });
  const ids = keys.slice(start, start + count).map(({ sort }) => String(sort));
  const items = await getMany(from, ids.map(keyOf));
  const users = items.filter(({ attributes }) => attributes !== undefined).map(toUser);
  return { total: keys.length, users: users.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

const emailsOf = ({ emails }: Attributes): string[] =>
  Array.isArray(emails)
    ? emails.flatMap(({ value }: { value?: unknown }) => (typeof value === 'string' ? [value] : []))
    : [];

/** Where a user is found from now on. A name is theirs alone: @see TAKEN. */
function lookups(id: string, before: Attributes | undefined, after: Attributes | undefined): Change[] {
  const [was, is] = [before?.userName.toLowerCase(), after?.userName.toLowerCase()];
  const free = { expression: 'attribute_not_exists(pk) OR attribute_not_exists(id)' };
  const changes: Change[] = [];
  if (is !== undefined && is !== was) changes.push(put(TAKEN, { ...foundBy('name', is), id }, free));
  if (was !== undefined && is !== was) changes.push(put('user name', foundBy('name', was)));
  const externalId = after?.externalId;
  if (typeof externalId === 'string' && externalId !== before?.externalId)
    changes.push(put('external id', { ...foundBy('external', externalId), id }));
  const known = new Set(before ? emailsOf(before) : []);
  const mails = new Set(
    (after ? emailsOf(after) : []).filter((mail) => !known.has(mail)).map((mail) => mail.toLowerCase()),
  );
  for (const mail of mails) changes.push(put('e-mail', { ...foundBy('mail', mail), id }));
  return changes;
}

/** What a conflict is about when a user name is somebody else's. */
export const TAKEN = 'user name taken';

/** What a conflict is about when an id is another user's. */
export const ID_TAKEN = 'id taken';

/** Creates a user. @throws Conflict about {@link TAKEN} or {@link ID_TAKEN} */
export async function createUser(table: Table, id: string, attributes: Attributes, at: Date): Promise<ScimUser> {
  // Somebody who was deleted may come back under their id; versions go on counting.
  const gone = await get(table, keyOf(id));
  const version = Number(gone?.version ?? 0) + 1;
  const user = { id, version, created: iso(at), modified: iso(at), attributes };
  const free = { expression: 'attribute_not_exists(#attributes)', names: { '#attributes': 'attributes' } };
  await commit(table, [
    put(ID_TAKEN, { ...keyOf(id), ...user, list: LIST, sort: id }, free),
    ...lookups(id, undefined, attributes),
  ]);
  return user;
}

const unchanged = ({ version }: ScimUser) => ({
  expression: '#version = :seen AND attribute_exists(#attributes)',
  names: { '#version': 'version', '#attributes': 'attributes' },
  values: { ':seen': version },
});

/** Changes a user as they were seen. @throws Conflict when they were changed meanwhile, or about {@link TAKEN} */
export async function changeUser(table: Table, seen: ScimUser, attributes: Attributes, at: Date): Promise<ScimUser> {
  const user = { ...seen, version: seen.version + 1, modified: iso(at), attributes };
  await commit(table, [
    put('user', { ...keyOf(seen.id), ...user, list: LIST, sort: seen.id }, unchanged(seen)),
    ...lookups(seen.id, seen.attributes, attributes),
  ]);
  return user;
}

/** Deletes a user as they were seen: nothing personal stays, and the name is free. @throws Conflict when they were changed meanwhile */
export async function deleteUser(table: Table, seen: ScimUser): Promise<void> {
  await commit(table, [
    put('user', { ...keyOf(seen.id), version: seen.version }, unchanged(seen)),
    ...lookups(seen.id, seen.attributes, undefined),
  ]);
}
