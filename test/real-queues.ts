import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateQueueCommand, DeleteQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, vi } from 'vitest';
import { type Backplane, startBackplane } from '../scripts/local/backplane.ts';
import { Faults } from '../scripts/local/faults.ts';
import { Meter } from '../scripts/local/meter.ts';
import { type Queues, startQueues } from '../scripts/local/queues.ts';

/** Queues for the tests of a file. */
export interface RealQueues {
  readonly client: () => SQSClient;
  /** Makes a queue, taken away at the end. Gives its URL. */
  readonly make: (attributes?: Record<string, string>) => Promise<string>;
  readonly arnOf: (url: string) => Promise<string>;
}

/**
 * Queues as handlers meet them: those of the local runtime, or, where `CONFORMANCE_PREFIX` is set, those of the AWS account whose
 * credentials are in the environment, under names that begin so.
 */
export function useRealQueues(): RealQueues {
  const prefix = process.env.CONFORMANCE_PREFIX;
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-queues-'));
  const made: string[] = [];
  let client: SQSClient | undefined;
  let local: { queues: Queues; backplane: Backplane } | undefined;
  vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

  beforeAll(async () => {
    if (prefix !== undefined) {
      client = new SQSClient({});
      return;
    }
    const queues = await startQueues(dataDir, [], [], new Faults(), new Meter(), { now: () => new Date() });
    const backplane = await startBackplane({ sqs: queues.service });
    local = { queues, backplane };
    client = new SQSClient({
      endpoint: `${backplane.url}/sqs`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      useQueueUrlAsEndpoint: false,
    });
  });

  const connected = (): SQSClient => {
    if (!client) throw new Error('the queues are not there yet');
    return client;
  };

  afterAll(async () => {
    for (const QueueUrl of made) await connected().send(new DeleteQueueCommand({ QueueUrl }));
    client?.destroy();
    await local?.backplane.close();
    await local?.queues.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  return {
    client: connected,
    make: async (Attributes = {}) => {
      const QueueName = `${prefix ?? 'local'}-${randomBytes(6).toString('hex')}`;
      const { QueueUrl = '' } = await connected().send(new CreateQueueCommand({ QueueName, Attributes }));
      made.push(QueueUrl);
      return QueueUrl;
    },
    arnOf: async (QueueUrl) => {
      const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
      return (await connected().send(asked)).Attributes?.QueueArn ?? '';
    },
  };
}
