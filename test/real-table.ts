import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll } from 'vitest';
import { identities, nameOf, standsInFor } from '../scripts/local/identities.ts';
import { onLoopback } from '../scripts/local/loopback.ts';
import { ensureTable, startTableServer, type TableServer, tableInput } from '../scripts/local/table.ts';
import { readTemplate } from '../scripts/local/template.ts';
import type { Table } from '../shared/platform/table.ts';
import { table } from '../shared/platform/table.ts';
import { synthesized } from './synthesized.ts';

/** The embedded server, or the one that is named (DYNAMODB_ENDPOINT): files share that, and tell their tables apart by the key. */
function embedded(dataDir: string): Promise<TableServer> {
  process.env.AWS_ACCESS_KEY_ID =
    process.env.DYNAMODB_ENDPOINT === undefined ? 'local' : randomBytes(8).toString('hex');
  return startTableServer(dataDir);
}

/** The tables of the AWS account whose credentials are in the environment. */
function ofAccount(): TableServer {
  const client = new DynamoDBClient({});
  return { endpoint: '', client, stop: async () => client.destroy() };
}

/**
 * A fresh, empty table and bucket on the real embedded servers for the tests of a file, made as the template says. Where
 * `CONFORMANCE_PREFIX` is set, the table is one of an AWS account, under a name that begins so, and is deleted at the end.
 */
export function useRealTable(): { table: () => Table } {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-'));
  let server: TableServer | undefined;
  let objects: FauxqsServer | undefined;
  let made: string | undefined;
  const prefix = process.env.CONFORMANCE_PREFIX;

  beforeAll(async () => {
    server = prefix === undefined ? await embedded(dataDir) : ofAccount();
    const template = await readTemplate(
      await synthesized(),
      standsInFor,
      identities({ url: () => '', backplane: () => '' }),
    );
    const [resource] = template.ofType('AWS::DynamoDB::Table');
    if (!resource) throw new Error('the template holds no table');
    const own = nameOf(resource, template.resolve);
    const name = prefix === undefined ? own : `${prefix}-${randomBytes(6).toString('hex')}`;
    made = name;
    await ensureTable(
      server.client,
      tableInput(name, template.resolve(resource.properties) as Record<string, unknown>),
    );
    await waitUntilTableExists({ client: server.client, maxWaitTime: 60, minDelay: 1 }, { TableName: name });
    objects = await onLoopback(() => startFauxqs({ port: 0, logger: false }));
    objects.createBucket('files');
    Object.assign(process.env, {
      BUCKET_NAME: 'files',
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${objects.port}`,
      TABLE_NAME: name,
      ...(prefix === undefined
        ? { AWS_ENDPOINT_URL_DYNAMODB: server.endpoint, AWS_REGION: 'us-east-1', AWS_SECRET_ACCESS_KEY: 'local' }
        : {}),
    });
  });

  afterAll(async () => {
    if (prefix !== undefined && made !== undefined)
      await server?.client.send(new DeleteTableCommand({ TableName: made }));
    await server?.stop();
    await objects?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  return { table };
}
