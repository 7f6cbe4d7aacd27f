import { setTimeout as wait } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { PutCommand, TransactWriteCommand, type TransactWriteCommandInput, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { OutgoingEvent } from '../../events/contract.ts';
import { iso } from './clock.ts';
import { backoff, nextId } from './random.ts';
import type { Item, Key, Read, Table } from './table.ts';

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** One write of a transaction. `about` is what a failed condition is reported as. */
export interface Change {
  readonly about: string;
  readonly write: (table: string) => Write;
}

/** A condition on the item written, with the values it names (`:name`) and its attribute names (`#name`). */
export interface Condition {
  readonly expression: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly names?: Readonly<Record<string, string>>;
}

const conditioned = (condition: Condition | undefined) =>
  condition && {
    ConditionExpression: condition.expression,
    ...(condition.values ? { ExpressionAttributeValues: condition.values } : {}),
    ...(condition.names ? { ExpressionAttributeNames: condition.names } : {}),
  };

/** Only if there is no such item yet. */
export const absent: Condition = { expression: 'attribute_not_exists(pk)' };

/** Writes a whole item. */
export const put = (about: string, item: Item, condition?: Condition): Change => ({
  about,
  write: (TableName) => ({ Put: { TableName, Item: item, ...conditioned(condition) } }),
});

/** Takes an item away; nothing happens where there is none. Only for what must not be kept: all else is never deleted. */
export const remove = (about: string, key: Key): Change => ({
  about,
  write: (TableName) => ({ Delete: { TableName, Key: { pk: key.pk, sk: key.sk } } }),
});

/** A change of some attributes: an update expression, what it must find (`onlyIf`), and the values and names both use. */
export interface Revision {
  readonly expression: string;
  readonly onlyIf?: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly names?: Readonly<Record<string, string>>;
}

/** Changes attributes of an item, leaving the others alone. */
export const update = (about: string, key: Key, revision: Revision): Change => ({
  about,
  write: (TableName) => ({
    Update: {
      TableName,
      Key: { pk: key.pk, sk: key.sk },
      UpdateExpression: revision.expression,
      ...(revision.onlyIf ? { ConditionExpression: revision.onlyIf } : {}),
      ...(revision.values ? { ExpressionAttributeValues: revision.values } : {}),
      ...(revision.names ? { ExpressionAttributeNames: revision.names } : {}),
    },
  }),
});

/** Somebody else changed what the decision was made on: read again, decide again. Nothing was written. */
export class Conflict extends Error {
  override readonly name: string = 'Conflict';
  /** What had changed: the `about` of each write that was refused. */
  readonly about: string[];
  constructor(about: string[]) {
    super(`changed meanwhile: ${about.join(', ')}`);
    this.about = about;
  }
}

/** Others were writing the same items all the time: no condition was looked at, and nothing was written. */
class Contended extends Conflict {
  override readonly name = 'Contended';
}

/** Whether a condition did not hold: what was to be written once is written, or what it was for is true no more. */
export const isRefused = (error: unknown): error is Conflict =>
  error instanceof Conflict && !(error instanceof Contended);

const EVENTS = 'EVENT#';

/** The outbox entry (and timeline entry) of an event in its subject's partition: the relay publishes it once it is committed. */
export function outbox(partition: string, event: OutgoingEvent, at: Date): Change {
  const eventId = nextId(at);
  return put(`event ${event.type}`, {
    pk: partition,
    sk: `${EVENTS}${eventId}`,
    type: event.type,
    eventId,
    at: iso(at),
    detail: { ...event.detail, eventId, at: iso(at) },
  });
}

/** An event as it rides in an item of its subject that is written anyway: what {@link outbox} repeats is left out. */
interface Riding {
  eventId: string;
  type: string;
  at: string;
  detail: Readonly<Record<string, unknown>>;
}

/**
 * The `event` attribute of an item that is written with an event: in place of an outbox entry of its own, which would cost as
 * much again. The relay publishes it when it first sees it there; whoever writes the item again leaves it in its place.
 */
export const riding = (event: OutgoingEvent, at: Date): { event: Riding } => ({
  event: { eventId: nextId(at), type: event.type, at: iso(at), detail: event.detail },
});

/** An event as it is told: in the timeline, and on the bus. */
export interface Told {
  type: string;
  at: string;
  detail: Record<string, unknown>;
}

/** The event that an item carries: itself, as an entry of the outbox, or one that rides in it. */
export function eventIn(item: Told | { event: Riding }): Told {
  if (!('event' in item)) return { type: item.type, at: item.at, detail: item.detail };
  const { eventId, type, at, detail } = item.event;
  return { type, at, detail: { ...detail, eventId, at } };
}

/** The events among items of one partition, in the order in which they happened. */
export const eventsIn = (items: readonly Item[]): Told[] =>
  items
    .filter(({ sk, event }) => event !== undefined || sk.startsWith(EVENTS))
    .map((item) => eventIn(item as unknown as Told | { event: Riding }))
    .sort((a, b) => (String(a.detail.eventId) < String(b.detail.eventId) ? -1 : 1));

/**
 * Makes a single change, at half the cost of a transaction.
 * @throws Conflict when its condition did not hold, or transactions held the item at every try
 */
export async function commitOne(to: Table, change: Change): Promise<void> {
  const { Put, Update } = change.write(to.name);
  for (let attempt = 0; ; attempt += 1) {
    try {
      if (Put) await to.client.send(new PutCommand(Put));
      if (Update) await to.client.send(new UpdateCommand(Update));
      return;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) throw new Conflict([change.about]);
      if (!(error instanceof TransactionConflictException)) throw error;
      if (attempt >= TRIES) throw new Contended([change.about]);
      await wait(backoff(attempt, 5, 100));
    }
  }
}

