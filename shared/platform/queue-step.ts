import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { ChangeMessageVisibilityCommand, GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import type { AnyEventContract, EventOf } from '../../events/contract.ts';
import { patient } from './client.ts';
import { now } from './clock.ts';
import { environment, required } from './environment.ts';
import { log } from './log.ts';
import { quarantine } from './quarantine.ts';
import { type Table, table } from './table.ts';

/**
 * Not done yet, by plan: the message comes back after `seconds`. Anything else thrown comes back after the queue's own time-out. Either
 * way it is one of the times that the queue hands it over.
 */
export class TryAgain extends Error {
  override readonly name = 'TryAgain';
  readonly seconds: number;
  constructor(seconds: number) {
    super(`again in ${seconds} s`);
    this.seconds = seconds;
  }
}

/** What every step is given beside its event: the table and the time at which the event is dealt with. */
export interface StepContext {
  readonly table: Table;
  readonly now: () => Date;
  /** The message need not come again: what fails now may become a dead letter. */
  readonly lastTry: boolean;
  /** How often the message has been handed over, this time among them. */
  readonly attempt: number;
}

/** A message that failed this often becomes a dead letter, where its queue is not made to hand it over more often. */
const MOST_RECEIVES = 3;

/** An event off the bus, with its type so that a step woken by several can tell them apart. */
export type Received<C> = C extends AnyEventContract ? { type: C['type']; detail: EventOf<C> } : never;

/** EventBridge's envelope as SQS hands it over. */
const envelope = z.object({ 'detail-type': z.string(), detail: z.record(z.string(), z.unknown()) });

/** The event in a queue message's body. @throws Error that says what is wrong with it, quoting none of its values */
export function understand<C extends AnyEventContract>(contracts: readonly C[], body: string): Received<C> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new Unreadable('body is not JSON');
  }
  const read = envelope.safeParse(json);
  if (!read.success) throw new Unreadable('not an event of the bus');
  const contract = contracts.find((candidate) => candidate.type === read.data['detail-type']);
  if (!contract) throw new Unreadable('an event this step does not know');
  const detail = contract.schema.safeParse(read.data.detail);
  if (!detail.success) {
    const paths = detail.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new Unreadable(`${contract.type} with wrong fields: ${paths}`);
  }
  return { type: contract.type, detail: detail.data } as Received<C>;
}

/** A message that no retry will make readable. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

let connected: SQSClient | undefined;

function queues(): SQSClient {
  // A queue's URL is its name, not where to ask: locally they differ, and the SDK would warn at each call.
  connected ??= new SQSClient({ ...patient({ answer: 3000, tries: 3 }), useQueueUrlAsEndpoint: false });
  return connected;
}

const urls = new Map<string, string | undefined>();

/** The queue that a message came from: the step's own, or (of dead letters) one of other steps'. */
async function queueOf({ eventSourceARN }: SQSRecord): Promise<string | undefined> {
  if (process.env.QUEUE_URL) return process.env.QUEUE_URL;
  if (!urls.has(eventSourceARN)) {
    const [, , , , QueueOwnerAWSAccountId, QueueName] = eventSourceARN.split(':');
    const { QueueUrl } = await queues().send(new GetQueueUrlCommand({ QueueName, QueueOwnerAWSAccountId }));
    urls.set(eventSourceARN, QueueUrl);
  }
  return urls.get(eventSourceARN);
}

async function postpone(record: SQSRecord, seconds: number): Promise<void> {
  await queues().send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: await queueOf(record),
      ReceiptHandle: record.receiptHandle,
      VisibilityTimeout: Math.ceil(seconds),
    }),
  );
}

/** Puts an event into this step's own queue, past bus and table. @throws the SDK's error when it could not */
export async function sendToSelf(event: { type: string; detail: object }): Promise<void> {
  const { QUEUE_URL } = environment({ QUEUE_URL: required });
  const body = { source: 'leadkeeper', 'detail-type': event.type, detail: event.detail };
  await queues().send(new SendMessageCommand({ QueueUrl: QUEUE_URL, MessageBody: JSON.stringify(body) }));
}

/** How a queue step treats its batch. */
export interface QueueOptions<C extends AnyEventContract> {
  /** Dealt with in this order, one after the other (smallest first). Default: all at once. */
  readonly order?: (event: Received<C>) => number;
}

/**
 * A Lambda woken by a queue of bus events. Each message is parsed by its contract and dealt with by itself: one that cannot
 * be understood goes to quarantine with its reason, one that fails comes back alone, and the rest of the batch is done.
 */
export function queueStep<C extends AnyEventContract>(
  contracts: readonly C[],
  handle: (event: Received<C>, context: StepContext) => Promise<void>,
  options: QueueOptions<C> = {},
): (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> {
  const step = process.env.POWERTOOLS_SERVICE_NAME ?? 'unnamed';

  const one = async (record: SQSRecord): Promise<void> => {
    let event: Received<C>;
    try {
      event = understand(contracts, record.body);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      log.warn('message put into quarantine', { step, cause: error.message });
      await quarantine(
        table(),
        { quarantineId: record.messageId, step, reason: error.message, raw: record.body },
        now(),
      );
      return;
    }
    try {
      const attempt = Number(record.attributes.ApproximateReceiveCount);
      await handle(event, { table: table(), now, lastTry: attempt >= MOST_RECEIVES, attempt });
    } catch (error) {
      if (error instanceof TryAgain) await postpone(record, error.seconds);
      else log.error('message will be tried again', error, { step, type: event.type, eventId: event.detail.eventId });
      throw error;
    }
  };

  const rank = (record: SQSRecord): number => {
    try {
      return options.order?.(understand(contracts, record.body)) ?? 0;
    } catch {
      return Number.POSITIVE_INFINITY;
    }
  };

  return middy(async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const records = options.order
      ? event.Records.map((record) => ({ record, at: rank(record) }))
          .sort((a, b) => a.at - b.at)
          .map(({ record }) => record)
      : event.Records;
    return processPartialResponse({ Records: records }, one, new BatchProcessor(EventType.SQS), {
      context,
      throwOnFullBatchFailure: false,
      processInParallel: !options.order,
    });
  });
}
