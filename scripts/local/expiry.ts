import { DeleteItemCommand, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import type { Clock } from './clock.ts';

/** A table whose items expire. */
export interface Expiring {
  table: string;
  attribute: string;
  keys: string[];
}

/** Deletes what has expired by the simulated clock, as time to live would (the embedded table takes it but deletes nothing). */
export async function sweep(
  client: DynamoDBClient,
  { table, attribute, keys }: Expiring,
  clock: Clock,
): Promise<number> {
  let deleted = 0;
  const now = String(Math.floor(clock.now().getTime() / 1000));
  const pages = paginateScan(
    { client },
    {
      TableName: table,
      FilterExpression: '#expires <= :now',
      ExpressionAttributeNames: { '#expires': attribute },
      ExpressionAttributeValues: { ':now': { N: now } },
    },
  );
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      const Key = Object.fromEntries(keys.flatMap((key) => (item[key] ? [[key, item[key]]] : [])));
      await client.send(
        new DeleteItemCommand({
          TableName: table,
          Key,
          ConditionExpression: '#expires <= :now',
          ExpressionAttributeNames: { '#expires': attribute },
          ExpressionAttributeValues: { ':now': { N: now } },
        }),
      );
      deleted += 1;
    }
  }
  return deleted;
}
