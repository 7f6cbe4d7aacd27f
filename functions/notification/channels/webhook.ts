import { iso } from '../../../shared/platform/clock.ts';
import { readSecret } from '../../../shared/platform/secrets.ts';
import { type Channel, type Message, notConfigured } from '../message.ts';
import { plain } from './robot.ts';
import { signedPost } from './signed-post.ts';

/** The body of a message: what it is about, when, and what it says. */
export const webhookBody = ({ kind, leadId, title, text, link }: Message, at: Date): string =>
  JSON.stringify({
    type: kind,
    timestamp: iso(at),
    data: { ...(leadId ? { leadId } : {}), title, text: plain(text), ...(link ? { link } : {}) },
  });

/**
 * Any system of the company's, signed by Standard Webhooks (`webhookUrl` and `webhookSecret` in the secret; `webhookInside` is
 * `yes` for one in a network of one's own).
 */
export const webhook: Channel = {
  name: 'webhook',
  send: async (message, sending) => {
    const { webhookUrl: url, webhookSecret: secret, webhookInside } = await readSecret();
    if (!url || !secret) throw notConfigured('webhook');
    const body = webhookBody(message, sending.at);
    await signedPost('webhook', { url, secret, inside: webhookInside === 'yes' }, { message, body }, sending);
  },
};
