import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { patient } from '../../../shared/platform/client.ts';

let server: Server;
let asked = 0;

/** A table that answers as it is told, or never. */
async function tableThat(answer: ((time: number) => { status: number; body: unknown }) | undefined) {
  asked = 0;
  server = createServer((_, response) => {
    asked += 1;
    if (!answer) return;
    const { status, body } = answer(asked);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return new DynamoDBClient({
    ...patient({ answer: 200, tries: 3 }),
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
}

describe('a patient client', () => {
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('gives up on a service that takes a call and never answers it', async () => {
    const client = await tableThat(undefined);
    await expect(client.send(new ListTablesCommand({}))).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(asked).toBe(3);
  });

  it('tries again when it is throttled', async () => {
    const throttled = { status: 400, body: { __type: 'ThrottlingException', message: 'slowly' } };
    const client = await tableThat((time) => (time < 3 ? throttled : { status: 200, body: { TableNames: ['leads'] } }));
    expect(await client.send(new ListTablesCommand({}))).toMatchObject({ TableNames: ['leads'] });
    expect(asked).toBe(3);
  });

  it('does not repeat what is refused for what it asks', async () => {
    const client = await tableThat(() => ({ status: 400, body: { __type: 'ValidationException', message: 'no' } }));
    await expect(client.send(new ListTablesCommand({}))).rejects.toMatchObject({ name: 'ValidationException' });
    expect(asked).toBe(1);
  });
});
