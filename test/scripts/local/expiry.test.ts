import { type AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepSwept, restAfter, sweep } from '../../../scripts/local/expiry.ts';
import { monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const clock = { now: () => monday };
const seconds = Math.floor(monday.getTime() / 1000);
const expiring = () => ({ table: table().name, attribute: 'expiresAt', keys: ['pk', 'sk'] });

const put = (Item: Record<string, unknown>) => table().client.send(new PutCommand({ TableName: table().name, Item }));

/** A client before whose deletions something happens. */
function clientThat(happens: (key: Record<string, unknown>) => unknown): DynamoDBClient {
  const client = new DynamoDBClient({});
  client.middlewareStack.add(
    (next) => async (args) => {
      const { Key } = args.input as { Key?: Record<string, AttributeValue> };
      if (Key) await happens(unmarshall(Key));
      return next(args);
    },
    { step: 'initialize' },
  );
  return client;
}

async function left(): Promise<unknown[]> {
  const { Items = [] } = await table().client.send(new ScanCommand({ TableName: table().name }));
  return Items.map(({ pk }) => pk).sort();
}

describe('what expires', () => {
  it('is deleted once its moment has come by the simulated clock, and all else stays', async () => {
    const items = [
      { pk: 'due-now', sk: 'x', expiresAt: seconds },
      { pk: 'long-ago', sk: 'x', expiresAt: seconds - 90 * 24 * 3600 },
      { pk: 'in-a-second', sk: 'x', expiresAt: seconds + 1 },
      { pk: 'never', sk: 'x' },
    ];
    for (const item of items) await put(item);

    await sweep(new DynamoDBClient({}), expiring(), clock);

    expect(await left()).toEqual(['in-a-second', 'never']);
  });

  it('is kept when it is written again before its turn, and what comes after it is deleted all the same', async () => {
    for (const pk of ['a', 'renewed', 'z']) await put({ pk, sk: 'x', expiresAt: seconds - 1 });

    await sweep(
      clientThat(({ pk }) => pk === 'renewed' && put({ pk, sk: 'x', expiresAt: seconds + 60 })),
      expiring(),
      clock,
    );

    expect(await left()).toEqual(['in-a-second', 'never', 'renewed']);
  });

  it('is no longer looked for when the runtime ends, be it in the middle', async () => {
    for (const pk of ['a', 'b', 'c']) await put({ pk, sk: 'x', expiresAt: seconds - 1 });
    const stopping = new AbortController();
    const client = clientThat(() => stopping.abort());

    await expect(sweep(client, expiring(), clock, stopping.signal)).rejects.toThrow('abort');
    await keepSwept(client, [expiring()], clock, stopping.signal);

    expect((await left()).filter((pk) => ['a', 'b', 'c'].includes(String(pk))).length).toBeGreaterThan(1);
  });

  it('never keeps the table busy for more than a hundredth of the time', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (took) => {
        expect(took / (took + restAfter(took))).toBeLessThan(0.01);
        expect(restAfter(took)).toBeGreaterThanOrEqual(60_000);
      }),
    );
  });
});
