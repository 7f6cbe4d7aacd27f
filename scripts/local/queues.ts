import { mkdirSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Message } from '@aws-sdk/client-sqs';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { ask } from './ask.ts';
import type { ServiceHandler } from './backplane.ts';
import type { Clock } from './clock.ts';
import { DELAY, type Faults } from './faults.ts';
import type { LocalFunction } from './functions.ts';
import { onLoopback } from './loopback.ts';
import type { Meter } from './meter.ts';
import { inNormalSync } from './normal-sync.ts';
import { escaped, sendEscaped } from './queue-text.ts';
import { forward } from './table-proxy.ts';

/** A queue as the template has it. */
export interface QueueSpec {
  name: string;
  attributes: Record<string, string>;
}

/** An event source mapping of a queue. */
export interface QueueMapping {
  queue: string;
  queueArn: string;
  target: LocalFunction;
  batchSize: number;
  reportsFailures: boolean;
  concurrency: number;
}

/**
 * How many messages of the queues with consumers are where. `waiting` are put off on purpose until later; not counted are dead letters
 * that their handler put off: they are at rest, for what failed them is not at work.
 */
export interface Backlog {
  visible: number;
  inHand: number;
  waiting: number;
}

/** The embedded queues and the mappings that empty them into functions. */
export interface Queues {
  /** The endpoint for handlers: watches which messages they put off themselves. */
  readonly service: ServiceHandler;
  /** The endpoint of the objects, which the same server keeps. */
  readonly objects: string;
  readonly send: (queue: string, body: string) => void;
  readonly consume: (mapping: QueueMapping) => void;
  readonly backlog: () => Backlog;
  /** When the next of the messages that wait comes again by the clock that all see; undefined when none waits. */
  readonly nextDue: () => Date | undefined;
  /** Lets the messages that wait until then come again now. */
  readonly release: (until: Date) => Promise<void>;
  /** Takes no more messages, and waits for those in hand. */
  readonly drain: () => Promise<void>;
  /** Ends the queues' server; after everything that sends to them. */
  readonly stop: () => Promise<void>;
}

const WAIT_SECONDS = 20;
/** In seconds. fauxqs 2.4.1 forgets a message whose visibility is changed to nothing: its own database refuses that. It takes parts of one. */
const SOONEST = 0.02;

