import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { indexStream } from './stream-index.ts';

/** A DynamoDB endpoint: the embedded one, or any other that is named. */
export interface TableServer {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
}

const PID_FILE = 'table.pid';
const DATA_FILE = 'table.db';
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** A port that is free now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const clientAt = (endpoint: string) =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { ...CREDENTIALS, accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? CREDENTIALS.accessKeyId },
    maxAttempts: 3,
  });

/**
 * Starts dynoxide (a DynamoDB in one small binary, on SQLite), with its data in the folder.
 * @param lost told why, when it ends though nobody stopped it
 */
export async function startTableServer(
  dataDir: string,
  named = process.env.DYNAMODB_ENDPOINT,
  lost: (why: string) => void = () => undefined,
): Promise<TableServer> {
  if (named) {
    const client = clientAt(named);
    return { endpoint: named, client, stop: async () => client.destroy() };
  }
  mkdirSync(dataDir, { recursive: true });
  const binary = embeddedBinary();
  const file = join(dataDir, DATA_FILE);
  await endOrphan(dataDir);
  const port = await freePort();
  const child = spawn(binary, ['serve', '--port', String(port), '--db-path', file], { stdio: 'ignore' });
  writeFileSync(join(dataDir, PID_FILE), `${child.pid} ${process.pid}`);
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint, child);
  const told = (code: number | null, signal: NodeJS.Signals | null) =>
    lost(`the table's server (process ${child.pid}) ended with ${signal ?? code}`);
  child.once('exit', told);
  indexStream(file);
  const client = clientAt(endpoint);
  return {
    endpoint,
    client,
    stop: async (signal = 'SIGTERM') => {
      client.destroy();
      child.off('exit', told);
      await ended(child, signal);
    },
  };
}

function embeddedBinary(): string {
  try {
    return createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  } catch (error) {
    const why = 'the embedded table runs on Linux x64; elsewhere name a DynamoDB endpoint in DYNAMODB_ENDPOINT';
    throw new Error(why, { cause: error });
  }
}

/**
 * Ends a server that a killed runtime left behind on the same data: two of them would not see each other's writes.
 * @throws when the runtime that started it still runs
 */
export async function endOrphan(dataDir: string): Promise<void> {
  const file = join(dataDir, DATA_FILE);
  const [pid = Number.NaN, starter] = (textIn(join(dataDir, PID_FILE)) ?? '').split(' ').map(Number);
  const isOurs = () => textIn(`/proc/${pid}/cmdline`)?.split('\0').includes(file) ?? false;
  if (!isOurs()) return;
  // Who outlives its parent is given another.
  if (parentOf(pid) === starter)
    throw new Error(`process ${starter} runs on ${dataDir} already; stop it, or name another folder in DATA_DIR`);
  process.kill(pid, 'SIGKILL');
  while (isOurs()) await wait(10);
}

function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const parentOf = (pid: number): number | undefined => {
  const [, parent] = /^PPid:\s*(\d+)$/m.exec(textIn(`/proc/${pid}/status`) ?? '') ?? [];
  return parent === undefined ? undefined : Number(parent);
};

async function answering(endpoint: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`the table's server ended with ${child.exitCode}`);
    const up = await fetch(endpoint, { signal: AbortSignal.timeout(1000) }).then(
      () => true,
      () => false,
    );
    if (up) return;
    await wait(25);
  }
  throw new Error('the table’s server does not answer');
}

const ended = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill(signal);
  });

/** A table with our keys and nothing beside them: for measuring and trying out. */
export const bareTable = (TableName: string): CreateTableCommandInput => ({
  TableName,
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
});

/** Creates a table unless it is there, and gives the ARN of its stream, if it has one. */
export async function ensureTable(client: DynamoDBClient, input: CreateTableCommandInput): Promise<string | undefined> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: input.TableName }));
    return Table?.LatestStreamArn;
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  const { TableDescription } = await client.send(new CreateTableCommand(input));
  return TableDescription?.LatestStreamArn;
}

/** What `CreateTable` wants, of a table of the template. */
export function tableInput(name: string, properties: Record<string, unknown>): CreateTableCommandInput {
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, StreamSpecification } =
    properties as unknown as CreateTableCommandInput;
  return {
    TableName: name,
    KeySchema,
    AttributeDefinitions,
    BillingMode: 'PAY_PER_REQUEST',
    ...(GlobalSecondaryIndexes
      ? {
          GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(({ IndexName, KeySchema: keys, Projection }) => ({
            IndexName,
            KeySchema: keys,
            Projection,
          })),
        }
      : {}),
    ...(StreamSpecification
      ? { StreamSpecification: { StreamEnabled: true, StreamViewType: StreamSpecification.StreamViewType } }
      : {}),
  };
}
