import { isDeepStrictEqual } from 'node:util';
import { iso } from '../../shared/platform/clock.ts';
import { Conflict, commit, commitOne, reconsider } from '../../shared/platform/commit.ts';
import { Problem } from '../../shared/platform/problem.ts';
import { newId } from '../../shared/platform/random.ts';
import type { Table } from '../../shared/platform/table.ts';
import { claimName, isTaken, readUser, releaseName, removeUser, saveUser } from '../../shared/scim/store.ts';
import type { ScimUser, UserAttributes } from '../../shared/scim/user.ts';
import { emailOf, employeeNumberOf, employeeOf, ownIdOf } from './employee.ts';
import { checkMatch } from './etag.ts';
import { Refusal } from './failure.ts';
import { alike } from './filter.ts';
import { type Draft, draftOf } from './normalise.ts';
import { patched } from './patch.ts';
import { checked } from './schema.ts';
import type { Staff } from './staff.ts';

/** What users are changed in. */
export interface World {
  table: Table;
  staff: Staff;
  now: () => Date;
}

/** A 404 for a user that is not there. */
const noUser = (id: string): Refusal => new Refusal(404, undefined, `User ${id} does not exist`);
const taken = (attribute: string, value: string): Refusal =>
  new Refusal(409, 'uniqueness', `Attribute '${attribute}': another user has ${value} already`);

/** A user by id. @throws Refusal 404 */
export async function userOf({ table }: World, id: string): Promise<ScimUser> {
  const { user } = await readUser(table, id);
  if (!user) throw noUser(id);
  return user;
}

/** Adds a user. The staff hears of each change before it is saved: should we break off between, the retry makes it good. */
export async function addUser(world: World, body: unknown): Promise<ScimUser> {
  const attributes = checked({ active: true, ...draftOf(body) });
  const id = await idFor(world, attributes);
  const { table, staff, now } = world;
  let heard = false;
  return reconsider(async () => {
    const at = now();
    const { user: other, version } = await readUser(table, id);
    if (other && heard) {
      // Somebody else was quicker with the same id: their word stands.
      await staff.hear(employeeOf(other));
      await release(table, id, attributes.userName, at);
    }
    if (other) throw taken('id', id);
    await checkName(world, id, attributes.userName, at);
    await commitOne(table, claimName(id, attributes.userName, at));
    const user = { id, attributes, version: version + 1, createdAt: iso(at), modifiedAt: iso(at) };
    heard = true;
    await staff.hear(employeeOf(user)).catch(async (error: unknown) => {
      if (error instanceof Problem) await release(table, id, attributes.userName, at);
      throw error;
    });
    await commit(table, saveUser(undefined, user, at));
    return user;
  });
}

/** Gives a claimed user name free, if it is still claimed. */
async function release(table: Table, id: string, userName: string, at: Date): Promise<void> {
  try {
    await commitOne(table, releaseName(id, userName, at));
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}

/**
 * The id is the rep's, and stays: HR's number, or whom the roster knows by the e-mail address, or the directory's own. Somebody who
 * goes by another name now keeps the id that was made of the old one; whoever is given that name gets an id of their own.
 */
async function idFor({ table, staff, now }: World, attributes: UserAttributes): Promise<string> {
  const number = employeeNumberOf(attributes);
  if (number !== undefined) return number;
  const email = emailOf(attributes);
  const known = email === undefined ? undefined : await staff.employeeWith(email);
  const own = known ?? ownIdOf(attributes);
  if (own === undefined) return newId(now());
  const holder = known === undefined ? (await readUser(table, own)).user : undefined;
  return holder && ownIdOf(holder.attributes) !== own && !alike(holder.attributes.userName, attributes.userName)
    ? newId(now())
    : own;
}

async function checkName({ table }: World, id: string, userName: string, at: Date): Promise<void> {
  if (await isTaken(table, userName, id, at)) throw taken('userName', userName);
}

/** Puts other attributes in the place of a user's (PUT). */
export function replaceUser(world: World, id: string, body: unknown, ifMatch?: string): Promise<ScimUser> {
  const draft = draftOf(body);
  return change(world, id, ifMatch, () => draft);
}

/** Applies a PatchOp to a user, as it is by then. */
export const patchUser = (world: World, id: string, message: unknown, ifMatch?: string): Promise<ScimUser> =>
  change(world, id, ifMatch, (attributes) => patched(attributes, message));

async function change(
  world: World,
  id: string,
  ifMatch: string | undefined,
  next: (attributes: UserAttributes) => Draft,
): Promise<ScimUser> {
  const { table, staff, now } = world;
  return reconsider(async () => {
    const before = await userOf(world, id);
    checkMatch(ifMatch, before);
    // Who is not said to be active stays what they are: nobody comes back because an attribute is left out.
    const attributes = checked({ active: before.attributes.active, ...next(before.attributes) });
    if (isDeepStrictEqual(attributes, before.attributes)) return before;
    const at = now();
    await checkName(world, id, attributes.userName, at);
    const user = { ...before, attributes, version: before.version + 1, modifiedAt: iso(at) };
    await staff.hear(employeeOf(user));
    await commit(table, saveUser(before, user, at));
    return user;
  });
}

/** Takes a user away: they count as having left, and the user name is free. */
export async function dropUser(world: World, id: string, ifMatch?: string): Promise<void> {
  const { table, staff, now } = world;
  await reconsider(async () => {
    const user = await userOf(world, id);
    checkMatch(ifMatch, user);
    await staff.hear({ ...employeeOf(user), status: 'left' });
    await commit(table, removeUser(user, now()));
  });
}