/** Starts the queues, with their data in the folder, so that messages survive. */
export async function startQueues(
  dataDir: string,
  specs: readonly QueueSpec[],
  buckets: readonly string[],
  faults: Faults,
  meter: Meter,
  clock: Pick<Clock, 'now'>,
): Promise<Queues> {
  const folder = join(dataDir, 'queues');
  mkdirSync(folder, { recursive: true });
  const server: FauxqsServer = await inNormalSync(() =>
    onLoopback(() => startFauxqs({ port: 0, host: '127.0.0.1', logger: false, dataDir: folder })),
  );
  const endpoint = `http://127.0.0.1:${server.port}`;
  // Dead letters first, so that the queues that name them find them.
  const ordered = [...specs].sort(
    (a, b) => Number('RedrivePolicy' in a.attributes) - Number('RedrivePolicy' in b.attributes),
  );
  for (const { name, attributes } of ordered) {
    if (!server.inspectQueue(name)) server.createQueue(name, { attributes });
  }
  for (const bucket of buckets) server.createBucket(bucket);
  const agent = new Agent({ keepAlive: true });
  const stopping = new AbortController();
  const asked = { endpoint, agent };
  const loops: Promise<void>[] = [];
  const consumed = new Set<string>();
  /** Receipt handles that a handler put off itself, and those that wait for their next try: until when, by the clock that all see. */
  const putOff = new Map<string, number>();
  const waiting = new Map<string, { queue: string; due: number; isAtRest: boolean }>();
  const deadLetters = new Set(specs.filter(({ attributes }) => !attributes.RedrivePolicy).map(({ name }) => name));

  const urls = new Map<string, string>();
  const urlOf = (name: string): string => {
    const url = urls.get(name) ?? server.inspectQueue(name)?.url ?? '';
    urls.set(name, url);
    return url;
  };

  const service: ServiceHandler = async (headers, body) => {
    meter.count('queueRequests');
    const pass = (changed: Buffer) =>
      forward(endpoint, agent, { ...headers, 'content-length': String(changed.length) }, changed);
    const action = headers['x-amz-target']?.split('.')[1];
    if (action === 'SendMessage') return sendEscaped(body, pass);
    if (action !== 'ChangeMessageVisibility') return pass(body);
    const change = JSON.parse(body.toString('utf8')) as { ReceiptHandle: string; VisibilityTimeout: number };
    const later = Buffer.from(
      JSON.stringify({ ...change, VisibilityTimeout: Math.max(SOONEST, change.VisibilityTimeout) }),
    );
    const reply = await pass(later);
    putOff.set(change.ReceiptHandle, clock.now().getTime() + change.VisibilityTimeout * 1000);
    return reply;
  };

  async function receive({ queue, batchSize }: QueueMapping): Promise<Message[]> {
    const { Messages = [] } = await ask<{ Messages?: Message[] }>(
      { ...asked, signal: stopping.signal },
      'AmazonSQS.ReceiveMessage',
      {
        QueueUrl: urlOf(queue),
        MaxNumberOfMessages: Math.min(10, batchSize),
        WaitTimeSeconds: WAIT_SECONDS,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      },
    );
    if (Messages.length > 0) meter.count('queueRequests');
    return Messages;
  }

  async function consume(mapping: QueueMapping): Promise<void> {
    const inHand = new Set<Promise<void>>();
    while (!stopping.signal.aborted) {
      try {
        const messages = await receive(mapping);
        if (messages.length === 0) continue;
        const fault = faults.strike('queue', ['delay', 'duplicate', 'reorder', 'error']);
        if (fault === 'delay') await wait(DELAY);
        if (fault === 'error') {
          await Promise.all(messages.map((message) => comeAgain(mapping, message)));
          continue;
        }
        if (fault === 'duplicate') await hand(mapping, messages).catch(() => undefined);
        // What came later goes first, in the batch and among batches.
        const ready = fault === 'reorder' ? wait(DELAY).then(() => messages.reverse()) : Promise.resolve(messages);
        const handing: Promise<void> = ready
          .then((batch) => dealWith(mapping, batch))
          .finally(() => inHand.delete(handing));
        inHand.add(handing);
        if (inHand.size >= mapping.concurrency) await Promise.race(inHand);
      } catch {
        if (!stopping.signal.aborted) await wait(100);
      }
    }
    await Promise.allSettled(inHand);
  }

  async function dealWith(mapping: QueueMapping, messages: readonly Message[]): Promise<void> {
    const failed = await hand(mapping, messages);
    const done = messages.filter(({ MessageId }) => !failed.has(MessageId ?? ''));
    if (done.length > 0) {
      meter.count('queueRequests');
      await ask(asked, 'AmazonSQS.DeleteMessageBatch', {
        QueueUrl: urlOf(mapping.queue),
        Entries: done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      });
    }
    await Promise.all(
      messages.filter(({ MessageId }) => failed.has(MessageId ?? '')).map((message) => comeAgain(mapping, message)),
    );
  }

  /** Ids of the messages that the function did not deal with. */
  async function hand(mapping: QueueMapping, messages: readonly Message[]): Promise<Set<string>> {
    const all = () => new Set(messages.map(({ MessageId }) => MessageId ?? ''));
    try {
      const event = { Records: messages.map((message) => record(mapping, message)) };
      const answer = (await mapping.target.invoke(event)) as
        | { batchItemFailures?: { itemIdentifier: string }[] }
        | undefined;
      if (!mapping.reportsFailures) return new Set();
      return new Set(answer?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier));
    } catch {
      return all();
    }
  }

  /**
   * A message that failed comes again after a second for each time it was received, instead of after the queue's whole
   * visibility time-out, unless the handler set that itself; sooner when the clock is advanced past that. Receive counts, and so
   * dead letters, are as in the cloud.
   */
  async function comeAgain({ queue }: QueueMapping, message: Message): Promise<void> {
    const handle = message.ReceiptHandle ?? '';
    const seconds = Math.min(5, Number(message.Attributes?.ApproximateReceiveCount ?? 1));
    const until = putOff.get(handle);
    putOff.delete(handle);
    const due = until ?? clock.now().getTime() + seconds * 1000;
    waiting.set(handle, { queue, due, isAtRest: until !== undefined && deadLetters.has(queue) });
    if (until === undefined) await hide(queue, handle, seconds);
  }

  /** Lets a message be seen again after so many seconds. One whose time-out ended meanwhile is visible already, and refuses. */
  const hide = async (queue: string, ReceiptHandle: string, VisibilityTimeout: number): Promise<void> => {
    const change = { QueueUrl: urlOf(queue), ReceiptHandle, VisibilityTimeout };
    await ask(asked, 'AmazonSQS.ChangeMessageVisibility', change).catch(() => undefined);
  };

  /** Messages that were in hand when the runtime was killed need not wait for their time-out. */
  async function returnAbandoned(queue: string): Promise<void> {
    const abandoned = server.inspectQueue(queue)?.messages.inflight ?? [];
    await Promise.all(abandoned.map(({ receiptHandle }) => hide(queue, receiptHandle, SOONEST)));
  }

  return {
    service,
    objects: endpoint,
    send: (queue, body) => {
      meter.count('queueRequests');
      server.sendMessage(queue, escaped(body));
    },
    consume: (mapping) => {
      consumed.add(mapping.queue);
      loops.push(returnAbandoned(mapping.queue).then(() => consume(mapping)));
    },
    backlog: () => {
      const total: Backlog = { visible: 0, inHand: 0, waiting: 0 };
      const inflightNow = new Set<string>();
      for (const queue of consumed) {
        const messages = server.inspectQueue(queue)?.messages;
        if (!messages) continue;
        total.visible += messages.ready.length;
        total.waiting += messages.delayed.length;
        for (const { receiptHandle } of messages.inflight) {
          inflightNow.add(receiptHandle);
          const wait = waiting.get(receiptHandle);
          if (!wait) total.inHand += 1;
          else if (!wait.isAtRest) total.waiting += 1;
        }
      }
      for (const handle of waiting.keys()) if (!inflightNow.has(handle)) waiting.delete(handle);
      return total;
    },
    nextDue: () => {
      const soonest = Math.min(...[...waiting.values()].map(({ due }) => due));
      return Number.isFinite(soonest) ? new Date(soonest) : undefined;
    },
    release: async (until) => {
      const due = [...waiting].filter(([, each]) => each.due <= until.getTime());
      // No longer put off: whoever waits for the system to come to rest waits for these.
      for (const [handle] of due) waiting.delete(handle);
      await Promise.all(due.map(([handle, { queue }]) => hide(queue, handle, SOONEST)));
    },
    drain: async () => {
      stopping.abort();
      await Promise.allSettled(loops);
    },
    stop: async () => {
      agent.destroy();
      await server.stop();
    },
  };
}

/** A message as Lambda has it. */
const record = ({ queueArn }: QueueMapping, message: Message) => ({
  messageId: message.MessageId,
  receiptHandle: message.ReceiptHandle,
  body: message.Body,
  attributes: message.Attributes ?? {},
  messageAttributes: {},
  md5OfBody: message.MD5OfBody,
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn,
  awsRegion: 'us-east-1',
});
