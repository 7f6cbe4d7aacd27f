import * as z from 'zod';
import { failuresBy } from '../../../shared/breaker/breaker.ts';
import { breakingCauses, heldFor, readBreaker, reset } from '../../../shared/breaker/store.ts';
import { current, load } from '../../../shared/config/store.ts';
import { page, pageOf, paging, route } from '../route.ts';
import { time } from '../views.ts';

const breaker = z.object({
  cause: z.enum(breakingCauses),
  state: z.enum(['closed', 'open', 'trial']),
  openedAt: time.nullable(),
  failures: z.number(),
  held: z.number(),
  tryAt: time.optional(),
  trialLeadId: z.string().optional(),
});

/** Breakers are shown in the order of their causes: fewer than ten. */
const orderOf = (cause: (typeof breakingCauses)[number]): string => String(breakingCauses.indexOf(cause));

/** The breakers. */
export const getBreakers = route({
  method: 'GET',
  path: '/breakers',
  summary:
    'For each cause of failed assignments, whether its breaker is open, how many leads failed, and how many it holds',
  roles: ['admin'],
  query: z.object(paging),
  answers: { 200: page(breaker) },
  handle: async ({ query, table, now }) => {
    const { breaker: rules } = await load(table, 'routing', (await current(table)).routing);
    const { items: causes, ...next } = pageOf(breakingCauses, orderOf, query);
    const items = await Promise.all(
      causes.map(async (cause) => {
        const [seen, held] = await Promise.all([readBreaker(table, cause), heldFor(table, cause)]);
        const { state, openedAt = null, tryAt, trialLeadId } = seen;
        return {
          cause,
          state,
          openedAt,
          failures: failuresBy(seen, rules, now()),
          held: held.length,
          ...(tryAt === undefined ? {} : { tryAt }),
          ...(trialLeadId === undefined ? {} : { trialLeadId }),
        };
      }),
    );
    return { status: 200, body: { items, ...next } };
  },
});

/** Closes a breaker. */
export const resetBreaker = route({
  method: 'POST',
  path: '/breakers/{cause}/reset',
  summary:
    'Closes the breaker of a cause: the leads it held are assigned anew, and failures are retried one by one again',
  roles: ['admin'],
  params: z.object({ cause: z.enum(breakingCauses) }),
  answers: { 200: z.object({ cause: z.string(), state: z.literal('closed') }) },
  handle: async ({ params: { cause }, person, table, now }) => {
    await reset(table, cause, person.repId === undefined ? 'admin' : `admin ${person.repId}`, now());
    return { status: 200, body: { cause, state: 'closed' } };
  },
});
