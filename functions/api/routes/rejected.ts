import * as z from 'zod';
import { current, load } from '../../../shared/config/store.ts';
import { contactKeys } from '../../../shared/lead/contact.ts';
import { isClosed, type Lead } from '../../../shared/lead/lead.ts';
import { list, readForms, readMany, readWithForm } from '../../../shared/lead/store.ts';
import { claim, known } from '../../../shared/person/store.ts';
import { commit, reconsider } from '../../../shared/platform/commit.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { notFound, Problem } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { accept, type By, rejectByHand } from '../../../shared/rubbish/store.ts';
import { deadlines } from '../../../shared/sla/rules.ts';
import { mustBeThere, mustSee } from '../access.ts';
import { id, page, paging, route } from '../route.ts';
import { leadSummary, showLead, time } from '../views.ts';

const deciders = ['admin', 'supervisor'] as const;
const params = z.object({ leadId: id });
const reason = z.string().trim().min(1).max(500);
const decided = z.object({ leadId: z.string(), status: z.string() });
const many = z.strictObject({ leadIds: z.array(id).min(1).max(100), reason });
const refusedOf = z.array(z.object({ leadId: z.string(), message: z.string() }));

/** What nobody ever had is for the admins; what was taken from somebody, for their team's supervisor too. */
const maySee = (person: Person, lead: Lead): boolean =>
  person.role === 'admin' ||
  (lead.status === 'rejected' && lead.takenFrom?.teamId !== undefined && lead.takenFrom.teamId === person.teamId);

/** Leads that were rejected or are held. */
export const getRejected = route({
  method: 'GET',
  path: '/rejected',
  summary:
    'Rejected leads with what spoke against them, newest first; with review=true those that somebody has to look at; a supervisor sees those taken from their team',
  roles: deciders,
  query: z.object({
    review: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional(),
    source: z.string().min(1).max(60).optional(),
    ...paging,
  }),
  answers: { 200: page(leadSummary.extend({ since: time })) },
  handle: async ({ query: { review, source, limit, cursor }, person, table, now }) => {
    const keep = (lead: Lead) =>
      lead.status === 'rejected' &&
      (review === undefined || (lead.review ?? false) === review) &&
      (source === undefined || lead.source.channel === source) &&
      maySee(person, lead);
    const where = review ? ({ lists: ['review'] } as const) : ({ statuses: ['rejected'] } as const);
    const { items, nextCursor } = await list(table, where, keep, limit, cursor);
    const forms = await readForms(
      table,
      items.map(({ leadId }) => leadId),
    );
    const shown = items.flatMap((lead) =>
      lead.status === 'rejected'
        ? [{ ...showLead(lead, forms.get(lead.leadId), now()), since: lead.since ?? lead.receivedAt }]
        : [],
    );
    return { status: 200, body: { items: shown, ...(nextCursor ? { nextCursor } : {}) } };
  },
});

/** Somebody's decision, as it is kept. */
const by = ({ role, repId }: Person, because: string): By => ({ role, repId, reason: because });

/** Lets a rejected lead go its way. @throws Problem 409 when it is not rejected, or its person has another open lead by now */
const letPass = (table: Table, leadId: string, person: Person, because: string, now: () => Date): Promise<Lead> =>
  reconsider(async () => {
    const found = await readWithForm(table, leadId);
    if (!found || (found.lead.status === 'rejected' && !maySee(person, found.lead))) throw notFound(`lead ${leadId}`);
    const { form } = found;
    const lead = mustBeThere(found.lead);
    if (lead.status !== 'rejected') {
      await mustSee(table, person, lead, leadId);
      throw new Problem(409, `the lead is ${lead.status}, not rejected`);
    }
    const keys = contactKeys(form.contact);
    const [seen, versions] = await Promise.all([known(table, keys), current(table)]);
    const others = await readMany(table, [...new Set(seen.map((each) => each.leadId))]);
    const open = others.find((other) => other.leadId !== leadId && !isClosed(other));
    if (open) throw new Problem(409, `the same person has an open lead, ${open.leadId}`);
    const due = deadlines(await load(table, 'sla', versions.sla));
    await commit(table, [
      ...accept(lead, by(person, because), keys, due, versions, now()),
      // From now on this is the lead by which they are known.
      ...keys.map((key) =>
        claim(
          key,
          leadId,
          seen.find(({ contactKey }) => contactKey === key),
        ),
      ),
    ]);
    return lead;
  });

