import * as z from 'zod';
import { recordsOf } from '../../../shared/audit/store.ts';
import { postsOf, type Touch, touchesOf } from '../../../shared/duplicates/store.ts';
import type { Form } from '../../../shared/lead/form.ts';
import { type Lead, type LeadStatus, leadStatuses } from '../../../shared/lead/lead.ts';
import {
  anyStatus,
  list,
  read,
  readForms,
  readWithForm,
  type Selection,
  save,
  timeline,
} from '../../../shared/lead/store.ts';
import { noticesOf } from '../../../shared/notice/store.ts';
import { personOf } from '../../../shared/person/whole/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { commitOnce } from '../../../shared/platform/commit.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { notFound } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { mustSeeBare, visibleOwners } from '../access.ts';
import { id, page, paging, route } from '../route.ts';
import { leadDetail, leadSummary, showLead, showWhole } from '../views.ts';

const all = ['admin', 'supervisor', 'rep'] as const;

const query = z.object({
  status: z.enum(leadStatuses).optional(),
  grade: z.enum(['A', 'B', 'C']).optional(),
  owner: id.optional(),
  ...paging,
});

/** The teams of which the person is asked who gets a lead: such leads are with the manual group. */
const teamsAsked = ({ role, teamId }: Person, status: LeadStatus | undefined): string[] =>
  role === 'supervisor' && teamId !== undefined && (status ?? 'manual') === 'manual' ? [teamId] : [];

/** The narrowest index partitions that hold what is asked for, given whose leads the person may see. */
function selection({ status, owner }: z.infer<typeof query>, person: Person, visible: string[] | undefined): Selection {
  if (owner !== undefined) return { owners: visible === undefined || visible.includes(owner) ? [owner] : [], status };
  if (visible !== undefined) return { owners: visible, status, askedOf: teamsAsked(person, status) };
  return status === undefined ? anyStatus : { statuses: [status] };
}

/** Leads, newest first, as far as the caller may see them. */
export const listLeads = route({
  method: 'GET',
  path: '/leads',
  summary:
    'Leads, newest first: an admin sees all, a supervisor their team’s and those for which they are to name an owner, a rep their own',
  roles: all,
  query,
  answers: { 200: page(leadSummary) },
  handle: async ({ query: asked, person, table, now }) => {
    const chosen = selection(asked, person, await visibleOwners(table, person));
    const keep = (lead: Lead) =>
      (asked.status === undefined || lead.status === asked.status) &&
      (asked.grade === undefined || lead.score?.grade === asked.grade);
    const { items, nextCursor } = await list(table, chosen, keep, asked.limit, asked.cursor);
    const forms = await readForms(
      table,
      items.map(({ leadId }) => leadId),
    );
    const shown = items.map((lead) => showLead(lead, forms.get(lead.leadId), now()));
    return { status: 200, body: { items: shown, ...(nextCursor ? { nextCursor } : {}) } };
  },
});

/** Events of a lead of which people are told. */
const TOLD = new Set([
  'LeadAssigned',
  'LeadRescored',
  'LeadTouched',
  'CallWished',
  'LeadReminded',
  'LeadOverdue',
  'LeadMissed',
  'DealStuck',
  'TaskReminded',
  'TaskOverdue',
  'SurveyAsked',
  'LeadSentToManual',
]);

/** A lead with what happened to it, and what became of the messages about that. */
async function whole(table: Table, { lead, form }: { lead: Lead; form: Form }, at: Date) {
  const [entries, touches] = await Promise.all([timeline(table, lead.leadId), touchesOf(table, lead.leadId)]);
  const own: Touch = { leadId: lead.leadId, at: lead.receivedAt, likeness: 'exact' };
  const [posted, ...posts] = await postsOf(table, [own, ...touches]);
  const notices = await Promise.all(
    entries.map(async ({ type, detail }) => {
      const found = TOLD.has(type) ? await noticesOf(table, String(detail.eventId)) : [];
      return found.map((notice) => ({ about: type, ...notice }));
    }),
  );
  const tried = notices.flat().flatMap(({ about, channel, attempts }) =>
    attempts.map(({ at, code }) => ({
      at,
      type: code === undefined ? 'MessageSent' : 'MessageNotTaken',
      detail: { about, channel, ...(code === undefined ? {} : { code }) },
    })),
  );
  const happened = [...entries, ...tried].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return showWhole(
    lead,
    form,
    { timeline: happened, notices: notices.flat(), posted: posted?.form ?? form, posts },
    at,
  );
}

/** Notes that the owner has looked at a lead that waits for them, the first time. Nothing fails for it. */
async function noteSeen(table: Table, lead: Lead, person: Person, at: Date): Promise<void> {
  const theirs = lead.status === 'assigned' && lead.owner.repId === person.repId;
  if (!theirs || lead.seenAt !== undefined) return;
  await commitOnce(table, [save(lead, { ...lead, seenAt: iso(at) })]);
}

/** One lead, whole. */
export const getLead = route({
  method: 'GET',
  path: '/leads/{leadId}',
  summary: 'One lead with its score, owner, SLA, stage and timeline',
  roles: all,
  params: z.object({ leadId: id }),
  answers: { 200: leadDetail.extend({ personId: z.string() }) },
  handle: async ({ params: { leadId }, person, table, now }) => {
    const found = await readWithForm(table, leadId);
    await mustSeeBare(table, person, found?.lead, leadId);
    if (!found) throw notFound(`lead ${leadId}`);
    await noteSeen(table, found.lead, person, now());
    const personId = await personOf(table, found.lead);
    return { status: 200, body: { ...(await whole(table, found, now())), personId } };
  },
});

const candidate = z.object({
  repId: z.string(),
  basis: z.string().optional(),
  outcome: z.enum(['chosen', 'passed-over']),
  reason: z.string(),
  rank: z.number().optional(),
});

const decision = z.object({
  decisionId: z.string(),
  leadId: z.string(),
  number: z.number(),
  at: z.string(),
  outcome: z.enum(['assigned', 'failed', 'manual', 'released']),
  cause: z.string().optional(),
  repId: z.string().optional(),
  basis: z.string(),
  /** When it is tried again because a shift begins then. */
  waitsUntil: z.string().optional(),
  by: z.record(z.string(), z.unknown()).optional(),
  candidates: z.array(candidate),
  flip: z.array(z.object({ repId: z.string(), change: z.string() })),
  versions: z.record(z.string(), z.number()),
  inputs: z.record(z.string(), z.unknown()).optional(),
  hash: z.string(),
  previousHash: z.string(),
});

/** Why the lead went where it went. */
export const getDecisions = route({
  method: 'GET',
  path: '/leads/{leadId}/decisions',
  summary: 'The audit records of one lead, in order: every candidate with the reason, and the versions of the rules',
  roles: all,
  params: z.object({ leadId: id }),
  answers: { 200: z.object({ items: z.array(decision) }) },
  handle: async ({ params: { leadId }, person, table }) => {
    await mustSeeBare(table, person, await read(table, leadId), leadId);
    return { status: 200, body: { items: await recordsOf(table, leadId) } };
  },
});
