import * as z from 'zod';
import { current } from '../../../shared/config/store.ts';
import { gradeOf } from '../../../shared/lead/lead.ts';
import { list, read } from '../../../shared/lead/store.ts';
import { commit, reconsider } from '../../../shared/platform/commit.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import { failureCauses } from '../../../shared/routing/failure.ts';
import { release } from '../../../shared/routing/store.ts';
import { id, page, paging, route } from '../route.ts';
import { time } from '../views.ts';

const waiting = z.object({
  leadId: z.string(),
  cause: z.enum(failureCauses),
  attempts: z.number(),
  since: time,
  grade: z.enum(['A', 'B', 'C']),
});

/** What the system could not place. */
export const getManualQueue = route({
  method: 'GET',
  path: '/manual-queue',
  summary: 'Leads that the manual group has to place, newest first',
  roles: ['admin'],
  query: z.object(paging),
  answers: { 200: page(waiting) },
  handle: async ({ query: { limit, cursor }, table }) => {
    const { items, nextCursor } = await list(table, { statuses: ['manual'] }, () => true, limit, cursor);
    const shown = items.flatMap((lead) =>
      lead.status === 'manual'
        ? [{ leadId: lead.leadId, cause: lead.cause, attempts: lead.attempts, since: lead.since, grade: gradeOf(lead) }]
        : [],
    );
    return { status: 200, body: { items: shown, ...(nextCursor ? { nextCursor } : {}) } };
  },
});

/** Lets the system try again. */
export const retryManual = route({
  method: 'POST',
  path: '/manual-queue/{leadId}/retry',
  summary: 'Takes a lead out of the manual group and has it assigned anew',
  roles: ['admin'],
  params: z.object({ leadId: id }),
  answers: { 202: z.object({ leadId: z.string(), status: z.string() }) },
  handle: ({ params: { leadId }, person, table, now }) =>
    reconsider(async () => {
      const lead = await read(table, leadId);
      if (!lead) throw notFound(`lead ${leadId}`);
      if (lead.status !== 'manual') throw new Problem(409, `the lead is ${lead.status}, not with the manual group`);
      const by = { role: person.role, repId: person.repId, reason: 'retried by hand' };
      await commit(table, release(lead, 'retry', by, await current(table), now()));
      return { status: 202, body: { leadId, status: lead.score ? 'scored' : 'received' } };
    }),
});
