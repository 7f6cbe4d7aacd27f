import * as z from 'zod';
import { discard, listReviews, type NotHeld } from '../../../shared/org/push/review/store.ts';
import { approve } from '../../../shared/org/push/store.ts';
import { repStatuses } from '../../../shared/org/rep.ts';
import { drifts } from '../../../shared/org/staff/drift.ts';
import { readStaff } from '../../../shared/org/staff/store.ts';
import { systems, today } from '../../../shared/org/staff/word.ts';
import { reconsider } from '../../../shared/platform/commit.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import { companyZone } from '../../../shared/platform/zone.ts';
import { id, page, paging, route } from '../route.ts';
import { time } from '../views.ts';

const params = z.object({ reviewId: id });

function refuse(reviewId: string, why: NotHeld): Problem {
  if (why === 'unknown') return notFound(`review ${reviewId}`);
  const said = why === 'expired' ? 'it expired after 24 hours: discarded' : `it was ${why} already`;
  return new Problem(409, said, [{ path: 'reviewId', message: said }]);
}

const review = z.object({
  reviewId: z.string(),
  state: z.enum(['held', 'expired', 'approved', 'discarded']),
  at: time,
  expiresAt: time,
  wouldFreeze: z.number(),
  share: z.number(),
  because: z.string(),
  people: z.array(z.string()),
});

/** What of HR's was held. */
export const getReviews = route({
  method: 'GET',
  path: '/hr/reviews',
  summary: 'The newest 50 pushes of HR’s that were held, those that wait for a decision first',
  roles: ['admin'],
  answers: { 200: z.object({ items: z.array(review) }) },
  handle: async ({ table, now }) => ({ status: 200, body: { items: await listReviews(table, now()) } }),
});

/** Applies a push of HR's that was held. */
export const approveReview = route({
  method: 'POST',
  path: '/hr/reviews/{reviewId}/approve',
  summary: 'Applies a push of HR’s that was held because it would freeze too many',
  roles: ['admin'],
  params,
  answers: {
    200: z.object({
      applied: z.literal(true),
      changed: z.array(z.object({ repId: z.string(), from: z.string().nullable(), to: z.string() })),
      rejected: z.array(z.object({ line: z.number(), path: z.string(), message: z.string() })),
      handedOver: z.number(),
    }),
  },
  handle: ({ params: { reviewId }, table, now }) =>
    reconsider(async () => {
      const done = await approve(table, reviewId, now);
      if (typeof done === 'string') throw refuse(reviewId, done);
      return { status: 200, body: done };
    }),
});

/** Throws away a push of HR's that was held. */
export const discardReview = route({
  method: 'POST',
  path: '/hr/reviews/{reviewId}/discard',
  summary: 'Throws away a push of HR’s that was held; nothing of it is applied',
  roles: ['admin'],
  params,
  answers: { 200: z.object({ reviewId: z.string(), state: z.literal('discarded') }) },
  handle: ({ params: { reviewId }, table, now }) =>
    reconsider(async () => {
      const refused = await discard(table, reviewId, now());
      if (refused !== undefined) throw refuse(reviewId, refused);
      return { status: 200, body: { reviewId, state: 'discarded' } };
    }),
});

const drift = z.object({
  repId: z.string(),
  name: z.string(),
  status: z.enum(repStatuses),
  systems: z.partialRecord(
    z.enum(systems),
    z.object({ status: z.enum(repStatuses), since: time, overruled: z.literal(true).optional() }),
  ),
  missing: z.array(z.enum(systems)),
  since: time.optional(),
});

/** Where the systems that tell of the staff disagree. */
export const getDrift = route({
  method: 'GET',
  path: '/hr/drift',
  summary:
    'Who is in which system with which status, and since when they disagree; `all=true`: those who agree as well',
  roles: ['admin'],
  query: z.object({ ...paging, all: z.enum(['true', 'false']).default('false') }),
  answers: { 200: page(drift) },
  handle: async ({ query: { limit, cursor, all }, table, now }) => {
    const everybody = drifts((await readStaff(table)).values(), today(now(), companyZone()));
    const shown = everybody.filter(
      ({ repId, since }) => (all === 'true' || since !== undefined) && repId > (cursor ?? ''),
    );
    const items = shown.slice(0, limit);
    const last = items.at(-1)?.repId;
    return {
      status: 200,
      body: { items, ...(shown.length > limit && last !== undefined ? { nextCursor: last } : {}) },
    };
  },
});
