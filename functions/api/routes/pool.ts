import * as z from 'zod';
import { gradeOf, isOpen, type Lead } from '../../../shared/lead/lead.ts';
import { list, read } from '../../../shared/lead/store.ts';
import { claimOf } from '../../../shared/org/claims/store.ts';
import { hindered } from '../../../shared/org/rep.ts';
import { readRep } from '../../../shared/org/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { commit, isRefused, reconsider } from '../../../shared/platform/commit.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import { rulesNow } from '../../../shared/routing/facts/store.ts';
import { assign, toPool } from '../../../shared/routing/store.ts';
import { lasting } from '../../../shared/sla/duration.ts';
import { timedFor } from '../../../shared/sla/lead-clock.ts';
import { mustSee } from '../access.ts';
import { id, page, paging, route } from '../route.ts';
import { time } from '../views.ts';

const pooled = z.object({
  leadId: z.string(),
  teamId: z.string(),
  since: time,
  grade: z.enum(['A', 'B', 'C']),
  productLine: z.string().optional(),
  industry: z.string().optional(),
  source: z.string(),
  /** Until when whoever asks may not take it: it was theirs. */
  notBefore: time.optional(),
});

/** The pools that somebody may look into: their team's and everybody's; an admin any. */
const poolsOf = (person: Person, teamId: string | undefined): string[] => {
  if (person.role === 'admin') return teamId === undefined ? [''] : [teamId];
  return person.teamId === undefined ? [''] : [person.teamId, ''];
};

const cooling = (lead: Lead, repId: string | undefined, at: Date): string | undefined =>
  lead.formerly?.find((each) => each.repId === repId && each.until > iso(at))?.until;

/** What lies in the pool. */
export const getPool = route({
  method: 'GET',
  path: '/pool',
  summary: 'Leads that any rep of the team may take, newest first; an admin names the team, or sees those of none',
  roles: ['admin', 'supervisor', 'rep'],
  query: z.object({ ...paging, teamId: id.optional() }),
  answers: { 200: page(pooled) },
  handle: async ({ query: { limit, cursor, teamId }, person, table, now }) => {
    const found = await list(
      table,
      { pools: poolsOf(person, teamId) },
      ({ status }) => status === 'pool',
      limit,
      cursor,
    );
    const items = found.items.flatMap((lead) => {
      if (lead.status !== 'pool') return [];
      const { leadId, poolOf, since, productLine, industry, source } = lead;
      const notBefore = cooling(lead, person.repId, now());
      return [
        {
          leadId,
          teamId: poolOf,
          since,
          grade: gradeOf(lead),
          ...(productLine ? { productLine } : {}),
          ...(industry ? { industry } : {}),
          source: source.channel,
          ...(notBefore ? { notBefore } : {}),
        },
      ];
    });
    return { status: 200, body: { items, ...(found.nextCursor ? { nextCursor: found.nextCursor } : {}) } };
  },
});

/** Takes a lead out of the pool. */
export const claimLead = route({
  method: 'POST',
  path: '/pool/{leadId}/claim',
  summary:
    'Takes a lead out of the pool of one’s team: the first who does has it; so many a day, and not one’s own of late',
  roles: ['rep', 'supervisor'],
  params: z.object({ leadId: id }),
  answers: { 200: z.object({ leadId: z.string(), owner: z.object({ repId: z.string(), name: z.string() }) }) },
  handle: ({ params: { leadId }, person, table, now }) =>
    reconsider(async () => {
      const at = now();
      const lead = await read(table, leadId);
      const rep = person.repId === undefined ? undefined : await readRep(table, person.repId);
      if (!lead || !rep) throw notFound(`lead ${leadId}`);
      if (lead.status !== 'pool') throw new Problem(409, 'somebody else was quicker, or it is not in the pool');
      if (lead.poolOf !== '' && lead.poolOf !== rep.teamId) throw notFound(`lead ${leadId}`);
      const until = cooling(lead, rep.repId, at);
      if (until !== undefined) throw new Problem(409, `it was yours: not before ${until}`);
      const hindrance = hindered(rep, at);
      if (hindrance !== undefined) throw new Problem(409, `you are ${hindrance}`);
      const { rules, sla, versions } = await rulesNow(table);
      const by = { role: person.role, repId: rep.repId, reason: 'taken from the pool' };
      const candidates = [{ repId: rep.repId, outcome: 'chosen' as const, reason: by.reason, rank: 1 }];
      const decision = {
        outcome: 'assigned' as const,
        repId: rep.repId,
        basis: 'claimed',
        by,
        candidates,
        flip: [],
        versions,
      };
      const timed = timedFor(lead, rep, sla, at);
      const { claimsPerDay } = sla.pool;
      try {
        await commit(table, [
          ...assign(timed, { rep, turns: rep.tally.turns }, decision, rules, at),
          claimOf(rep.repId, claimsPerDay, at),
        ]);
      } catch (error) {
        if (isRefused(error) && error.about.includes('claims of the day'))
          throw new Problem(429, `${claimsPerDay} leads a day: tomorrow again`);
        throw error;
      }
      return { status: 200, body: { leadId, owner: { repId: rep.repId, name: rep.name } } };
    }),
});

/** Puts leads into the pool. */
export const returnLeads = route({
  method: 'POST',
  path: '/pool',
  summary: 'Puts up to 100 leads into the pools of their teams, with a reason; a supervisor those of their team',
  roles: ['admin', 'supervisor'],
  body: z.strictObject({ leadIds: z.array(id).min(1).max(100), reason: z.string().trim().min(1).max(500) }),
  answers: {
    200: z.object({
      returned: z.array(z.string()),
      refused: z.array(z.object({ leadId: z.string(), message: z.string() })),
    }),
  },
  handle: async ({ body: { leadIds, reason }, person, table, now }) => {
    const by = { role: person.role, repId: person.repId, reason };
    const answer: { returned: string[]; refused: { leadId: string; message: string }[] } = {
      returned: [],
      refused: [],
    };
    for (const leadId of new Set(leadIds)) {
      try {
        await reconsider(async () => {
          const lead = await mustSee(table, person, await read(table, leadId), leadId);
          if (!isOpen(lead) && lead.status !== 'manual') throw new Problem(409, `the lead is ${lead.status}`);
          const { sla, versions } = await rulesNow(table);
          const coolDown = lasting(sla.pool.coolDown);
          await commit(table, toPool(lead, { reason: 'pool', by, coolDown }, versions, now()));
        });
        answer.returned.push(leadId);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        answer.refused.push({ leadId, message: error.message });
      }
    }
    return { status: 200, body: answer };
  },
});
