import { createHmac } from 'node:crypto';
import { sha256 } from '../../../shared/platform/random.ts';
import { type ChannelName, type Message, NotTaken, type Sending } from '../message.ts';
import { mustBeOutside } from './private-network.ts';
import { labels, retryAfter } from './robot.ts';

const TIMEOUT = 15_000;

/** The signature of a message by Standard Webhooks: `secret` is `whsec_` and the key in Base64, the timestamp in seconds. */
export function webhookSign(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** Where signed messages go; `inside` for a receiver in a network of one's own. */
export interface Receiver {
  url: string;
  secret: string;
  inside: boolean;
}

/** Posts a body, signed by Standard Webhooks. Only 2xx is taken, redirects are not followed, and 410 ends it. @throws NotTaken */
export async function signedPost(
  channel: ChannelName,
  { url, secret, inside }: Receiver,
  { message, body }: { message: Message; body: string },
  sending: Sending,
): Promise<void> {
  const address = new URL(url);
  if (!inside) await mustBeOutside(channel, address);
  const { at, id } = sending;
  const timestamp = String(Math.floor(at.getTime() / 1000));
  // No recipient's name stands in it.
  const webhookId = `msg_${sha256(id).slice(0, 32)}`;
  const answer = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': webhookId,
      'webhook-timestamp': timestamp,
      'webhook-signature': webhookSign(secret, webhookId, timestamp, body),
      ...labels(message, sending),
    },
    body,
    signal: AbortSignal.timeout(TIMEOUT),
    redirect: 'error',
  });
  await answer.body?.cancel();
  if (!answer.ok)
    throw new NotTaken(channel, String(answer.status), {
      forGood: answer.status === 410,
      retryAfter: retryAfter(answer, at),
    });
}
