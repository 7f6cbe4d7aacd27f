import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepSwept, restAfter, sweep } from '../../../scripts/local/expiry.ts';
import { monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const clock = { now: () => monday };
const seconds = Math.floor(monday.getTime() / 1000);
const expiring = () => ({ table: table().name, attribute: 'expiresAt', keys: ['pk', 'sk'] });

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
    for (const Item of items) await table().client.send(new PutCommand({ TableName: table().name, Item }));

    await sweep(new DynamoDBClient({}), expiring(), clock);

    expect(await left()).toEqual(['in-a-second', 'never']);
  });

  it('is no longer looked for when the runtime ends, be it in the middle', async () => {
    const client = new DynamoDBClient({});
    const stopping = new AbortController();
    const swept = keepSwept(client, [expiring()], clock, stopping.signal);
    stopping.abort();
    await swept;
    await expect(sweep(client, expiring(), clock, stopping.signal)).rejects.toThrow('abort');
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
