import * as z from 'zod';
import { languageTags } from '../../../shared/notice/languages/index.ts';
import { quietHours } from '../../../shared/notice/quiet.ts';
import { subscribe, subscriptionId, subscriptionsOf, unsubscribe } from '../../../shared/notice/subscriptions/store.ts';
import { saveReading } from '../../../shared/org/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { invalid } from '../../../shared/platform/problem.ts';
import { readSecret } from '../../../shared/platform/secrets.ts';
import { id, route } from '../route.ts';
import { repView, showRep } from '../views.ts';
import { theirs } from './reps.ts';

const everybody = ['admin', 'supervisor', 'rep'] as const;
const params = z.object({ repId: id });

/** How a person wants to be told of things. */
const putReading = route({
  method: 'PUT',
  path: '/reps/{repId}/reading',
  summary:
    'In which language a person is told of things, and in which hours not; null takes away, what is left out stays',
  roles: everybody,
  params,
  body: z.strictObject({
    language: z.enum(languageTags).nullable().optional(),
    quietHours: quietHours.nullable().optional(),
  }),
  answers: { 200: repView },
  handle: async ({ params: { repId }, body, person, table }) => {
    const rep = await theirs(table, person, repId);
    const set = Object.fromEntries(
      Object.entries(body).flatMap(([name, value]) => (value === undefined ? [] : [[name, value ?? undefined]])),
    );
    if (Object.keys(set).length > 0) await commit(table, [saveReading(repId, set)]);
    return { status: 200, body: showRep({ ...rep, ...set }) };
  },
});

/** As many browsers as one person may have. */
const MOST_BROWSERS = 10;

const base64url = (bytes: number) =>
  z.string().refine((text) => /^[\w-]+$/.test(text) && Buffer.from(text, 'base64url').length === bytes, {
    message: `${bytes} bytes in Base64url`,
  });

const subscription = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(1000),
  keys: z.object({ p256dh: base64url(65), auth: base64url(16) }),
});

/** The key that browsers subscribe with. */
const getPushKey = route({
  method: 'GET',
  path: '/push-key',
  summary: 'The public key with which a browser subscribes to messages; null when web push is not set up',
  roles: everybody,
  answers: { 200: z.object({ vapidPublicKey: z.string().nullable() }) },
  handle: async () => ({ status: 200, body: { vapidPublicKey: (await readSecret()).vapidPublicKey ?? null } }),
});

/** A browser to be told of things. */
const postSubscription = route({
  method: 'POST',
  path: '/reps/{repId}/browsers',
  summary: 'Subscribes a browser (its PushSubscription as JSON) to a person’s messages',
  roles: everybody,
  params,
  body: subscription,
  answers: { 201: z.object({ browserId: z.string() }) },
  handle: async ({ params: { repId }, body, person, table, now }) => {
    await theirs(table, person, repId);
    const browserId = subscriptionId(body.endpoint);
    const others = (await subscriptionsOf(table, repId)).filter((each) => each.id !== browserId);
    if (others.length >= MOST_BROWSERS) throw invalid('endpoint', `at most ${MOST_BROWSERS} browsers for a person`);
    await commit(table, [subscribe(repId, { id: browserId, ...body }, now())]);
    return { status: 201, body: { browserId } };
  },
});

/** A browser no more. */
const deleteSubscription = route({
  method: 'DELETE',
  path: '/reps/{repId}/browsers/{browserId}',
  summary: 'Forgets a browser',
  roles: everybody,
  params: z.object({ repId: id, browserId: id }),
  answers: { 200: z.object({ browserId: z.string() }) },
  handle: async ({ params: { repId, browserId }, person, table, now }) => {
    await theirs(table, person, repId);
    await unsubscribe(table, repId, browserId, now());
    return { status: 200, body: { browserId } };
  },
});

/** How people want to be told of things. */
export const readingRoutes = [putReading, getPushKey, postSubscription, deleteSubscription];
