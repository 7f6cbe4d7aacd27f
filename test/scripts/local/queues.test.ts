import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { Faults } from '../../../scripts/local/faults.ts';
import type { LocalFunction } from '../../../scripts/local/functions.ts';
import { Meter } from '../../../scripts/local/meter.ts';
import { type Queues, startQueues } from '../../../scripts/local/queues.ts';

const deadLetters = { name: 'dead-letters', attributes: { VisibilityTimeout: '600' } };
const RedrivePolicy = JSON.stringify({
  deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead-letters',
  maxReceiveCount: 9,
});
const inbox = { name: 'inbox', attributes: { VisibilityTimeout: '600', RedrivePolicy } };
const open = (dataDir: string) =>
  startQueues(dataDir, [inbox, deadLetters], [], new Faults(), new Meter(), { now: () => new Date() });

const ask = async (queues: Queues, action: string, body: Record<string, unknown>) => {
  const headers = { 'x-amz-target': `AmazonSQS.${action}`, 'content-type': 'application/x-amz-json-1.0' };
  const QueueUrl = 'http://127.0.0.1/000000000000/inbox';
  const answer = await queues.service(headers, Buffer.from(JSON.stringify({ QueueUrl, ...body })), '/');
  return JSON.parse(answer.body.toString('utf8')) as { Messages?: { Body: string; ReceiptHandle: string }[] };
};

/** Bodies that the function is given. */
function consumer(queues: Queues): string[] {
  const given: string[] = [];
  const target = {
    invoke: async (event: { Records: { body: string }[] }) => {
      given.push(...event.Records.map(({ body }) => body));
      return {};
    },
  } as unknown as LocalFunction;
  queues.consume({ queue: 'inbox', queueArn: 'arn', target, batchSize: 10, reportsFailures: true, concurrency: 1 });
  return given;
}

test('a message that was in hand when the runtime ended comes again with the next one, not after its time-out', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-queues-'));
  const before = await open(dataDir);
  before.send('inbox', 'in hand');
  expect((await ask(before, 'ReceiveMessage', {})).Messages).toHaveLength(1);
  await before.drain();
  await before.stop();
  const after = await open(dataDir);
  const given = consumer(after);
  await vi.waitFor(() => expect(given).toEqual(['in hand']), { timeout: 10_000 });
  await after.drain();
  await after.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('a message put off by nothing comes again', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-queues-'));
  const queues = await open(dataDir);
  queues.send('inbox', 'at once');
  const [message] = (await ask(queues, 'ReceiveMessage', {})).Messages ?? [];
  await ask(queues, 'ChangeMessageVisibility', { ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 });
  const given = consumer(queues);
  await vi.waitFor(() => expect(given).toEqual(['at once']), { timeout: 10_000 });
  await queues.drain();
  await queues.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test.each([
  { queue: 'inbox', keepsBusy: 1 },
  { queue: 'dead-letters', keepsBusy: 0 },
])(
  'a message of $queue put off for an hour comes again as soon as the clock that all see has gone on by an hour',
  async ({ queue, keepsBusy }) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-queues-'));
    let now = new Date();
    const queues = await startQueues(dataDir, [inbox, deadLetters], [], new Faults(), new Meter(), { now: () => now });
    let tries = 0;
    const target = {
      invoke: async ({ Records: [first] }: { Records: { messageId: string; receiptHandle: string }[] }) => {
        tries += 1;
        if (tries > 1) return {};
        await ask(queues, 'ChangeMessageVisibility', {
          QueueUrl: `http://127.0.0.1/000000000000/${queue}`,
          ReceiptHandle: first?.receiptHandle,
          VisibilityTimeout: 3600,
        });
        return { batchItemFailures: [{ itemIdentifier: first?.messageId }] };
      },
    } as unknown as LocalFunction;
    queues.consume({ queue, queueArn: 'arn', target, batchSize: 10, reportsFailures: true, concurrency: 1 });
    queues.send(queue, 'later');
    await vi.waitFor(() => expect(queues.nextDue()).toEqual(new Date(now.getTime() + 3_600_000)), { timeout: 10_000 });
    const due = queues.nextDue() ?? now;
    await queues.release(new Date(due.getTime() - 1));
    expect([queues.backlog().waiting, tries]).toEqual([keepsBusy, 1]);
    now = due;
    await queues.release(now);
    expect([queues.nextDue(), queues.backlog().waiting]).toEqual([undefined, 0]);
    await vi.waitFor(() => expect(tries).toBe(2), { timeout: 10_000 });
    await queues.drain();
    await queues.stop();
    rmSync(dataDir, { recursive: true, force: true });
  },
);

test('a message with an emoji is taken, whoever sends it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-queues-'));
  const queues = await open(dataDir);
  const body = '{"reason":"谢谢 😀"}';
  queues.send('inbox', body);
  const sent = await ask(queues, 'SendMessage', { MessageBody: body });
  expect(sent).toMatchObject({ MD5OfMessageBody: createHash('md5').update(body).digest('hex') });
  const given = consumer(queues);
  await vi.waitFor(() => expect(given).toHaveLength(2), { timeout: 10_000 });
  expect(given.map((each) => JSON.parse(each))).toEqual([JSON.parse(body), JSON.parse(body)]);
  await queues.drain();
  await queues.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('of a batch that failed in part only that part comes again', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-queues-'));
  const queues = await open(dataDir);
  const given: string[] = [];
  const target = {
    invoke: async ({ Records }: { Records: { body: string; messageId: string; attributes: object }[] }) => {
      given.push(...Records.map(({ body, attributes }) => `${body} ${Object(attributes).ApproximateReceiveCount}`));
      const failed = Records.filter(({ body }) => body === 'bad' && !given.includes('bad 2'));
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    },
  } as unknown as LocalFunction;
  queues.send('inbox', 'good');
  queues.send('inbox', 'bad');
  queues.consume({ queue: 'inbox', queueArn: 'arn', target, batchSize: 10, reportsFailures: true, concurrency: 1 });
  await vi.waitFor(() => expect(given).toContain('bad 2'), { timeout: 10_000 });
  await queues.drain();
  expect(given).toEqual(['good 1', 'bad 1', 'bad 2']);
  await queues.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
