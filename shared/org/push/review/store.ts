import { gunzipSync, gzipSync } from 'node:zlib';
import { announce } from '../../../../events/contract.ts';
import { HrPushHeld } from '../../../../events/hr-push-held.ts';
import { after, expiry, iso } from '../../../platform/clock.ts';
import { absent, commit, commitOne, outbox, put, update } from '../../../platform/commit.ts';
import { readParts, writeParts } from '../../../platform/objects.ts';
import { newId } from '../../../platform/random.ts';
import { get, getMany, type Item, indexes, queryIndex, type Table } from '../../../platform/table.ts';
import type { Push } from '../push.ts';

const DAY = 24 * 3600 * 1000;
const LIST = 'HR-REVIEWS';
/** As many held pushes a list shows, and as many people of each. */
const NEWEST = 50;
const NAMED = 100;
const reviewKey = (reviewId: string) => ({ pk: `HR-REVIEW#${reviewId}`, sk: 'REVIEW' });
const objectOf = (reviewId: string): string => `hr/reviews/${reviewId}`;

/** A push that waits for an admin. `share` is that of the active staff. */
export interface Held {
  applied: false;
  review: {
    reviewId: string;
    wouldFreeze: number;
    share: number;
    because: string;
    people: string[];
    expiresAt: string;
  };
}

/**
 * Puts a push aside for a day and alerts the admins; once: what goes by the same id is the review that there is already, while it waits
 * or when it was discarded for good. When nobody decided in time, or it was decided and is so once more, the admins are asked anew:
 * else nobody could ever freeze these people.
 */
export async function putAside(
  table: Table,
  push: Push,
  { frozen, share, because }: { frozen: readonly string[]; share: number; because: string },
  at: Date,
  { reviewId, discardedForGood = false }: { reviewId: string; discardedForGood?: boolean },
): Promise<Held['review']> {
  const key = reviewKey(reviewId);
  const wouldFreeze = frozen.length;
  const review = { reviewId, wouldFreeze, share, because, people: frozen.slice(0, 1000) };
  const known = await get(table, key);
  const until = String(known?.until);
  const waits = known?.state === 'held' && until > iso(at);
  if (waits || (discardedForGood && known?.state === 'discarded')) return { ...review, expiresAt: until };
  const bytes = gzipSync(JSON.stringify(push));
  await writeParts(objectOf(reviewId), bytes);
  const expiresAt = after(at, DAY);
  await commit(table, [
    put(
      'review',
      {
        ...key,
        ...{ reviewId, wouldFreeze, share, because, people: review.people.slice(0, NAMED) },
        ...{ bytes: bytes.length, state: 'held', at: iso(at), until: iso(expiresAt) },
        ...{ list: LIST, sort: newId(at), expiresAt: expiry(at, 30 * DAY) },
      },
      known ? { expression: '#until = :seen', names: { '#until': 'until' }, values: { ':seen': known.until } } : absent,
    ),
    outbox(key.pk, announce(HrPushHeld, { reviewId, because, wouldFreeze }), at),
  ]);
  return { ...review, expiresAt: iso(expiresAt) };
}

/** A push that was held, as a list tells of it: of the people only the first few. */
export type Listed = Held['review'] & { at: string; state: 'held' | 'expired' | 'approved' | 'discarded' };

/** The newest pushes that were held, those that wait first. */
export async function listReviews(table: Table, at: Date): Promise<Listed[]> {
  const keys = await queryIndex(table, { index: indexes.list, pk: LIST, newestFirst: true, limit: NEWEST });
  const found = (await getMany(table, keys)).map((item): Listed => {
    const { reviewId, wouldFreeze, share, because, people, until } = item as Item & Held['review'] & { until: string };
    const state = item.state === 'held' && until <= iso(at) ? 'expired' : (item.state as Listed['state']);
    return { reviewId, wouldFreeze, share, because, people, expiresAt: until, at: String(item.at), state };
  });
  const order = ({ state, at: held }: Listed): string => `${state === 'held' ? 1 : 0}${held}`;
  return found.sort((a, b) => (order(a) < order(b) ? 1 : -1));
}

/** Why a held push cannot be decided on (any more). */
export type NotHeld = 'unknown' | 'expired' | 'approved' | 'discarded';

/** Marks a held push as decided; the first who decides does. */
async function decide(
  table: Table,
  reviewId: string,
  state: 'approved' | 'discarded',
  at: Date,
): Promise<NotHeld | undefined> {
  const item = await get(table, reviewKey(reviewId));
  if (!item) return 'unknown';
  if (item.state !== 'held') return item.state as NotHeld;
  if (String(item.until) <= iso(at)) return 'expired';
  await commitOne(
    table,
    update('review', reviewKey(reviewId), {
      expression: 'SET #state = :state',
      onlyIf: '#state = :held',
      names: { '#state': 'state' },
      values: { ':state': state, ':held': 'held' },
    }),
  );
  return undefined;
}

/** A held push, marked as approved, or why it cannot be. One whose approval broke off is approved again. */
export async function approved(table: Table, reviewId: string, at: Date): Promise<Push | NotHeld> {
  const item = await get(table, reviewKey(reviewId));
  const bytes = item && (await readParts(objectOf(reviewId), item.bytes as number));
  if (!bytes) return 'unknown';
  const refused = item.state === 'approved' ? undefined : await decide(table, reviewId, 'approved', at);
  return refused ?? (JSON.parse(gunzipSync(bytes).toString('utf8')) as Push);
}

/** Throws a held push away, or says why not. */
export const discard = (table: Table, reviewId: string, at: Date): Promise<NotHeld | undefined> =>
  decide(table, reviewId, 'discarded', at);
