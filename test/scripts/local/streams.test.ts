import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LocalFunction } from '../../../scripts/local/functions.ts';
import { readStream, type StreamSource } from '../../../scripts/local/streams.ts';

/** A stream of numbered records in shards, one after the other. */
let shards: { id: string; numbers: number[]; ended: boolean }[];
/** What was asked of it, in order. */
let asked: string[];
/** Batches that the function was given, and those numbers that it does not deal with the first time that it comes to them. */
let given: number[][];
let fails: Set<number>;
let server: Server;
let dataDir: string;
let reader: StreamSource | undefined;

const answers: Record<string, (question: Record<string, string>) => unknown> = {
  DescribeStream: () => ({ StreamDescription: { Shards: shards.map(({ id }) => ({ ShardId: id })) } }),
  GetShardIterator: ({ ShardId, SequenceNumber = '0' }) => {
    if (!shards.some(({ id }) => id === ShardId)) throw new Error('there is no such shard');
    return { ShardIterator: `${ShardId}/${SequenceNumber}` };
  },
  GetRecords: ({ ShardIterator = '' }) => {
    const [id, after] = ShardIterator.split('/');
    const shard = shards.find((each) => each.id === id);
    if (!shard) throw new Error('there is no such shard');
    const numbers = shard.numbers.filter((number) => number > Number(after));
    const Records = numbers.map((number) => ({ dynamodb: { SequenceNumber: String(number), Keys: {} } }));
    const NextShardIterator = `${id}/${numbers.at(-1) ?? after}`;
    return { Records, ...(shard.ended ? {} : { NextShardIterator }) };
  },
};

beforeEach(async () => {
  shards = [{ id: 'one', numbers: [], ended: false }];
  asked = [];
  given = [];
  fails = new Set();
  dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-stream-'));
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    asked.push(action);
    try {
      response.end(JSON.stringify(answers[action]?.(JSON.parse(body))));
    } catch (error) {
      response.writeHead(400).end(JSON.stringify({ __type: 'ResourceNotFoundException', message: String(error) }));
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

afterEach(async () => {
  await reader?.stop();
  server.closeAllConnections();
  server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function read(): StreamSource {
  const invoke = async ({ Records }: { Records: { dynamodb: { SequenceNumber: string } }[] }) => {
    const numbers = Records.map(({ dynamodb }) => Number(dynamodb.SequenceNumber));
    given.push(numbers);
    const failed = numbers.find((number) => fails.delete(number));
    return { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: String(failed) }] };
  };
  const mapping = {
    streamArn: 'arn',
    table: 'leads',
    target: { name: 'relay', invoke } as unknown as LocalFunction,
    batchSize: 10,
    patterns: [],
    reportsFailures: true,
  };
  reader = readStream(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, dataDir, mapping, () => undefined);
  return reader;
}

/** It is written, and dealt with. */
async function write(...numbers: number[]): Promise<void> {
  shards.at(-1)?.numbers.push(...numbers);
  reader?.poke();
  await vi.waitFor(() => expect(reader?.caughtUp()).toBe(true), { timeout: 10_000 });
}

const times = (action: string): number => asked.filter((each) => each === action).length;

describe('the reader of a stream', () => {
  it('goes back to the record that failed, and hands over what came after it again, in order', async () => {
    read();
    fails = new Set([3]);
    await write(1, 2, 3, 4);
    expect(given).toEqual([
      [1, 2, 3, 4],
      [3, 4],
    ]);
  });

  it('reads nothing twice, however often it goes back', async () => {
    read();
    await vi.waitFor(() => expect(reader?.caughtUp()).toBe(true), { timeout: 10_000 });
    fails = new Set([1, 3, 5]);
    await write(1, 2, 3, 4, 5);
    expect(given.map(([first]) => first)).toEqual([1, 1, 3, 5]);
    expect(times('GetShardIterator')).toBe(1);
    expect(times('DescribeStream')).toBe(1);
    // The records once, and before and after them that there are none.
    expect(times('GetRecords')).toBeLessThanOrEqual(3);
  });

  it('goes on with the next shard when one has ended or is gone', async () => {
    read();
    await write(1);
    for (const shard of shards) shard.ended = true;
    reader?.poke();
    await vi.waitFor(() => expect(times('DescribeStream')).toBeGreaterThan(1), { timeout: 10_000 });
    shards = [{ id: 'two', numbers: [], ended: false }];
    await write(2, 3);
    shards = [{ id: 'three', numbers: [], ended: false }];
    await write(4);
    expect(given.flat()).toEqual([1, 2, 3, 4]);
  });

  it('begins where the last one had dealt with everything', async () => {
    read();
    await write(1, 2);
    await reader?.stop();
    read();
    await write(3);
    expect(given.flat()).toEqual([1, 2, 3]);
  });
});
