import http, { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asked, callThrough } from '../../../scripts/local/calls.ts';

const { port1, port2 } = new MessageChannel();
const plain = http.request;
const heard: Asked[] = [];
/** What becomes of a request: it is answered so, or never. */
let answer: { status: number; body: string } | undefined;
const elsewhere = createServer((_, response) => response.end('{"TableNames":["elsewhere"]}'));

const clientAt = (endpoint: string) =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: { requestTimeout: 200, throwOnRequestTimeout: true },
  });
const standIn = clientAt('http://127.0.0.1:9/dynamodb');

beforeAll(async () => {
  port1.on('message', (asked: Asked) => {
    heard.push(asked);
    if (answer)
      port1.postMessage({ ...answer, id: asked.id, headers: { 'content-type': 'application/x-amz-json-1.0' } });
  });
  callThrough(port2, new URL('http://127.0.0.1:9'));
  await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done));
});

afterAll(() => {
  Object.assign(http, { request: plain });
  port1.close();
  elsewhere.closeAllConnections();
  elsewhere.close();
});

describe('a thread’s calls', () => {
  it('reach the stand-ins through the port, as the SDK made them, each with its own answer', async () => {
    answer = { status: 200, body: '{"TableNames":["leads","报价"]}' };
    heard.length = 0;
    const answered = await Promise.all([1, 2, 3].map((Limit) => standIn.send(new ListTablesCommand({ Limit }))));
    expect(answered.map(({ TableNames }) => TableNames)).toEqual(Array(3).fill(['leads', '报价']));
    expect(heard.map(({ body }) => JSON.parse(body))).toEqual([{ Limit: 1 }, { Limit: 2 }, { Limit: 3 }]);
    expect(heard[0]).toMatchObject({ path: '/dynamodb/' });
    expect(heard[0]?.headers).toMatchObject({ 'x-amz-target': 'DynamoDB_20120810.ListTables' });
  });

  it('fail as the service says', async () => {
    answer = { status: 400, body: '{"__type":"ValidationException","message":"no"}' };
    await expect(standIn.send(new ListTablesCommand({}))).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('end by their time-out when nobody answers', async () => {
    answer = undefined;
    await expect(standIn.send(new ListTablesCommand({}))).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('to anybody else go as they always did', async () => {
    heard.length = 0;
    const other = clientAt(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`);
    expect(await other.send(new ListTablesCommand({}))).toMatchObject({ TableNames: ['elsewhere'] });
    expect(heard).toEqual([]);
  });
});
