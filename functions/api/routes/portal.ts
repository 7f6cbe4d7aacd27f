import * as z from 'zod';
import { isClosed, type Lead, ownerOf } from '../../../shared/lead/lead.ts';
import { read } from '../../../shared/lead/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { commit, reconsider } from '../../../shared/platform/commit.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import { readSecret, sourceKey } from '../../../shared/platform/secrets.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { choices, choose } from '../../../shared/portal/choice.ts';
import { portalToken, readPortalToken } from '../../../shared/portal/token.ts';
import { factsFor } from '../../../shared/routing/facts/store.ts';
import { flips } from '../../../shared/routing/flip.ts';
import { assign } from '../../../shared/routing/store.ts';
import { timedFor } from '../../../shared/sla/lead-clock.ts';
import { mustSee } from '../access.ts';
import { id, route } from '../route.ts';
import { time } from '../views.ts';

const portalKey = async (): Promise<string> => sourceKey(await readSecret(), 'portal');
const rep = z.object({ repId: z.string(), name: z.string() });
const token = z.object({ token: z.string().min(1).max(1000) });

/** Makes the link for a customer. */
export const makePortalLink = route({
  method: 'POST',
  path: '/leads/{leadId}/portal-link',
  summary: 'A signed link by which the customer sees and chooses who serves them, for 30 days',
  roles: ['admin', 'supervisor', 'rep'],
  params: z.object({ leadId: id }),
  answers: { 201: z.object({ token: z.string(), path: z.string(), expiresAt: time }) },
  handle: async ({ params: { leadId }, person, table, now }) => {
    await mustSee(table, person, await read(table, leadId), leadId);
    const made = await portalToken(leadId, await portalKey(), now());
    return {
      status: 201,
      body: { token: made.token, path: `/portal/${made.token}`, expiresAt: iso(made.expiresAt) },
    };
  },
});

/** @throws Problem 401 for a token that was altered, 410 for one that expired */
async function open(table: Table, given: string, at: Date): Promise<{ lead: Lead; expiresAt: Date }> {
  const access = await readPortalToken(given, await portalKey(), at);
  if (access === 'expired') throw new Problem(410, 'this link has expired', [{ path: 'token', message: 'expired' }]);
  if (access === 'invalid') throw new Problem(401, 'this link is not valid', [{ path: 'token', message: 'not valid' }]);
  const lead = await read(table, access.leadId);
  if (!lead) throw notFound('what this link was for');
  return { lead, expiresAt: access.expiresAt };
}

const servedBy = (lead: Lead) => {
  const owner = ownerOf(lead);
  return owner ? { repId: owner.repId, name: owner.name } : null;
};

/** Who serves me, and who else may. */
export const seePortal = route({
  method: 'GET',
  path: '/portal/{token}',
  summary: 'For the customer: who serves me, and whom I may choose instead',
  roles: 'public',
  params: token,
  answers: { 200: z.object({ servedBy: rep.nullable(), choices: z.array(rep), expiresAt: time }) },
  handle: async ({ params, table, now }) => {
    const { lead, expiresAt } = await open(table, params.token, now());
    const offered = isClosed(lead) ? [] : choices((await factsFor(table, lead, now())).inputs);
    return { status: 200, body: { servedBy: servedBy(lead), choices: offered, expiresAt: iso(expiresAt) } };
  },
});

/** I would rather have somebody else. */
export const choosePortal = route({
  method: 'PUT',
  path: '/portal/{token}',
  summary: 'For the customer: chooses who serves me; the lead moves at once',
  roles: 'public',
  params: token,
  body: z.strictObject({ repId: id }),
  answers: { 200: z.object({ servedBy: rep.nullable() }) },
  handle: ({ params, body: { repId }, table, now }) =>
    reconsider(async () => {
      const { lead } = await open(table, params.token, now());
      if (isClosed(lead)) throw new Problem(409, `the lead is ${lead.status}`);
      if (ownerOf(lead)?.repId === repId) return { status: 200, body: { servedBy: servedBy(lead) } };
      const { inputs, versions, rules, sla, roster } = await factsFor(table, lead, now());
      const choice = choose(inputs, repId);
      if (!choice.accepted) throw new Problem(409, choice.because, [{ path: 'repId', message: choice.because }]);
      const rep = roster.get(repId);
      if (!rep) throw new Problem(409, `${repId} is not on the roster`);
      const by = { role: 'customer', reason: 'chosen in the portal' };
      const flip = flips(choice.inputs, choice.routing);
      const { turns, ...routing } = choice.routing;
      const decision = { ...routing, by, flip, versions, inputs: choice.inputs };
      const timed = timedFor({ ...lead, preferredRepId: repId }, rep, sla, now());
      await commit(table, assign(timed, { rep, turns }, decision, rules, now()));
      return { status: 200, body: { servedBy: { repId, name: rep.name } } };
    }),
});
