import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, inject } from 'vitest';
import { identities, nameOf, standsInFor } from '../scripts/local/identities.ts';
import { ensureTable, startTableServer, type TableServer, tableInput } from '../scripts/local/table.ts';
import { readTemplate } from '../scripts/local/template.ts';
import type { Table } from '../shared/platform/table.ts';
import { table } from '../shared/platform/table.ts';

/** A fresh, empty table on the real embedded server for the tests of a file, made as the template says. */
export function useRealTable(): { table: () => Table } {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-'));
  let server: TableServer | undefined;

  beforeAll(async () => {
    server = await startTableServer(dataDir, undefined);
    const template = await readTemplate(
      inject('assembly'),
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
    Object.assign(process.env, {
      TABLE_NAME: name,
      AWS_ENDPOINT_URL_DYNAMODB: server.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
  });

  afterAll(async () => {
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  return { table };
}
