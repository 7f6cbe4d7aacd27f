import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { useRealQueues } from '../real-queues.ts';

const queues = useRealQueues();
const PATIENCE = 20;

const send = (QueueUrl: string, MessageBody: string, DelaySeconds?: number) =>
  queues.client().send(new SendMessageCommand({ QueueUrl, MessageBody, ...(DelaySeconds ? { DelaySeconds } : {}) }));

async function receive(QueueUrl: string, seconds = PATIENCE, most = 10): Promise<Message[]> {
  const { Messages = [] } = await queues.client().send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: most,
      WaitTimeSeconds: seconds,
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return Messages;
}

/** The next message, waited for: a real queue may answer with nothing although there is something. */
async function next(url: string): Promise<Message> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const [message] = await receive(url, PATIENCE, 1);
    if (message) return message;
  }
  throw new Error('no message came');
}

const putOff = (QueueUrl: string, { ReceiptHandle }: Message, VisibilityTimeout: number) =>
  queues.client().send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
const times = ({ Attributes }: Message): string | undefined => Attributes?.ApproximateReceiveCount;

describe('a queue', () => {
  it('gives a message as it was sent, Chinese and all, and says how often', async () => {
    const url = await queues.make();
    const body = JSON.stringify({ name: '王芳 😀', filling: 'x'.repeat(200 * 1024) });
    await send(url, body);
    const message = await next(url);
    expect(JSON.parse(message.Body ?? '')).toEqual(JSON.parse(body));
    expect(times(message)).toBe('1');
    expect(Number(message.Attributes?.SentTimestamp)).toBeGreaterThan(0);
  });

  it('gives a waiting receiver what is sent while it waits', async () => {
    const url = await queues.make();
    const waiting = next(url);
    await send(url, 'late');
    expect((await waiting).Body).toBe('late');
  });

  it('keeps a delayed message back behind one that was sent after it', async () => {
    const url = await queues.make();
    await send(url, 'delayed', 5);
    await send(url, 'at once');
    const [first, second] = [await next(url), await next(url)];
    expect([first.Body, second.Body]).toEqual(['at once', 'delayed']);
  });

  it('hides what it gave, until the receiver puts it off to be given again sooner', async () => {
    const url = await queues.make({ VisibilityTimeout: '600' });
    await send(url, 'hidden');
    const message = await next(url);
    expect(await receive(url, 1)).toEqual([]);
    await putOff(url, message, 1);
    const again = await next(url);
    expect(again.MessageId).toBe(message.MessageId);
    expect(times(again)).toBe('2');
  });

  it('gives again at once what is put off by nothing', async () => {
    const url = await queues.make({ VisibilityTimeout: '600' });
    await send(url, 'at once');
    await putOff(url, await next(url), 0);
    expect(times(await next(url))).toBe('2');
  });

  it('gives again what nobody dealt with within its time-out', async () => {
    const url = await queues.make({ VisibilityTimeout: '1' });
    await send(url, 'again');
    expect(times(await next(url))).toBe('1');
    expect(times(await next(url))).toBe('2');
  });

  it('hands a message to the dead letters once it was given three times, under the same id', async () => {
    const dead = await queues.make();
    const redrive = { deadLetterTargetArn: await queues.arnOf(dead), maxReceiveCount: 3 };
    const url = await queues.make({ VisibilityTimeout: '600', RedrivePolicy: JSON.stringify(redrive) });
    await send(url, 'poison');
    const ids = new Set<string | undefined>();
    for (const time of ['1', '2', '3']) {
      const message = await next(url);
      expect(times(message)).toBe(time);
      ids.add(message.MessageId);
      await putOff(url, message, 1);
    }
    // What is dead is found when the queue is asked the fourth time.
    const [, letter] = await Promise.all([receive(url, 5), next(dead)]);
    expect(letter.Body).toBe('poison');
    expect(ids).toEqual(new Set([letter.MessageId]));
  });

  it('forgets what is deleted, says which of a batch were, and takes a second deletion for done', async () => {
    const url = await queues.make({ VisibilityTimeout: '1' });
    await send(url, 'one');
    await send(url, 'two');
    const both = [await next(url), await next(url)];
    const { Successful = [], Failed = [] } = await queues.client().send(
      new DeleteMessageBatchCommand({
        QueueUrl: url,
        Entries: both.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle })),
      }),
    );
    expect(Successful.map(({ Id }) => Id)).toEqual(['0', '1']);
    expect(Failed).toEqual([]);
    await queues.client().send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: both[0]?.ReceiptHandle }));
    expect(await receive(url, 3)).toEqual([]);
  });
});
