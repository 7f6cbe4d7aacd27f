import * as z from 'zod';
import { CallWished } from '../../../events/call-wished.ts';
import { announce } from '../../../events/contract.ts';
import { rootsOf } from '../../../shared/duplicates/store.ts';
import { isClosed, type Lead, ownerOf } from '../../../shared/lead/lead.ts';
import { leadPartition } from '../../../shared/lead/partition.ts';
import { read, save } from '../../../shared/lead/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { commit, outbox, reconsider } from '../../../shared/platform/commit.ts';
import type { Answer, Call } from '../../../shared/platform/http-step.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import { readSecret, sourceKey } from '../../../shared/platform/secrets.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { type CallTime, callTimes } from '../../../shared/portal/call-time.ts';
import { choices, choose } from '../../../shared/portal/choice.ts';
import { portalToken, readPortalToken } from '../../../shared/portal/token.ts';
import { factsFor, rulesNow } from '../../../shared/routing/facts/store.ts';
import { flips } from '../../../shared/routing/flip.ts';
import { assign } from '../../../shared/routing/store.ts';
import { timedFor } from '../../../shared/sla/lead-clock.ts';
import { mustBeThere, mustSee } from '../access.ts';
import { id, route } from '../route.ts';
import { time } from '../views.ts';
import { deadLinkPage, portalPage, wantsHtml } from './portal-page.ts';

const portalKey = async (): Promise<string> => sourceKey(await readSecret(), 'portal');
const rep = z.object({ repId: z.string(), name: z.string() });
const callTime = z.enum(callTimes);

/** What a customer may ask for: somebody else, or when to be called, or both. */
const asking = z
  .strictObject({ repId: id.optional(), callTime: callTime.optional() })
  .refine((asked) => asked.repId ?? asked.callTime, { path: ['repId'], message: 'repId or callTime is needed' });
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
  // Whose lead was merged into another is served as that.
  const lead = (await rootsOf(table, [access.leadId])).get(access.leadId);
  if (!lead) throw notFound('what this link was for');
  return { lead: mustBeThere(lead), expiresAt: access.expiresAt };
}

const servedBy = (lead: Lead) => {
  const owner = ownerOf(lead);
  return owner ? { repId: owner.repId, name: owner.name } : null;
};

/** What the link shows at this moment. @throws Problem when it opens nothing */
async function portalOf(table: Table, given: string, at: Date) {
  const { lead, expiresAt } = await open(table, given, at);
  const offered = isClosed(lead) ? [] : choices((await factsFor(table, lead, await rulesNow(table), at)).inputs);
  const wish = lead.callTime === undefined ? {} : { callTime: lead.callTime };
  return { servedBy: servedBy(lead), choices: offered, ...wish, expiresAt: iso(expiresAt) };
}

/** The answer for a browser; what cannot be opened is said in words as well. */
async function asPage(headers: Call['headers'], page: () => Promise<Answer>): Promise<Answer> {
  try {
    return await page();
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 503) throw error;
    return deadLinkPage(error.status, headers);
  }
}

/** Who serves me, and who else may. */
export const seePortal = route({
  method: 'GET',
  path: '/portal/{token}',
  summary: 'For the customer: who serves me, and whom I may choose instead; a page for browsers (Accept: text/html)',
  roles: 'public',
  params: token,
  answers: {
    200: z.object({ servedBy: rep.nullable(), choices: z.array(rep), callTime: callTime.optional(), expiresAt: time }),
  },
  types: ['application/json', 'text/html'],
  handle: async ({ params, headers, table, now }) => {
    const see = () => portalOf(table, params.token, now());
    if (wantsHtml(headers)) return asPage(headers, async () => portalPage(200, headers, await see()));
    return { status: 200, body: await see() };
  },
});

/** Gives the lead to whom the customer chose. @throws Problem when the link opens nothing, or that rep may not serve them */
const choosing = (table: Table, given: string, repId: string, now: () => Date) =>
  reconsider(async () => {
    const { lead } = await open(table, given, now());
    if (isClosed(lead)) throw new Problem(409, `the lead is ${lead.status}`);
    if (ownerOf(lead)?.repId === repId) return servedBy(lead);
    const inForce = await rulesNow(table);
    const { rules, sla } = inForce;
    const { inputs, versions, roster } = await factsFor(table, lead, inForce, now());
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
    return { repId, name: rep.name };
  });

/** Notes when the customer would like to be called; the owner is told. Again the same: nothing. */
const wishing = (table: Table, given: string, wished: CallTime, now: () => Date) =>
  reconsider(async () => {
    const { lead } = await open(table, given, now());
    if (isClosed(lead)) throw new Problem(409, `the lead is ${lead.status}`);
    if (lead.callTime === wished) return;
    const { leadId } = lead;
    const repId = ownerOf(lead)?.repId;
    const event = announce(CallWished, { leadId, ...(repId === undefined ? {} : { repId }), callTime: wished });
    await commit(table, [save(lead, { ...lead, callTime: wished }), outbox(leadPartition(leadId), event, now())]);
  });

/** Does what the customer asks for; who serves them comes first, so that it is they who are told when to call. */
async function grant(table: Table, given: string, asked: z.infer<typeof asking>, now: () => Date): Promise<void> {
  if (asked.repId !== undefined) await choosing(table, given, asked.repId, now);
  if (asked.callTime !== undefined) await wishing(table, given, asked.callTime, now);
}

/** I would rather have somebody else. */
export const choosePortal = route({
  method: 'PUT',
  path: '/portal/{token}',
  summary: 'For the customer: chooses who serves me (the lead moves at once), and says when to call',
  roles: 'public',
  params: token,
  body: asking,
  answers: { 200: z.object({ servedBy: rep.nullable(), callTime: callTime.optional() }) },
  handle: async ({ params, body, table, now }) => {
    await grant(table, params.token, body, now);
    const { lead } = await open(table, params.token, now());
    const wish = lead.callTime === undefined ? {} : { callTime: lead.callTime };
    return { status: 200, body: { servedBy: servedBy(lead), ...wish } };
  },
});

/** The same from the page's form. */
export const postPortal = route({
  method: 'POST',
  path: '/portal/{token}',
  summary: 'The forms of the customer’s page: do what is asked for, and show the page again',
  roles: 'public',
  params: token,
  form: true,
  body: asking,
  answers: { 303: z.string() },
  types: ['text/html'],
  handle: ({ params, body, headers, table, now }) =>
    asPage(headers, async () => {
      try {
        await grant(table, params.token, body, now);
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 409) throw error;
        return portalPage(409, headers, { ...(await portalOf(table, params.token, now())), refused: true });
      }
      return { status: 303, headers: { location: `/portal/${params.token}`, 'referrer-policy': 'no-referrer' } };
    }),
});
