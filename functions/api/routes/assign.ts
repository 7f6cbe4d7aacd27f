import * as z from 'zod';
import { CHOSEN_BY_HAND } from '../../../shared/audit/record.ts';
import { isClosed, type Lead, ownerOf } from '../../../shared/lead/lead.ts';
import { read } from '../../../shared/lead/store.ts';
import { hindered, type Rep } from '../../../shared/org/rep.ts';
import { readRep } from '../../../shared/org/store.ts';
import { commit, reconsider } from '../../../shared/platform/commit.ts';
import { invalid, Problem } from '../../../shared/platform/problem.ts';
import { rulesNow } from '../../../shared/routing/facts/store.ts';
import { assign, entrust } from '../../../shared/routing/store.ts';
import { timedFor } from '../../../shared/sla/lead-clock.ts';
import { mustSee } from '../access.ts';
import { id, route } from '../route.ts';

const params = z.object({ leadId: id });

/** Gives a lead to a rep by hand. */
export const assignByHand = route({
  method: 'POST',
  path: '/leads/{leadId}/assign',
  summary:
    'Assigns by hand, with a reason: to an active rep under capacity; a supervisor within their team; a won customer too',
  roles: ['admin', 'supervisor'],
  params,
  body: z.strictObject({ repId: id, reason: z.string().trim().min(1).max(500) }),
  answers: { 200: z.object({ leadId: z.string(), owner: z.object({ repId: z.string(), name: z.string() }) }) },
  handle: ({ params: { leadId }, body: { repId, reason }, person, table, now }) =>
    reconsider(async () => {
      const lead = await mustSee(table, person, await read(table, leadId), leadId);
      const rep = await readRep(table, repId);
      if (!rep) throw invalid('repId', `${repId} is not on the roster`);
      if (person.role === 'supervisor' && rep.teamId !== person.teamId) {
        throw new Problem(403, `${repId} is not in your team`, [{ path: 'repId', message: 'not in your team' }]);
      }
      const refused = refuseOwner(lead, rep, now());
      if (refused) throw new Problem(409, refused, [{ path: 'repId', message: refused }]);
      const by = { role: person.role, repId: person.repId, reason };
      const candidates = [{ repId, outcome: 'chosen' as const, reason: CHOSEN_BY_HAND, rank: 1 }];
      const { rules, sla, versions } = await rulesNow(table);
      const decision = { outcome: 'assigned' as const, repId, basis: 'manual', by, candidates, flip: [], versions };
      if (lead.status === 'won') {
        const owner = { repId, name: rep.name, ...(rep.teamId ? { teamId: rep.teamId } : {}) };
        await commit(table, entrust(lead, owner, decision, now()));
      } else {
        const timed = timedFor(lead, rep, sla, now());
        await commit(table, assign(timed, { rep, turns: rep.tally.turns }, decision, rules, now()));
      }
      return { status: 200, body: { leadId, owner: { repId, name: rep.name } } };
    }),
});

/** Why the lead cannot be given to this rep, or undefined. A customer who was won takes none of their room. */
function refuseOwner(lead: Lead, rep: Rep, at: Date): string | undefined {
  if (isClosed(lead) && lead.status !== 'won') return `the lead is ${lead.status}`;
  if (ownerOf(lead)?.repId === rep.repId) return `${rep.repId} has the lead already`;
  const hindrance = lead.status !== 'won' ? hindered(rep, at) : rep.status === 'active' ? undefined : rep.status;
  return hindrance === undefined ? undefined : `${rep.repId} is ${hindrance}`;
}
