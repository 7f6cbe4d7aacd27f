import { Messages } from 'scimmy';
import type { Table } from '../../shared/platform/table.ts';
import { allIds, idByUserName, idsByEmail, idsByExternalId, readUsers } from '../../shared/scim/store.ts';
import type { ScimUser } from '../../shared/scim/user.ts';
import { bad } from './failure.ts';
import { type Condition, conditionsOf, fulfils } from './filter.ts';
import { type Selection, shown } from './show.ts';

/** How many users a page holds: unless asked otherwise, and at most. */
const PAGE = 100;
/** The same, at most. */
export const MOST = 200;

/** What a list is asked for. */
export interface Asked extends Selection {
  filter?: string | undefined;
  startIndex?: unknown;
  count?: unknown;
}

/** A page of the users that are as asked, by id, as a ListResponse. */
export async function listUsers(table: Table, asked: Asked, base: string): Promise<Record<string, unknown>> {
  const startIndex = Math.max(1, whole('startIndex', asked.startIndex, 1));
  const count = Math.min(MOST, Math.max(0, whole('count', asked.count, PAGE)));
  const page = <T>(all: readonly T[]): T[] => all.slice(startIndex - 1, startIndex - 1 + count);
  const found = asked.filter === undefined ? undefined : await usersWith(table, conditionsOf(asked.filter));
  const ids = found ? found.map(({ id }) => id) : await allIds(table);
  const users = found ? page(found) : await readUsers(table, page(ids));
  // Not made by scimmy's class: it cuts a page that is one already.
  return {
    schemas: [Messages.ListResponse.id],
    totalResults: ids.length,
    startIndex,
    itemsPerPage: users.length,
    Resources: users.map((user) => shown(user, base, asked)),
  };
}

function whole(name: string, value: unknown, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (!/^[-+]?\d{1,9}$/.test(String(value))) throw bad('invalidValue', `'${name}' must be a whole number`);
  return Number(value);
}

/** Whoever fulfils all conditions. One of them is looked up by its key, the others are checked on what was found. */
async function usersWith(table: Table, conditions: readonly Condition[]): Promise<ScimUser[]> {
  const keys = (['id', 'userName', 'externalId', 'emails'] as const).flatMap(
    (on) => conditions.find((condition) => condition.on === on) ?? [],
  );
  const [key] = keys;
  if (!key) throw bad('invalidFilter', `'active' cannot be asked for alone: name a userName, externalId, id or e-mail`);
  const ids = await candidates(table, key);
  const users = await readUsers(table, [...new Set(ids)].sort());
  return users.filter((user) => conditions.every((condition) => fulfils(user, condition)));
}

async function candidates(table: Table, condition: Condition): Promise<string[]> {
  if (condition.on === 'active') return [];
  if (condition.on === 'id') return [condition.value];
  if (condition.on === 'externalId') return idsByExternalId(table, condition.value);
  if (condition.on === 'emails') return idsByEmail(table, condition.value);
  const id = await idByUserName(table, condition.value);
  return id === undefined ? [] : [id];
}
