import * as z from 'zod';
import { readMany } from '../../../shared/lead/store.ts';
import { after } from '../../../shared/platform/clock.ts';
import { invalid } from '../../../shared/platform/problem.ts';
import { exceptionsBetween } from '../../../shared/sla/store.ts';
import { visibleOwners } from '../access.ts';
import { route } from '../route.ts';
import { time } from '../views.ts';

const WEEK = 7 * 24 * 3600 * 1000;
const LONGEST = 366 * 24 * 3600 * 1000;
const moment = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((text) => new Date(text));

const exception = z.object({
  leadId: z.string(),
  dueAt: time,
  at: time,
  repId: z.string().optional(),
  firstContactAt: time.nullable(),
  status: z.string(),
});

/** Leads that nobody contacted in time. */
export const getExceptions = route({
  method: 'GET',
  path: '/reports/exceptions',
  summary: 'Leads that nobody contacted by the exception deadline, and what became of them; the last week unless told',
  roles: ['admin', 'supervisor'],
  query: z.object({ from: moment.optional(), to: moment.optional() }),
  answers: { 200: z.object({ items: z.array(exception) }) },
  handle: async ({ query, person, table, now }) => {
    const to = query.to ?? after(now(), 1);
    const from = query.from ?? after(to, -WEEK);
    if (from > to) throw invalid('from', 'must be before to');
    if (to.getTime() - from.getTime() > LONGEST) throw invalid('from', 'at most a year at once');
    const owners = await visibleOwners(table, person);
    const found = await exceptionsBetween(table, from, to);
    const mine = found.filter(({ repId }) => owners === undefined || (repId !== undefined && owners.includes(repId)));
    const leads = new Map(
      (
        await readMany(
          table,
          mine.map(({ leadId }) => leadId),
        )
      ).map((lead) => [lead.leadId, lead]),
    );
    const items = mine.map((each) => ({
      ...each,
      firstContactAt: leads.get(each.leadId)?.sla.firstContactAt ?? null,
      status: leads.get(each.leadId)?.status ?? 'erased',
    }));
    return { status: 200, body: { items } };
  },
});
