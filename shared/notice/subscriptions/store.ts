import { expiry, iso } from '../../platform/clock.ts';
import { type Change, commitOne, put } from '../../platform/commit.ts';
import { sha256 } from '../../platform/random.ts';
import { query, type Table } from '../../platform/table.ts';

/** A browser that shows a person's messages: where its push service takes them, and the keys they are encrypted by. */
export interface Subscription {
  /** Named after its endpoint. */
  id: string;
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

const SUBSCRIPTION = 'WEB-PUSH#';
const keyOf = (repId: string, id: string) => ({ pk: `REP#${repId}`, sk: `${SUBSCRIPTION}${id}` });

/** A person's browsers. */
export async function subscriptionsOf(from: Table, repId: string): Promise<Subscription[]> {
  const items = await query(from, { pk: `REP#${repId}`, begins: SUBSCRIPTION });
  return items.flatMap(({ sk, endpoint, keys }) => {
    if (endpoint === undefined) return []; // forgotten
    return [{ id: sk.slice(SUBSCRIPTION.length), endpoint: String(endpoint), keys: keys as Subscription['keys'] }];
  });
}

/** The name of a browser's subscription. */
export const subscriptionId = (endpoint: string): string => sha256(endpoint).slice(0, 32);

/** Keeps a browser's subscription; the same one again changes nothing. */
export const subscribe = (repId: string, { id, ...subscription }: Subscription, at: Date): Change =>
  put('subscription', { ...keyOf(repId, id), ...subscription, at: iso(at) });

/** Forgets a browser: what is left of it goes with the time to live. */
export const unsubscribe = (table: Table, repId: string, id: string, at: Date): Promise<void> =>
  commitOne(table, put('subscription', { ...keyOf(repId, id), expiresAt: expiry(at, 0) }));
