import webpush from 'web-push';
import { type Subscription, subscriptionsOf, unsubscribe } from '../../../shared/notice/subscriptions/store.ts';
import { readSecret } from '../../../shared/platform/secrets.ts';
import { type Channel, type Message, NotTaken, notConfigured, type Sending } from '../message.ts';
import { mustBeOutside } from './private-network.ts';
import { cut, plain, retryAfter, whole } from './robot.ts';

const TIMEOUT = 5000;
/** The push services take 4096 bytes when encrypted; the title and the addresses need some. */
const LONGEST = 3000;
/** A browser that is off for longer is told no more. */
const TTL_SECONDS = 4 * 3600;

/** What the browser's service worker is given. */
export const webPushPayload = (message: Message): string =>
  JSON.stringify({
    title: message.title,
    body: cut(plain(whole(message)), LONGEST),
    kind: message.kind,
    ...(message.leadId ? { leadId: message.leadId } : {}),
    ...(message.link ? { link: message.link } : {}),
  });

type Keys = { vapidPublicKey: string; vapidPrivateKey: string; vapidSubject: string };

/** Sends to one browser; false when it is subscribed no more. @throws NotTaken with the status */
async function toBrowser(
  subscription: Subscription,
  message: Message,
  keys: Keys,
  { at, id }: Sending,
): Promise<boolean> {
  const { endpoint, headers, body } = webpush.generateRequestDetails(subscription, webPushPayload(message), {
    vapidDetails: { subject: keys.vapidSubject, publicKey: keys.vapidPublicKey, privateKey: keys.vapidPrivateKey },
    TTL: TTL_SECONDS,
    urgency: 'high',
  });
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      'x-leadkeeper-kind': message.kind,
      ...(message.leadId ? { 'x-leadkeeper-lead-id': message.leadId } : {}),
      'x-leadkeeper-message-id': `${id.split('/')[0]}-${subscription.id}`,
    },
    body: body && new Uint8Array(body),
    signal: AbortSignal.timeout(TIMEOUT),
    redirect: 'error',
  });
  await answer.body?.cancel();
  if (answer.status === 404 || answer.status === 410) return false;
  if (!answer.ok) throw new NotTaken('web-push', String(answer.status), { retryAfter: retryAfter(answer, at) });
  return true;
}

/**
 * Push to a person's browsers (`vapidPublicKey`, `vapidPrivateKey`, `vapidSubject` in the secret), encrypted for each. It is
 * taken when one of them takes it; those that are subscribed no more are forgotten.
 */
export const webPush: Channel = {
  name: 'web-push',
  send: async (message, sending) => {
    const { vapidPublicKey, vapidPrivateKey, vapidSubject, webPushInside } = await readSecret();
    if (!vapidPublicKey || !vapidPrivateKey || !vapidSubject) throw notConfigured('web-push');
    const keys = { vapidPublicKey, vapidPrivateKey, vapidSubject };
    const subscriptions = await subscriptionsOf(sending.table, message.to);
    const outcomes = await Promise.allSettled(
      subscriptions.map(async (subscription) => {
        if (webPushInside !== 'yes') await mustBeOutside('web-push', new URL(subscription.endpoint));
        const there = await toBrowser(subscription, message, keys, sending);
        if (!there) await unsubscribe(sending.table, message.to, subscription.id, sending.at);
        return there;
      }),
    );
    if (outcomes.some((outcome) => outcome.status === 'fulfilled' && outcome.value)) return;
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    throw new NotTaken('web-push', 'no-subscription', { forGood: true });
  },
};
