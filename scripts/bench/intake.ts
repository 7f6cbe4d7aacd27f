import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { contactKeys } from '../../shared/lead/contact.ts';
import { sourceKey } from '../../shared/platform/secrets.ts';
import { startBackplane } from '../local/backplane.ts';
import { bundleIn } from '../local/functions.ts';
import { identities, nameOf, standsInFor } from '../local/identities.ts';
import { secretsManager } from '../local/secrets.ts';
import { ensureTable, startTableServer, tableInput } from '../local/table.ts';
import { readTemplate } from '../local/template.ts';
import { median } from './measure.ts';

const MASTER = 'bench-bench-bench-bench';
const SECRET = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:bench';
const CALLERS = 16;
const CALLS = 1200;
const ROUNDS = 5;

type Item = Record<string, AttributeValue>;
type Handler = (event: unknown, context: unknown) => Promise<{ statusCode: number; body: string }>;

/** A web form of somebody new, as API Gateway hands it over. */
function call(number: number): unknown {
  const body = JSON.stringify({
    contact: { name: callerOf(number), phone: phoneOf(number) },
    company: { name: COMPANY, employees: 320, industry: 'manufacturing' },
    location: { address: '江苏省苏州市工业园区星湖街328号', point: { lng: 120.73, lat: 31.26, crs: 'GCJ02' } },
    behavior: { siteSeconds: 420, pageViews: 9, downloads: 2 },
  });
  return {
    version: '2.0',
    routeKey: 'POST /leads/{source}',
    rawPath: '/leads/web',
    rawQueryString: '',
    headers: { 'content-type': 'application/json', 'x-api-key': sourceKey({ master: MASTER }, 'web') },
    pathParameters: { source: 'web' },
    requestContext: { http: { method: 'POST', path: '/leads/web', sourceIp: '127.0.0.1' }, requestId: 'bench' },
    body,
    isBase64Encoded: false,
  };
}

/** Calls a second, at {@link CALLERS} callers. */
async function rate(one: (number: number) => Promise<unknown>, first: number): Promise<number> {
  let next = first;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      while (next < first + CALLS) {
        next += 1;
        await one(next);
      }
    }),
  );
  return (CALLS * 1000) / (performance.now() - began);
}

/** How intake's own bundle, warm, compares with a handler that does nothing but the same transaction. */
export interface IntakeBench {
  leadsPerSecond: number;
  barePerSecond: number;
  /** Median of the rounds' own ratios. */
  ratio: number;
}

/** Calls the bundle of intake in this process, on the embedded table, in turn with the bare transaction. */
export async function benchIntake(assembly: string): Promise<IntakeBench> {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-bench-intake-'));
  const server = await startTableServer(dataDir, undefined);
  const secrets = secretsManager(
    dataDir,
    [{ arn: SECRET, name: 'bench', generate: undefined, value: JSON.stringify({ master: MASTER }) }],
    () => ({}),
  );
  const backplane = await startBackplane({ secrets: secrets.service });
  try {
    const template = await readTemplate(
      assembly,
      standsInFor,
      identities({ url: () => '', backplane: () => backplane.url }),
    );
    const [resource] = template.ofType('AWS::DynamoDB::Table');
    if (!resource) throw new Error('the template holds no table');
    const TableName = nameOf(resource, template.resolve);
    await ensureTable(
      server.client,
      tableInput(TableName, template.resolve(resource.properties) as Record<string, unknown>),
    );
    const intake = template.ofType('AWS::Lambda::Function').find(({ id }) => id.startsWith('intake'));
    if (!intake) throw new Error('the template holds no intake');
    const { Environment } = template.resolve(intake.properties) as {
      Environment?: { Variables?: Record<string, string> };
    };
    Object.assign(process.env, Environment?.Variables, {
      SECRET_ARN: SECRET,
      AWS_ENDPOINT_URL_DYNAMODB: server.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `${backplane.url}/secrets`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
    const { handler } = (await import(pathToFileURL(bundleIn(template.assetOf(intake), 'index')).href)) as {
      handler: Handler;
    };
    const context = { getRemainingTimeInMillis: () => 10_000 };
    const post = async (number: number): Promise<string> => {
      const { statusCode, body } = await handler(call(number), context);
      if (statusCode !== 202) throw new Error(`intake answered ${statusCode}: ${body}`);
      return (JSON.parse(body) as { leadId: string }).leadId;
    };

    const client = new DynamoDBClient({
      endpoint: server.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const leadId = await post(0);
    const written = await itemsOf(client, TableName, leadId);
    const bare = bareTransaction(client, TableName, written, leadId);

    const rounds: { ours: number; theirs: number }[] = [];
    await rate(post, 1_000_000);
    await rate(bare, 2_000_000);
    for (let round = 0; round < ROUNDS; round += 1) {
      const ours = await rate(post, 3_000_000 + round * 10_000);
      rounds.push({ ours, theirs: await rate(bare, 4_000_000 + round * 10_000) });
    }
    client.destroy();
    return {
      leadsPerSecond: Math.round(median(rounds.map(({ ours }) => ours))),
      barePerSecond: Math.round(median(rounds.map(({ theirs }) => theirs))),
      ratio: median(rounds.map(({ ours, theirs }) => ours / theirs)),
    };
  } finally {
    await backplane.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const COMPANY = '苏州精工';
/** Of one company, but each of another name: with like names they would be taken for one person. */
const callerOf = (number: number): string =>
  String.fromCodePoint(...[1, 97, 9409].map((step) => 0x4e00 + (Math.floor(number / step) % 97) * 200));
const phoneOf = (number: number): string => `+86139${String(number).padStart(8, '0')}`;
const tieOf = (phone: string): string => contactKeys({ phone })[0] ?? '';

/** What intake wrote for lead 0: all of its partition, and what ties the phone to it. */
async function itemsOf(client: DynamoDBClient, TableName: string, leadId: string): Promise<Item[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: `LEAD#${leadId}` } },
    }),
  );
  const keys = [[`CONTACT#${tieOf(phoneOf(0))}`, 'CONTACT']];
  const ties = await Promise.all(
    keys.map(([pk = '', sk = '']) =>
      client.send(new GetItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: sk } } })),
    ),
  );
  return [...Items, ...ties.flatMap(({ Item }) => (Item ? [Item] : []))];
}

/** The same items in one transaction, each on condition that it is new, and nothing else. */
function bareTransaction(client: DynamoDBClient, TableName: string, items: readonly Item[], leadId: string) {
  const pattern = JSON.stringify(items);
  return async (number: number): Promise<void> => {
    const own = JSON.parse(
      pattern
        .replaceAll(leadId, String(number).padStart(leadId.length, '0'))
        .replaceAll(tieOf(phoneOf(0)), tieOf(phoneOf(number)))
        .replaceAll(phoneOf(0), phoneOf(number)),
    ) as Item[];
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: own.map((Item) => ({
          Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
        })),
      }),
    );
  };
}
