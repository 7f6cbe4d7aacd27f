import { createHmac } from 'node:crypto';
import { iso } from '../../../shared/platform/clock.ts';
import { sha256 } from '../../../shared/platform/random.ts';
import { readSecret } from '../../../shared/platform/secrets.ts';
import { type Channel, type Message, NotTaken, notConfigured } from '../message.ts';
import { mustBeOutside } from './private-network.ts';
import { labels, plain, retryAfter } from './robot.ts';

const TIMEOUT = 15_000;

/** The signature of a message by Standard Webhooks: `secret` is `whsec_` and the key in Base64, the timestamp in seconds. */
export function webhookSign(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** The body of a message: what it is about, when, and what it says. */
export const webhookBody = ({ kind, leadId, title, text, link }: Message, at: Date): string =>
  JSON.stringify({
    type: kind,
    timestamp: iso(at),
    data: { ...(leadId ? { leadId } : {}), title, text: plain(text), ...(link ? { link } : {}) },
  });

/**
 * Any system of the company's, signed by Standard Webhooks (`webhookUrl` and `webhookSecret` in the secret; `webhookInside` is
 * `yes` for one in a network of one's own). Only 2xx is taken, redirects are not followed, and 410 ends it.
 */
export const webhook: Channel = {
  name: 'webhook',
  send: async (message, sending) => {
    const { webhookUrl, webhookSecret, webhookInside } = await readSecret();
    if (!webhookUrl || !webhookSecret) throw notConfigured('webhook');
    const url = new URL(webhookUrl);
    if (webhookInside !== 'yes') await mustBeOutside('webhook', url);
    const { at, id } = sending;
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
        ...labels(message, sending),
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT),
      redirect: 'error',
    });
    await answer.body?.cancel();
    if (!answer.ok)
      throw new NotTaken('webhook', String(answer.status), {
        forGood: answer.status === 410,
        retryAfter: retryAfter(answer, at),
      });
  },
};
