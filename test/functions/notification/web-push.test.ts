import { createECDH, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decrypt } from 'http_ece';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { webPush, webPushPayload } from '../../../functions/notification/channels/web-push.ts';
import type { Message } from '../../../functions/notification/message.ts';
import { developmentSecrets } from '../../../scripts/demo/secrets.ts';
import { subscribe, subscriptionId, subscriptionsOf } from '../../../shared/notice/subscriptions/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
let secrets: Record<string, string> = developmentSecrets('');
vi.mock('../../../shared/platform/secrets.ts', () => ({ readSecret: async () => secrets }));

const message: Message = {
  channel: 'web-push',
  to: 'ann',
  kind: 'lead-assigned',
  leadId: '01JD',
  title: '新线索',
  text: '新线索 王芳',
  link: 'https://x.example/console/leads/01JD',
  values: {},
  instead: [],
};

/** A browser: its keys, and where its push service takes messages. */
function browser(path: string) {
  const curve = createECDH('prime256v1');
  const p256dh = curve.generateKeys('base64url');
  const auth = randomBytes(16).toString('base64url');
  const endpoint = `${address}${path}`;
  return { curve, auth, subscription: { id: subscriptionId(endpoint), endpoint, keys: { p256dh, auth } } };
}

let server: Server;
let address = '';
let statusOf: Record<string, number> = {};
let taken: { path: string; headers: IncomingMessage['headers']; body: Buffer }[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    taken.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(statusOf[request.url ?? ''] ?? 201, { 'retry-after': '30' }).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  secrets = developmentSecrets('');
  statusOf = {};
  taken = [];
});

const send = (to: string) =>
  webPush.send({ ...message, to }, { id: `e/web-push/${to}`, table: table(), at: monday, again: false });

describe('a message to a person’s browsers', () => {
  it('is encrypted for each, so that only that browser can read it', async () => {
    const [one, two] = [browser('/one'), browser('/two')];
    for (const { subscription } of [one, two]) await commit(table(), [subscribe('ann', subscription, monday)]);
    await send('ann');
    expect(taken.map(({ path }) => path).sort()).toEqual(['/one', '/two']);
    for (const { curve, auth, subscription } of [one, two]) {
      const got = taken.find(({ path }) => subscription.endpoint.endsWith(path));
      expect(got?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '14400', urgency: 'high' });
      expect(got?.headers.authorization).toMatch(/^vapid t=.+, k=.+/);
      expect(JSON.stringify(got?.headers)).not.toContain('ann');
      const text = decrypt(got?.body ?? Buffer.alloc(0), { version: 'aes128gcm', privateKey: curve, authSecret: auth });
      expect(text.toString('utf8')).toBe(webPushPayload({ ...message, to: 'ann' }));
    }
  });

  it('forgets a browser that is subscribed no more, and is taken when another takes it', async () => {
    const [gone, here] = [browser('/gone'), browser('/here')];
    for (const { subscription } of [gone, here]) await commit(table(), [subscribe('bob', subscription, monday)]);
    statusOf = { '/gone': 410 };
    await send('bob');
    expect((await subscriptionsOf(table(), 'bob')).map(({ id }) => id)).toEqual([here.subscription.id]);
    statusOf = { '/here': 404 };
    await expect(send('bob')).rejects.toMatchObject({ code: 'no-subscription', forGood: true });
    await expect(send('bob')).rejects.toMatchObject({ code: 'no-subscription', forGood: true });
  });

  it('waits as long as the push service says', async () => {
    const { subscription } = browser('/busy');
    await commit(table(), [subscribe('cy', subscription, monday)]);
    statusOf = { '/busy': 429 };
    await expect(send('cy')).rejects.toMatchObject({ code: '429', retryAfter: 30, forGood: false });
  });

  it('goes to no address in a network of one’s own', async () => {
    const { subscription } = browser('/inside');
    await commit(table(), [subscribe('dee', subscription, monday)]);
    secrets = { ...secrets, webPushInside: 'no' };
    await expect(send('dee')).rejects.toMatchObject({ code: 'private-network' });
    expect(taken).toEqual([]);
  });
});
