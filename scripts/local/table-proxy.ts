import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Reply } from './backplane.ts';
import { DELAY, type Faults } from './faults.ts';
import type { WireItem } from './item-size.ts';
import type { Meter } from './meter.ts';
import { Past } from './past.ts';

type Json = Record<string, unknown>;

/** How an item was written. */
export interface Written {
  inTransaction: boolean;
  /** The step whose SDK named itself in its user agent. */
  step: string | undefined;
}

/** Stands before the table: meters what handlers read, makes faults, and says when something was written. */
export interface TableProxy {
  readonly handle: (headers: Record<string, string>, body: Buffer) => Promise<Reply>;
  /** An item was written, and this it was before. Says how: in a transaction, and by which step. */
  readonly wrote: (table: string, keys: WireItem, before: WireItem | undefined) => Written;
}

const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems', 'BatchWriteItem']);
const amzJson = { 'content-type': 'application/x-amz-json-1.0' };

const refusal = (status: number, type: string, message: string, more: Json = {}): Reply => ({
  status,
  headers: amzJson,
  body: Buffer.from(JSON.stringify({ __type: type, message, ...more })),
});

const service = 'com.amazonaws.dynamodb.v20120810#';

/** The step whose SDK asks: it names itself in its user agent. */
export const stepOf = (headers: Record<string, string>): string | undefined =>
  /\bapp\/([\w-]+?)(?:-PT-|\s|$)/.exec(headers['user-agent'] ?? '')?.[1];

/** A proxy before the table's endpoint. `written` is called after each write that went through. */
export function tableProxy(endpoint: string, faults: Faults, meter: Meter, written: () => void): TableProxy {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const noted = new Map<string, Written[]>();
  const past = new Past();

  async function handle(headers: Record<string, string>, body: Buffer): Promise<Reply> {
    const operation = (headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const made = await fault(operation, body);
    if (made) return made;
    const step = stepOf(headers);
    const isWrite = writes.has(operation);
    meter.called(step, isWrite ? 'tableWrite' : 'tableRead');
    // Noted before it is made: the stream may tell of it before its answer is here.
    const asked = isWrite ? note(operation, body, step) : undefined;
    const reply = await forward(endpoint, agent, headers, body);
    if (reply.status !== 200) asked?.refused();
    else if (!isWrite) return read(operation, body, reply, step);
    if (isWrite) written();
    return reply;
  }

  /** Meters a read. One that is not strong may be answered from a moment ago. */
  function read(operation: string, asked: Buffer, reply: Reply, step: string | undefined): Reply {
    const question = JSON.parse(asked.toString('utf8')) as Json;
    const answer = JSON.parse(reply.body.toString('utf8')) as Json;
    account(operation, question, answer, step);
    const stale = past.answer(operation, question, answer);
    if (!stale || !faults.strike('table', ['stale'])) return reply;
    const { 'content-length': length, 'x-amz-crc32': sum, ...headers } = reply.headers;
    return { ...reply, headers, body: Buffer.from(JSON.stringify(stale)) };
  }

  async function fault(operation: string, body: Buffer): Promise<Reply | undefined> {
    const kinds = ['throttle', 'error', 'delay'] as const;
    const transaction = operation === 'TransactWriteItems';
    const kind = faults.strike('table', transaction ? [...kinds, 'conflict'] : kinds);
    if (kind === 'throttle')
      return refusal(400, `${service}ProvisionedThroughputExceededException`, 'throttled on purpose');
    if (kind === 'error') return refusal(500, `${service}InternalServerError`, 'failed on purpose');
    if (kind === 'delay') await wait(DELAY);
    if (kind !== 'conflict') return undefined;
    const { TransactItems = [] } = JSON.parse(body.toString('utf8')) as { TransactItems?: unknown[] };
    return refusal(400, `${service}TransactionCanceledException`, 'conflict made on purpose', {
      CancellationReasons: TransactItems.map(() => ({ Code: 'TransactionConflict', Message: 'on purpose' })),
    });
  }

  function account(operation: string, question: Json, answer: Json, step: string | undefined): void {
    const strongly = question.ConsistentRead === true;
    if (operation === 'GetItem') meter.readByKey([answer.Item as WireItem | undefined], strongly, step);
    else if (operation === 'Query' || operation === 'Scan')
      meter.readByQuery((answer.Items ?? []) as WireItem[], strongly, step);
    else if (operation === 'BatchGetItem') {
      for (const [name, { Keys, ConsistentRead }] of Object.entries(
        question.RequestItems as Record<string, { Keys: unknown[]; ConsistentRead?: boolean }>,
      )) {
        const found = (answer.Responses as Record<string, WireItem[]> | undefined)?.[name] ?? [];
        const missing = Array.from({ length: Math.max(0, Keys.length - found.length) }, () => undefined);
        meter.readByKey([...found, ...missing], ConsistentRead === true, step);
      }
    }
  }

  function note(operation: string, asked: Buffer, step: string | undefined): { refused: () => void } {
    type Write = { TableName: string; Key?: WireItem; Item?: WireItem };
    const question = JSON.parse(asked.toString('utf8')) as Write & { TransactItems?: Record<string, Write>[] };
    const inTransaction = operation === 'TransactWriteItems';
    const written = inTransaction ? (question.TransactItems ?? []).flatMap((each) => Object.values(each)) : [question];
    const names = written.flatMap(({ TableName, Key, Item }) => {
      const keys = Key ?? Item;
      return keys ? [keyOf(TableName, keys)] : [];
    });
    const how: Written = { inTransaction, step };
    for (const name of names) noted.set(name, [...(noted.get(name) ?? []), how]);
    return {
      refused: () => {
        for (const name of names) forget(name, how);
        meter.refused(names.length, inTransaction, step);
      },
    };
  }

  function forget(name: string, how: Written): void {
    const rest = (noted.get(name) ?? []).filter((each) => each !== how);
    if (rest.length > 0) noted.set(name, rest);
    else noted.delete(name);
  }

  return {
    handle,
    wrote: (table, keys, before) => {
      past.wrote(table, keys, before);
      const name = keyOf(table, keys);
      const [first] = noted.get(name) ?? [];
      if (first) forget(name, first);
      return first ?? { inTransaction: false, step: undefined };
    },
  };
}

const keyOf = (table: string, item: WireItem): string =>
  `${table}/${JSON.stringify(item.pk ?? null)}/${JSON.stringify(item.sk ?? null)}`;

/** Passes a request on over kept-alive connections. @throws when nobody answers within 30 s, or when the signal is given */
export function forward(
  endpoint: string,
  agent: Agent,
  headers: Record<string, string>,
  body: Buffer,
  signal?: AbortSignal,
): Promise<Reply> {
  const { host, connection, 'content-length': length, ...passed } = headers;
  return new Promise((resolve, reject) => {
    const sent = request(
      endpoint,
      { method: 'POST', agent, headers: { ...passed, 'content-length': body.length }, timeout: 30_000, signal },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 500,
            headers: Object.fromEntries(
              Object.entries(answer.headers)
                .filter(([name]) => !['connection', 'transfer-encoding', 'content-length', 'keep-alive'].includes(name))
                .map(([name, value]) => [name, String(value)]),
            ),
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error('no answer within 30 s')));
    sent.end(body);
  });
}
