import * as z from 'zod';
import { handoversOf } from '../../../shared/org/handover/store.ts';
import { isFrozen } from '../../../shared/org/rep.ts';
import { reinstate } from '../../../shared/org/staff/store.ts';
import { historyOf, readRep } from '../../../shared/org/store.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import { companyZone } from '../../../shared/platform/zone.ts';
import { id, route } from '../route.ts';
import { repView, showRep, time } from '../views.ts';
import { theirs } from './reps.ts';

const params = z.object({ repId: id });

/** Takes somebody back whom a system shut out. */
export const reinstateRep = route({
  method: 'POST',
  path: '/reps/{repId}/reinstate',
  summary:
    'Takes back who was frozen, against the systems that shut them out, until those say otherwise; with a reason',
  roles: ['admin'],
  params,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  answers: { 200: repView },
  handle: async ({ params: { repId }, body: { reason }, person, table, now }) => {
    const rep = await readRep(table, repId);
    if (!rep) throw notFound(`rep ${repId}`);
    const by = person.repId === undefined ? 'admin' : `admin ${person.repId}`;
    const change = isFrozen(rep) ? await reinstate(table, repId, { by, reason }, now(), companyZone()) : undefined;
    if (!change) throw new Problem(409, 'not frozen', [{ path: 'repId', message: `${repId} is ${rep.status}` }]);
    return { status: 200, body: showRep((await readRep(table, repId)) ?? rep) };
  },
});

/** What happened to a rep. */
export const getRepHistory = route({
  method: 'GET',
  path: '/reps/{repId}/history',
  summary: 'What happened to a rep: frozen, away, back, by whom and why; and what came of the leads they handed over',
  roles: ['admin', 'supervisor', 'rep'],
  params,
  answers: {
    200: z.object({
      items: z.array(z.object({ at: time, type: z.string(), detail: z.record(z.string(), z.unknown()) })),
      handovers: z.array(
        z.object({
          reason: z.string(),
          at: time,
          endedAt: time.optional(),
          released: z.record(z.string(), z.number()),
          asked: z.array(z.string()),
        }),
      ),
    }),
  },
  handle: async ({ params: { repId }, person, table }) => {
    await theirs(table, person, repId);
    const [items, handovers] = await Promise.all([historyOf(table, repId), handoversOf(table, repId)]);
    return { status: 200, body: { items, handovers } };
  },
});
