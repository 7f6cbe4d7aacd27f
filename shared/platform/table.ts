import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { patient } from './client.ts';
import { environment, required } from './environment.ts';

/** The primary key of an item. */
export interface Key {
  pk: string;
  sk: string;
}

/** An item as it lies in the table. */
export type Item = Key & Record<string, unknown>;

/** The one table and the client that reaches it. */
export interface Table {
  readonly name: string;
  readonly client: DynamoDBDocumentClient;
}

let connected: Table | undefined;

/** The table named by this function's environment; connected once per process. Each call: 1 s to connect, 4 s to answer, 6 tries. */
export function table(): Table {
  if (!connected) {
    const { TABLE_NAME } = environment({ TABLE_NAME: required });
    const client = new DynamoDBClient(patient({ answer: 4000, tries: 6 }));
    // It makes a copy of all that is asked and answered, for a log that nobody keeps: a fiftieth of a function's time.
    client.middlewareStack.remove('loggerMiddleware');
    connected = {
      name: TABLE_NAME,
      client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    };
  }
  return connected;
}

const unavailable = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionCanceledException',
  'InternalServerError',
  'ServiceUnavailable',
  'TimeoutError',
]);

/** Whether an error says that the table is too busy, or not there for the moment: nothing is wrong with what was asked. */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof Error && (unavailable.has(error.name) || ('code' in error && /^E[A-Z]+$/.test(String(error.code))));

/** How items are read: as they are, or, at half the cost, as they were a moment ago. */
export type Read = 'strongly' | 'eventually';

/** One item, or undefined. */
export async function get(from: Table, key: Key, read: Read = 'strongly'): Promise<Item | undefined> {
  const { Item: item } = await from.client.send(
    new GetCommand({ TableName: from.name, Key: { pk: key.pk, sk: key.sk }, ConsistentRead: read === 'strongly' }),
  );
  return item as Item | undefined;
}

/** The items of these keys that exist, in no certain order; any number of keys, repeats allowed. */
export async function getMany(from: Table, keys: readonly Key[], read: Read = 'strongly'): Promise<Item[]> {
  const ConsistentRead = read === 'strongly';
  const distinct = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, { pk: key.pk, sk: key.sk }])).values()];
  const found: Item[] = [];
  let waiting = distinct;
  while (waiting.length > 0) {
    const { Responses, UnprocessedKeys } = await from.client.send(
      new BatchGetCommand({ RequestItems: { [from.name]: { Keys: waiting.slice(0, 100), ConsistentRead } } }),
    );
    found.push(...((Responses?.[from.name] ?? []) as Item[]));
    waiting = [...((UnprocessedKeys?.[from.name]?.Keys ?? []) as Key[]), ...waiting.slice(100)];
  }
  return found;
}

/** What to read of one partition. */
export interface Range {
  pk: string;
  /** Only sort keys that begin so. */
  begins?: string;
  /** Only sort keys before this one. */
  before?: string;
  /** Only sort keys after this one. */
  after?: string;
  newestFirst?: boolean;
  limit?: number;
}

/** The items of one partition, strongly read, page after page until done or `limit` is reached. */
export async function query(from: Table, range: Range): Promise<Item[]> {
  const names: Record<string, string> = { '#pk': 'pk' };
  const values: Record<string, string> = { ':pk': range.pk };
  let condition = '#pk = :pk';
  if (range.begins !== undefined) {
    condition += ' AND begins_with(#sk, :sk)';
    names['#sk'] = 'sk';
    values[':sk'] = range.begins;
  } else if (range.before !== undefined || range.after !== undefined) {
    condition += range.before === undefined ? ' AND #sk > :sk' : ' AND #sk < :sk';
    names['#sk'] = 'sk';
    values[':sk'] = range.before ?? range.after ?? '';
  }
  return pages(from, range.limit, {
    KeyConditionExpression: condition,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
    ConsistentRead: true,
    ScanIndexForward: !range.newestFirst,
  });
}

/** The items of one partition whose sort keys lie from … to, both included; strongly read. */
export const querySpan = (from: Table, span: { pk: string; from: string; to: string }): Promise<Item[]> =>
  pages(from, undefined, {
    KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
    ExpressionAttributeValues: { ':pk': span.pk, ':from': span.from, ':to': span.to },
    ConsistentRead: true,
  });

/** What to read of one partition of an index. At most one bound on the sort value: before and after exclude it, upTo includes it. */
export interface IndexRange {
  index: { name: string; partition: string; sort: string };
  pk: string;
  before?: string | undefined;
  after?: string | undefined;
  upTo?: string | undefined;
  newestFirst?: boolean;
  limit: number;
}

/** The entries of one partition of an index: keys, and the sort value. Indexes lag behind the table: check what you read. */
export async function queryIndex(from: Table, range: IndexRange): Promise<Item[]> {
  const { index, before, after, upTo } = range;
  const bound = before ?? after ?? upTo;
  const operator = before !== undefined ? '<' : after !== undefined ? '>' : '<=';
  return pages(from, range.limit, {
    IndexName: index.name,
    KeyConditionExpression: `#pk = :pk${bound === undefined ? '' : ` AND #sort ${operator} :bound`}`,
    ExpressionAttributeNames: { '#pk': index.partition, ...(bound === undefined ? {} : { '#sort': index.sort }) },
    ExpressionAttributeValues: { ':pk': range.pk, ...(bound === undefined ? {} : { ':bound': bound }) },
    ScanIndexForward: !range.newestFirst,
  });
}

/** What to read of one partition of an index: sort values from … to, both included. */
export interface IndexSpan {
  index: IndexRange['index'];
  pk: string;
  from: string;
  to: string;
}

const spanOf = ({ index, pk, from, to }: IndexSpan) => ({
  IndexName: index.name,
  KeyConditionExpression: '#pk = :pk AND #sort BETWEEN :from AND :to',
  ExpressionAttributeNames: { '#pk': index.partition, '#sort': index.sort },
  ExpressionAttributeValues: { ':pk': pk, ':from': from, ':to': to },
});

/** How many items there are in a span of an index. */
export async function countIndex(from: Table, span: IndexSpan): Promise<number> {
  let count = 0;
  let start: Record<string, unknown> | undefined;
  do {
    const page: QueryCommandOutput = await from.client.send(
      new QueryCommand({
        TableName: from.name,
        ...spanOf(span),
        Select: 'COUNT',
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    count += page.Count ?? 0;
    start = page.LastEvaluatedKey;
  } while (start);
  return count;
}

/** The keys in a span of an index, with the sort value. */
export const spanIndex = (from: Table, span: IndexSpan): Promise<Item[]> => pages(from, undefined, spanOf(span));

/** The three indexes: lists for people, a rep's leads, and what falls due. */
export const indexes = {
  list: { name: 'byList', partition: 'list', sort: 'sort' },
  owner: { name: 'byOwner', partition: 'owner', sort: 'sort' },
  due: { name: 'byDue', partition: 'due', sort: 'dueAt' },
} as const;

async function pages(
  from: Table,
  limit: number | undefined,
  input: Omit<QueryCommandInput, 'TableName'>,
): Promise<Item[]> {
  const found: Item[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await from.client.send(
      new QueryCommand({
        ...input,
        TableName: from.name,
        ...(limit === undefined ? {} : { Limit: limit - found.length }),
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    found.push(...((page.Items ?? []) as Item[]));
    start = page.LastEvaluatedKey;
  } while (start && (limit === undefined || found.length < limit));
  return found;
}