/** Rejects a lead by hand. @throws Problem 409 when it has ended, or was not judged yet */
const reject = (table: Table, leadId: string, person: Person, because: string, now: () => Date): Promise<Lead> =>
  reconsider(async () => {
    const found = (await readMany(table, [leadId]))[0];
    const lead = await mustSee(table, person, found, leadId);
    const held = lead.status === 'rejected' && lead.review === true;
    if (isClosed(lead) && !held) throw new Problem(409, `the lead is ${lead.status}`);
    if (lead.status === 'received') throw new Problem(409, 'the lead has only just come in');
    await commit(table, rejectByHand(lead, by(person, because), await current(table), now()));
    return lead;
  });

/** Accepts one. */
export const acceptLead = route({
  method: 'POST',
  path: '/leads/{leadId}/accept',
  summary:
    'Lets a rejected or held lead go its way, with a reason: scored, assigned, its clock from now; its sender is not judged again',
  roles: deciders,
  params,
  body: z.strictObject({ reason }),
  answers: { 202: decided },
  handle: async ({ params: { leadId }, body, person, table, now }) => {
    await letPass(table, leadId, person, body.reason, now);
    return { status: 202, body: { leadId, status: 'received' } };
  },
});

/** Rejects one. */
export const rejectLead = route({
  method: 'POST',
  path: '/leads/{leadId}/reject',
  summary:
    'Rejects an open or held lead as rubbish, with a reason; a supervisor one of their team; can be accepted again',
  roles: deciders,
  params,
  body: z.strictObject({ reason }),
  answers: { 200: decided },
  handle: async ({ params: { leadId }, body, person, table, now }) => {
    await reject(table, leadId, person, body.reason, now);
    return { status: 200, body: { leadId, status: 'rejected' } };
  },
});

/** Does the same to each of many leads: which were done, and which refused and why. */
async function each(leadIds: readonly string[], decide: (leadId: string) => Promise<unknown>) {
  const done: string[] = [];
  const refused: z.infer<typeof refusedOf> = [];
  for (const leadId of new Set(leadIds)) {
    try {
      await decide(leadId);
      done.push(leadId);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      refused.push({ leadId, message: error.message });
    }
  }
  return { done, refused };
}

/** Accepts many. */
export const acceptLeads = route({
  method: 'POST',
  path: '/rejected/accept',
  summary: 'Lets up to 100 rejected or held leads go their way, with a reason',
  roles: deciders,
  body: many,
  answers: { 200: z.object({ accepted: z.array(z.string()), refused: refusedOf }) },
  handle: async ({ body, person, table, now }) => {
    const { done, refused } = await each(body.leadIds, (leadId) => letPass(table, leadId, person, body.reason, now));
    return { status: 200, body: { accepted: done, refused } };
  },
});

/** Rejects many. */
export const rejectLeads = route({
  method: 'POST',
  path: '/rejected',
  summary: 'Rejects up to 100 open or held leads as rubbish, with a reason',
  roles: deciders,
  body: many,
  answers: { 200: z.object({ rejected: z.array(z.string()), refused: refusedOf }) },
  handle: async ({ body, person, table, now }) => {
    const { done, refused } = await each(body.leadIds, (leadId) => reject(table, leadId, person, body.reason, now));
    return { status: 200, body: { rejected: done, refused } };
  },
});