/** Adds to a number of an item that expires (seconds since 1970), made if there is none, and says what it is then. */
export async function count(
  to: Table,
  key: Key,
  { attribute, by, expiresAt }: { attribute: string; by: number; expiresAt: number },
): Promise<number> {
  const { Attributes } = await to.client.send(
    new UpdateCommand({
      TableName: to.name,
      Key: { pk: key.pk, sk: key.sk },
      UpdateExpression: 'SET expiresAt = :expiresAt ADD #number :by',
      ExpressionAttributeNames: { '#number': attribute },
      ExpressionAttributeValues: { ':by': by, ':expiresAt': expiresAt },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return Number(Attributes?.[attribute]);
}

const busy = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded', 'TransactionInProgress']);
/** How often the very same writes are tried again because others held an item, or the table was busy. */
const TRIES = 4;

/**
 * Writes all changes or none (at most 100). One alone is a plain write, at half the price.
 * @throws Conflict when a condition did not hold, or another transaction held an item at every try
 * @throws the SDK's error when the table could not be reached after its retries
 */
export async function commit(to: Table, changes: readonly Change[]): Promise<void> {
  const [only, ...more] = changes;
  if (only && more.length === 0) return commitOne(to, only);
  const command = () => new TransactWriteCommand({ TransactItems: changes.map((change) => change.write(to.name)) });
  for (let attempt = 0; ; attempt += 1) {
    try {
      await to.client.send(command());
      return;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const codes = (error.CancellationReasons ?? []).map(({ Code = '' }) => Code);
      const aboutThose = (code: string) => changes.filter((_, at) => codes[at] === code).map(({ about }) => about);
      const refused = aboutThose('ConditionalCheckFailed');
      if (refused.length > 0) throw new Conflict(refused);
      const held = aboutThose('TransactionConflict');
      if (attempt >= TRIES && held.length > 0) throw new Contended(held);
      if (attempt >= TRIES || (held.length === 0 && !codes.some((code) => busy.has(code)))) throw error;
      await (held.length > 0 ? wait(backoff(attempt, 5, 100)) : wait(backoff(attempt, 50, 800)));
    }
  }
}

/**
 * Writes all changes, if one of them was not made before: for what is to happen once, however often it is asked for.
 * @throws Conflict when others held an item at every try: then nothing is known of what was made
 */
export async function commitOnce(to: Table, changes: readonly Change[]): Promise<void> {
  try {
    await commit(to, changes);
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
}

/** How often a decision is taken again after a {@link Conflict} before the caller hears of it. */
const RECONSIDERATIONS = 12;

/**
 * Runs read → decide → commit, again from the reading when somebody else was quicker. `read`: how the step may read what it commits
 * on condition of. First as it was a moment ago, for half the price: if that is true no more, it is not committed, and then read
 * strongly. A step that commits nothing has to be {@link sure} of it.
 * @throws Conflict when it never came through
 */
export async function reconsider<T>(step: (read: Read) => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await step(attempt === 0 ? 'eventually' : 'strongly');
    } catch (error) {
      if (!(error instanceof Conflict) || attempt >= RECONSIDERATIONS) throw error;
      await wait(backoff(attempt, 5, 200));
    }
  }
}

/**
 * Nothing is to be done, as far as was read: true only of what was read strongly. No write would tell that it was so a moment ago.
 * @throws Conflict when it was not: then it is to be read again
 */
export function sure(read: Read): undefined {
  if (read === 'eventually') throw new Conflict(['what was read a moment ago']);
}
