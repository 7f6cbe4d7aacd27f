import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { startBackplane } from '../local/backplane.ts';
import { Faults } from '../local/faults.ts';
import { bundleIn } from '../local/functions.ts';
import { identities, nameOf, standsInFor } from '../local/identities.ts';
import { Meter } from '../local/meter.ts';
import { startQueues } from '../local/queues.ts';
import { secretsManager } from '../local/secrets.ts';
import { ensureTable, startTableServer, tableInput } from '../local/table.ts';
import { tableProxy } from '../local/table-proxy.ts';
import { readTemplate } from '../local/template.ts';
import { bucketNames, queueSpecs } from '../local/wiring.ts';

type Handler = (
  event: unknown,
  context: unknown,
) => Promise<{ statusCode: number; headers?: Record<string, string>; body?: string }>;
const MASTER = 'fuzz-fuzz-fuzz-fuzz-fuzz';
const SECRET = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:fuzz';

/** What a call did to the table: partitions written, and partitions of which something was found. */
export interface Traces {
  wrote: string[];
  found: string[];
}

/** The handlers of some steps, in this process, on the embedded table, whose every call is watched. */
export interface House {
  readonly secret: Record<string, string>;
  readonly handlerOf: (step: string) => Handler;
  /** Runs it, and tells what it did to the table. */
  readonly watching: <T>(work: () => Promise<T>) => Promise<{ result: T; traces: Traces }>;
  readonly has: (pk: string, sk: string) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

interface Written {
  TransactItems?: Record<string, { Item?: Keyed; Key?: Keyed }>[];
  Item?: Keyed;
  Key?: Keyed;
}
type Keyed = { pk?: { S?: string } };

/** Opens the handlers of these steps of an assembly, on a fresh table. */
export async function openHouse(assembly: string, steps: readonly string[]): Promise<House> {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-fuzz-'));
  const server = await startTableServer(dataDir);
  const secret = { master: MASTER, publicUrl: 'https://example.com' };
  const spec = { arn: SECRET, name: 'fuzz', generate: undefined, value: JSON.stringify(secret) };
  const secrets = secretsManager(dataDir, [spec], () => ({}));
  const [faults, meter] = [new Faults(), new Meter()];
  const proxy = tableProxy(server.endpoint, faults, meter, () => undefined);
  let traces: Traces = { wrote: [], found: [] };

  const watched = async (headers: Record<string, string>, body: Buffer) => {
    const reply = await proxy.handle(headers, body);
    const operation = headers['x-amz-target']?.split('.')[1] ?? '';
    const asked = JSON.parse(body.toString('utf8')) as Written;
    if (reply.status === 200 && /^(Put|Update|Delete|TransactWrite)/.test(operation)) {
      const all = asked.TransactItems?.filter((each) => !('ConditionCheck' in each)).flatMap(Object.values) ?? [asked];
      traces.wrote.push(...all.map(({ Item, Key }) => (Item ?? Key)?.pk?.S ?? '?'));
    }
    if (reply.status === 200 && operation === 'GetItem' && reply.body.includes('"Item"'))
      traces.found.push(asked.Key?.pk?.S ?? '?');
    return reply;
  };
  const backplane = await startBackplane({ secrets: secrets.service, dynamodb: watched });
  const template = await readTemplate(
    assembly,
    standsInFor,
    identities({ url: () => 'https://example.com', backplane: () => backplane.url }),
  );
  const clock = { now: () => new Date() };
  const queues = await startQueues(dataDir, queueSpecs(template), bucketNames(template), faults, meter, clock);
  const [resource] = template.ofType('AWS::DynamoDB::Table');
  if (!resource) throw new Error('the template holds no table');
  const TableName = nameOf(resource, template.resolve);
  await ensureTable(
    server.client,
    tableInput(TableName, template.resolve(resource.properties) as Record<string, unknown>),
  );

  const handlers = new Map<string, Handler>();
  for (const each of template.ofType('AWS::Lambda::Function')) {
    const { Environment } = template.resolve(each.properties) as {
      Environment?: { Variables?: Record<string, string> };
    };
    const variables = Environment?.Variables ?? {};
    const step = variables.POWERTOOLS_SERVICE_NAME ?? '';
    if (!steps.includes(step)) continue;
    Object.assign(process.env, variables, {
      POWERTOOLS_LOG_LEVEL: 'SILENT',
      SECRET_ARN: SECRET,
      AWS_ENDPOINT_URL_DYNAMODB: `${backplane.url}/dynamodb`,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `${backplane.url}/secrets`,
      AWS_ENDPOINT_URL_SQS: `${backplane.url}/sqs`,
      AWS_ENDPOINT_URL_S3: queues.objects,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
    const bundle = (await import(pathToFileURL(bundleIn(template.assetOf(each), 'index')).href)) as {
      handler: Handler;
    };
    handlers.set(step, bundle.handler);
  }
  const client = new DynamoDBClient({
    endpoint: server.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

  return {
    secret,
    handlerOf: (step) => {
      const handler = handlers.get(step);
      if (!handler) throw new Error(`the template holds no ${step}`);
      return handler;
    },
    watching: async (work) => {
      traces = { wrote: [], found: [] };
      const mine = traces;
      return { result: await work(), traces: mine };
    },
    has: async (pk, sk) => {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: sk } } }));
      return Item !== undefined;
    },
    close: async () => {
      client.destroy();
      await backplane.close();
      await queues.stop();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
