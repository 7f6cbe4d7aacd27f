import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { iso, now } from '../../../shared/platform/clock.ts';
import { sha256 } from '../../../shared/platform/random.ts';
import { readSecret } from '../../../shared/platform/secrets.ts';
import { type Channel, type Message, NotTaken } from '../message.ts';
import { labels } from './robot.ts';

const TIMEOUT = 15_000;

/** The signature of a message by Standard Webhooks: `secret` is `whsec_` and the key in Base64, the timestamp in seconds. */
export function webhookSign(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** Networks of one's own, in which a webhook has nothing to ask for. */
const inside = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6');

/** Whether an address is one of a network of one's own; an IPv4 address in IPv6's clothes as well. */
export function isInside(address: string): boolean {
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  const plain = mapped ?? address;
  return inside.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

/** @throws NotTaken when the host is in a network of one's own, by name or by address */
async function mustBeOutside(url: URL): Promise<void> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [host] : (await lookup(host, { all: true })).map(({ address }) => address);
  if (addresses.length === 0 || addresses.some(isInside)) throw new NotTaken('webhook', 'private-network');
}

/** The body of a message: what it is about, when, and what it says. */
export const webhookBody = ({ kind, leadId, title, text }: Message, at: Date): string =>
  JSON.stringify({ type: kind, timestamp: iso(at), data: { ...(leadId ? { leadId } : {}), title, text } });

/**
 * Any system of the company's, signed by Standard Webhooks (`webhookUrl` and `webhookSecret` in the secret; `webhookInside` is
 * `yes` for one in a network of one's own). Only 2xx is taken, redirects are not followed.
 */
export const webhook: Channel = {
  name: 'webhook',
  send: async (message, id) => {
    const { webhookUrl, webhookSecret, webhookInside } = await readSecret();
    if (!webhookUrl || !webhookSecret) throw new NotTaken('webhook', 'not-configured');
    const url = new URL(webhookUrl);
    if (webhookInside !== 'yes') await mustBeOutside(url);
    const at = now();
    const timestamp = String(Math.floor(at.getTime() / 1000));
    const body = webhookBody(message, at);
    // No recipient's name stands in it.
    const webhookId = `msg_${sha256(id).slice(0, 32)}`;
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': webhookId,
        'webhook-timestamp': timestamp,
        'webhook-signature': webhookSign(webhookSecret, webhookId, timestamp, body),
        ...labels(message, id),
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT),
      redirect: 'error',
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new NotTaken('webhook', String(answer.status));
  },
};
