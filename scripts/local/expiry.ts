import { setTimeout as wait } from 'node:timers/promises';
import { DeleteItemCommand, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import type { Clock } from './clock.ts';

/** A table whose items expire. */
export interface Expiring {
  table: string;
  attribute: string;
  keys: string[];
}

/** Milliseconds. */
const SOONEST = 60_000;
/** To look through a table takes the embedded one seconds when it is large, and all others wait: a hundredth of the time is theirs. */
const REST = 100;

/** How long to rest after a sweep that took so long. Milliseconds, both. */
export const restAfter = (took: number): number => Math.max(SOONEST, REST * took);

/**
 * Deletes what has expired, a minute from now and then again and again: now and then only, as time to live promises no more.
 * Stops once it is told to.
 */
export async function keepSwept(
  client: DynamoDBClient,
  expiring: readonly Expiring[],
  clock: Pick<Clock, 'now'>,
  signal: AbortSignal,
): Promise<void> {
  let took = 0;
  for (;;) {
    const stopped = await wait(restAfter(took), false, { signal, ref: false }).catch(() => true);
    if (stopped) return;
    const began = performance.now();
    for (const each of expiring) await sweep(client, each, clock, signal).catch(() => undefined);
    took = performance.now() - began;
  }
}

/** Deletes what has expired by the simulated clock, as time to live would (the embedded table takes it but deletes nothing). */
export async function sweep(
  client: DynamoDBClient,
  { table, attribute, keys }: Expiring,
  clock: Pick<Clock, 'now'>,
  abortSignal?: AbortSignal,
): Promise<void> {
  const now = String(Math.floor(clock.now().getTime() / 1000));
  const expired = {
    ExpressionAttributeNames: { '#expires': attribute },
    ExpressionAttributeValues: { ':now': { N: now } },
  };
  const looked = { TableName: table, FilterExpression: '#expires <= :now', ...expired };
  for await (const { Items = [] } of paginateScan({ client }, looked, { abortSignal })) {
    for (const item of Items) {
      const Key = Object.fromEntries(keys.flatMap((key) => (item[key] ? [[key, item[key]]] : [])));
      // Whoever wrote it again meanwhile keeps it.
      const unlessRenewed = { ConditionExpression: '#expires <= :now', ...expired };
      const deletion = new DeleteItemCommand({ TableName: table, Key, ...unlessRenewed });
      await client.send(deletion, { abortSignal }).catch(ignoreRenewed);
    }
  }
}

function ignoreRenewed(error: unknown): void {
  if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
}
