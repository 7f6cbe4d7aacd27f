import { readSecret } from '../../../shared/platform/secrets.ts';
import { type Channel, type Message, notConfigured } from '../message.ts';
import { signedPost } from './signed-post.ts';

/** The body of a move of a deal: when it was made, and all that a system beside this one needs to make it, too. */
export const crmBody = ({ kind, data = {} }: Message): string =>
  JSON.stringify({ type: kind.replace('-', '.'), timestamp: data.at, data });

/**
 * The company's CRM, told of every move of a deal, signed by Standard Webhooks (`crmWebhookUrl` and `crmWebhookSecret` in the
 * secret; `crmWebhookInside` is `yes` for one in a network of one's own). Moves may come again or out of order: `data.at` says
 * when each was made.
 */
export const crm: Channel = {
  name: 'crm',
  send: async (message, sending) => {
    const { crmWebhookUrl: url, crmWebhookSecret: secret, crmWebhookInside } = await readSecret();
    if (!url || !secret) throw notConfigured('crm');
    const to = { url, secret, inside: crmWebhookInside === 'yes' };
    await signedPost('crm', to, { message, body: crmBody(message) }, sending);
  },
};
