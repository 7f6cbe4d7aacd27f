import * as z from 'zod';
import type { Person } from '../../../shared/platform/identity.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import { listQuarantine, redrive } from '../../../shared/platform/quarantine.ts';
import { id, page, paging, route } from '../route.ts';
import { time } from '../views.ts';

const quarantined = z.object({
  quarantineId: z.string(),
  step: z.string(),
  reason: z.string(),
  raw: z.string(),
  at: time,
  type: z.string().optional(),
  redrivenAt: time.optional(),
  redrivenBy: z.string().optional(),
  redriven: z.number().optional(),
});

const by = (person: Person): string => (person.repId === undefined ? person.role : `${person.role} ${person.repId}`);

/** Sends one on its way again. */
export const redriveOne = route({
  method: 'POST',
  path: '/quarantine/{quarantineId}/redrive',
  summary:
    'Sends a message on its way again that no retry could deal with; whoever has dealt with it already does nothing',
  roles: ['admin'],
  params: z.object({ quarantineId: id }),
  answers: { 202: z.object({ quarantineId: z.string() }) },
  handle: async ({ params: { quarantineId }, person, table, now }) => {
    const refused = await redrive(table, quarantineId, by(person), now());
    if (refused === 'unknown') throw notFound(`message ${quarantineId}`);
    if (refused) throw new Problem(409, 'could not be read: there is nothing to send again');
    return { status: 202, body: { quarantineId } };
  },
});

/** As many are sent on their way at one call. */
const AT_ONCE = 200;

/** Sends all on their way again that were not yet. */
export const redriveAll = route({
  method: 'POST',
  path: '/quarantine/redrive',
  summary: 'Sends on their way again the newest 200 messages that can be read and were not sent again yet',
  roles: ['admin'],
  answers: { 202: z.object({ redriven: z.number() }) },
  handle: async ({ person, table, now }) => {
    const { items } = await listQuarantine(table, AT_ONCE);
    const waiting = items.filter(({ type, redriven }) => type !== undefined && redriven === undefined);
    for (const { quarantineId } of waiting) await redrive(table, quarantineId, by(person), now());
    return { status: 202, body: { redriven: waiting.length } };
  },
});

/** What could not be understood. */
export const getQuarantine = route({
  method: 'GET',
  path: '/quarantine',
  summary: 'Messages that could not be understood or dealt with, newest first, each with its reason',
  roles: ['admin'],
  query: z.object(paging),
  answers: { 200: page(quarantined) },
  handle: async ({ query: { limit, cursor }, table }) => ({
    status: 200,
    body: await listQuarantine(table, limit, cursor),
  }),
});
