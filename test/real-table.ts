import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll } from 'vitest';
import { identities, nameOf, standsInFor } from '../scripts/local/identities.ts';
import { onLoopback } from '../scripts/local/loopback.ts';
import { ensureTable, startTableServer, type TableServer, tableInput } from '../scripts/local/table.ts';
import { readTemplate } from '../scripts/local/template.ts';
import type { Table } from '../shared/platform/table.ts';
import { table } from '../shared/platform/table.ts';
import { synthesized } from './synthesized.ts';

/** A fresh, empty table and bucket on the real embedded servers for the tests of a file, made as the template says. */
export function useRealTable(): { table: () => Table } {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-'));
  let server: TableServer | undefined;
  let objects: FauxqsServer | undefined;

  beforeAll(async () => {
    // Files share an endpoint that is named (DYNAMODB_ENDPOINT), and tell their tables apart by the key.
    const key = process.env.DYNAMODB_ENDPOINT === undefined ? 'local' : randomBytes(8).toString('hex');
    process.env.AWS_ACCESS_KEY_ID = key;
    server = await startTableServer(dataDir);
    const template = await readTemplate(
      await synthesized(),
      standsInFor,
      identities({ url: () => '', backplane: () => '' }),
    );
    const [resource] = template.ofType('AWS::DynamoDB::Table');
    if (!resource) throw new Error('the template holds no table');
    const name = nameOf(resource, template.resolve);
    await ensureTable(
      server.client,
      tableInput(name, template.resolve(resource.properties) as Record<string, unknown>),
    );
    objects = await onLoopback(() => startFauxqs({ port: 0, logger: false }));
    objects.createBucket('files');
    Object.assign(process.env, {
      BUCKET_NAME: 'files',
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${objects.port}`,
      TABLE_NAME: name,
      AWS_ENDPOINT_URL_DYNAMODB: server.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
  });

  afterAll(async () => {
    await server?.stop();
    await objects?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  return { table };
}
