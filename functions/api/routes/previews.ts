import * as z from 'zod';
import { current, load } from '../../../shared/config/store.ts';
import { gradeOf, ownerOf } from '../../../shared/lead/lead.ts';
import { decisionRules, routingRules } from '../../../shared/routing/rules.ts';
import { startClock } from '../../../shared/sla/clock.ts';
import { deadlines, slaRules } from '../../../shared/sla/rules.ts';
import { opened } from '../opened.ts';
import { type Route, route } from '../route.ts';
import { compare, query, reassigned, recent, rerun } from './reruns.ts';

const previewRouting = route({
  method: 'POST',
  path: '/config/routing/preview',
  summary: 'Who of the newest leads would have gone elsewhere by these routing rules; changes nothing',
  roles: ['admin'],
  query,
  body: routingRules,
  opened: (posted) => opened('routing', posted),
  answers: { 200: reassigned },
  handle: async ({ body, query: { leads }, table }) => {
    const decisions = await rerun(table, leads, async (inputs, lead) => {
      const { knownRepId, ...rest } = inputs;
      const forgotten = lead.previousBy === 'company' && !body.companyHistory;
      return { ...(forgotten ? rest : inputs), rules: decisionRules(body) };
    });
    return { status: 200, body: compare(decisions) };
  },
});

const levels = z.object({ none: z.number(), supervisor: z.number(), exception: z.number() });

const previewSla = route({
  method: 'POST',
  path: '/config/sla/preview',
  summary: 'How many of the newest leads would have been escalated by these deadlines; changes nothing',
  roles: ['admin'],
  query,
  body: slaRules,
  opened: (posted) => opened('sla', posted),
  answers: { 200: z.object({ leads: z.number(), before: levels, after: levels }) },
  handle: async ({ body, query: { leads: most }, table, now }) => {
    const leads = await recent(table, most, ({ status }) => status !== 'duplicate' && status !== 'rejected');
    const inForce = await load(table, 'sla', (await current(table)).sla);
    const by = (rules: typeof body) => {
      const reached = { none: 0, supervisor: 0, exception: 0 };
      for (const lead of leads) {
        const { receivedAt, firstContactAt } = lead.sla;
        const until = firstContactAt ?? now().toISOString();
        const due = startClock(
          new Date(receivedAt),
          deadlines(rules, { grade: gradeOf(lead), teamId: ownerOf(lead)?.teamId }),
        );
        reached[until > due.exceptionDueAt ? 'exception' : until > due.supervisorDueAt ? 'supervisor' : 'none'] += 1;
      }
      return reached;
    };
    return { status: 200, body: { leads: leads.length, before: by(inForce), after: by(body) } };
  },
});

/** Drafts of rules, run over the newest leads before they are taken. */
export const previewRoutes: Route[] = [previewRouting, previewSla];
