import { after, expiry, iso } from '../platform/clock.ts';
import { type Change, type Condition, put } from '../platform/commit.ts';
import { sha256 } from '../platform/random.ts';
import { get, getMany, type Item, indexes, query, queryIndex, type Table } from '../platform/table.ts';
import type { ScimUser, UserAttributes } from './user.ts';

const LIST = 'SCIM';
/** The most users that are counted. */
const MOST = 100_000;
/** What was given up is kept so long, without content: no step may delete. */
const FORGOTTEN_AFTER = 30 * 24 * 3_600_000;

/** A user name is kept so long for a user who is about to be saved. */
const CLAIMED_FOR = 60_000;

const keyOf = (id: string) => ({ pk: `SCIM#${id}`, sk: 'USER' });
/** Hashed, so that a key is short and holds no personal data. */
const nameKey = (userName: string) => ({ pk: `SCIM-USERNAME#${sha256(userName.toLowerCase())}`, sk: 'USER' });
const externalIdPartition = (externalId: string): string => `SCIM-EXTERNALID#${sha256(externalId)}`;
const emailPartition = (email: string): string => `SCIM-EMAIL#${sha256(email.toLowerCase())}`;

const toUser = ({ pk, sk, list, sort, ...user }: Item): ScimUser => user as unknown as ScimUser;
const isThere = (item: Item | undefined): item is Item => item !== undefined && item.deletedAt === undefined;

/** A user, or undefined; and how often the id was written, also by whoever had it before. */
export async function readUser(from: Table, id: string): Promise<{ user?: ScimUser; version: number }> {
  const item = await get(from, keyOf(id));
  return { ...(isThere(item) ? { user: toUser(item) } : {}), version: Number(item?.version ?? 0) };
}

/** Those of the users that are there, in the order of the ids. */
export async function readUsers(from: Table, ids: readonly string[]): Promise<ScimUser[]> {
  const items = await getMany(from, ids.map(keyOf));
  const users = new Map(items.filter(isThere).map((item) => [String(item.id), toUser(item)]));
  return ids.flatMap((id) => users.get(id) ?? []);
}

/** The ids of all users, in order. */
export async function allIds(from: Table): Promise<string[]> {
  const keys = await queryIndex(from, { index: indexes.list, pk: LIST, limit: MOST });
  return keys.map((key) => String(key.sort));
}

/** Who may have this user name, in whatever case: check what you read. */
export async function idByUserName(from: Table, userName: string): Promise<string | undefined> {
  const item = await get(from, nameKey(userName));
  return item?.freed ? undefined : (item?.userId as string | undefined);
}

/** Whether another user has this user name, in whatever case, or is about to. */
export async function isTaken(from: Table, userName: string, id: string, at: Date): Promise<boolean> {
  const item = await get(from, nameKey(userName));
  if (!item || item.freed || item.userId === id) return false;
  return item.claimedUntil === undefined || String(item.claimedUntil) > iso(at);
}

/** If the user name is free, or `mine` holds. */
const ifFree = (id: string, mine: string, at: Date): Condition => ({
  expression: `attribute_not_exists(pk) OR attribute_exists(freed) OR claimedUntil <= :now OR (${mine})`,
  values: { ':me': id, ':now': iso(at) },
});

/** Keeps a user name for a user who is about to be saved, if nobody has it: what is done before the saving is done for one only. */
export const claimName = (id: string, userName: string, at: Date): Change => {
  const claimedUntil = iso(after(at, CLAIMED_FOR));
  const expiresAt = expiry(at, FORGOTTEN_AFTER);
  const mine = 'userId = :me AND attribute_exists(claimedUntil)';
  return put('scim userName', { ...nameKey(userName), userId: id, claimedUntil, expiresAt }, ifFree(id, mine, at));
};

/** Gives a claimed user name free: its user cannot be. */
export const releaseName = (id: string, userName: string, at: Date): Change =>
  put(
    'scim userName',
    { ...nameKey(userName), userId: id, freed: true, expiresAt: expiry(at, FORGOTTEN_AFTER) },
    { expression: 'userId = :me AND attribute_exists(claimedUntil)', values: { ':me': id } },
  );

/** Who may have this external id: check what you read. */
export const idsByExternalId = (from: Table, externalId: string): Promise<string[]> =>
  idsIn(from, externalIdPartition(externalId));

/** Who may have this e-mail address, in whatever case: check what you read. */
export const idsByEmail = (from: Table, email: string): Promise<string[]> => idsIn(from, emailPartition(email));

async function idsIn(from: Table, pk: string): Promise<string[]> {
  const items = await query(from, { pk });
  return items.filter(({ freed }) => !freed).map(({ userId }) => String(userId));
}

/** The lookup partitions in which a user lies beside others. */
function partitionsOf(attributes: UserAttributes | undefined): Set<string> {
  const { externalId, emails = [] } = attributes ?? {};
  return new Set([
    ...(externalId === undefined ? [] : [externalIdPartition(externalId)]),
    ...emails.flatMap(({ value }) => (value === undefined ? [] : [emailPartition(value)])),
  ]);
}

/** Moves the lookups from what was to what is: the user name only if nobody else has it. */
function moveLookups(id: string, from: UserAttributes | undefined, to: UserAttributes | undefined, at: Date): Change[] {
  const freed = { freed: true, expiresAt: expiry(at, FORGOTTEN_AFTER) };
  const [before, after] = [partitionsOf(from), partitionsOf(to)];
  const beside = (pk: string, more: object): Change =>
    put('scim lookup', { pk, sk: `USER#${id}`, userId: id, ...more });
  const changes = [
    ...[...before].filter((pk) => !after.has(pk)).map((pk) => beside(pk, freed)),
    ...[...after].filter((pk) => !before.has(pk)).map((pk) => beside(pk, {})),
  ];
  const [oldName, newName] = [from && nameKey(from.userName), to && nameKey(to.userName)];
  if (oldName?.pk === newName?.pk) return changes;
  const mine = { expression: 'userId = :me', values: { ':me': id } };
  if (oldName) changes.push(put('scim userName', { ...oldName, userId: id, ...freed }, mine));
  if (newName) changes.push(put('scim userName', { ...newName, userId: id }, ifFree(id, mine.expression, at)));
  return changes;
}

const asSeen = (version: number) =>
  version === 0
    ? { expression: 'attribute_not_exists(pk)' }
    : { expression: '#version = :seen', names: { '#version': 'version' }, values: { ':seen': version } };

/** Writes a user, if nobody has changed it since it was read and nobody else has its user name. `before`: what it was. */
export const saveUser = (before: ScimUser | undefined, user: ScimUser, at: Date): Change[] => [
  put('scim user', { ...keyOf(user.id), ...user, list: LIST, sort: user.id }, asSeen(user.version - 1)),
  ...moveLookups(user.id, before?.attributes, user.attributes, at),
];

/** Takes a user away, if nobody has changed it since. What stays says only that it was there, and for how long it counts. */
export const removeUser = ({ id, attributes, version }: ScimUser, at: Date): Change[] => [
  put(
    'scim user',
    { ...keyOf(id), id, version: version + 1, deletedAt: iso(at), expiresAt: expiry(at, FORGOTTEN_AFTER) },
    asSeen(version),
  ),
  ...moveLookups(id, attributes, undefined, at),
];
