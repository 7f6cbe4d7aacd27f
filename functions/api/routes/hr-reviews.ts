import * as z from 'zod';
import { discard, type NotHeld } from '../../../shared/org/push/review/store.ts';
import { approve } from '../../../shared/org/push/store.ts';
import { reconsider } from '../../../shared/platform/commit.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import { id, route } from '../route.ts';

const params = z.object({ reviewId: id });

function refuse(reviewId: string, why: NotHeld): Problem {
  if (why === 'unknown') return notFound(`review ${reviewId}`);
  const said = why === 'expired' ? 'it expired after 24 hours: discarded' : `it was ${why} already`;
  return new Problem(409, said, [{ path: 'reviewId', message: said }]);
}

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
