import * as z from 'zod';
import { messagesOf } from '../../../shared/conversation/store.ts';
import { answered, keyOf } from '../../../shared/idempotency/store.ts';
import { logged } from '../../../shared/journey/contacts/store.ts';
import { marked } from '../../../shared/journey/corrections/marked.ts';
import { corrected } from '../../../shared/journey/corrections/store.ts';
import { refuseEvidence } from '../../../shared/journey/evidence/store.ts';
import { contactChannels, correction, interaction } from '../../../shared/journey/interaction.ts';
import { interactionsOf } from '../../../shared/journey/store.ts';
import { isClosed, type Lead } from '../../../shared/lead/lead.ts';
import { read } from '../../../shared/lead/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { commit, reconsider } from '../../../shared/platform/commit.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { invalid, notFound, Problem } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { rulesNow } from '../../../shared/routing/facts/store.ts';
import { mustSee } from '../access.ts';
import { id, route } from '../route.ts';
import { time } from '../views.ts';

const all = ['admin', 'supervisor', 'rep'] as const;
const params = z.object({ leadId: id });

/** A customer's clock and ours may differ by so much (milliseconds). */
const SKEW = 60_000;

/** When a contact was made. @throws Problem 400 for a time to come, or before the lead came in */
function madeAt(said: string | undefined, lead: Lead, at: Date): string {
  if (said === undefined) return iso(at);
  const when = new Date(said);
  if (when.getTime() > at.getTime() + SKEW) throw invalid('at', 'is yet to come');
  if (when.getTime() < Date.parse(lead.receivedAt) - SKEW) throw invalid('at', 'is before the lead came in');
  return iso(when);
}

/** @throws Problem 400 for a next step that is due before the lead came in */
function mustFollow(dueAt: string | undefined, lead: Lead): void {
  if (dueAt !== undefined && Date.parse(dueAt) < Date.parse(lead.receivedAt))
    throw invalid('nextStep.dueAt', 'is before the lead came in');
}

/** @throws Problem 400 naming a file that was not uploaded, or is not what it was declared to be */
async function mustBeThere(table: Table, leadId: string, evidence: readonly { uploadId?: string | undefined }[] = []) {
  for (const [n, { uploadId }] of evidence.entries()) {
    const refused = uploadId === undefined ? undefined : await refuseEvidence(table, leadId, uploadId);
    if (refused !== undefined) throw invalid(`evidence.${n}.uploadId`, refused);
  }
}

/** Whose `Idempotency-Key` it is, and for which lead. */
const keysOf = (leadId: string, { role, repId, teamId = '' }: Person): string =>
  `CONTACT#${leadId}#${repId ?? `${role}#${teamId}`}`;

/** Logs a contact. */
export const logInteraction = route({
  method: 'POST',
  path: '/leads/{leadId}/interactions',
  summary:
    'Logs a contact with the customer; the earliest at which they were reached stops the SLA clock, whenever it is logged. A next step becomes a task; those that were due are done by it. Sent again under the same `Idempotency-Key`, it is the same contact',
  roles: all,
  once: true,
  params,
  body: interaction,
  answers: {
    201: z.object({
      interactionId: z.string(),
      at: time,
      firstContactAt: time.nullable(),
      taskId: z.string().optional(),
      tasksDone: z.array(z.string()),
    }),
  },
  handle: ({ params: { leadId }, body, headers, person, table, now }) => {
    const key = keyOf(headers, keysOf(leadId, person), JSON.stringify(body));
    return reconsider(async () => {
      const lead = await mustSee(table, person, await read(table, leadId), leadId);
      const before = await answered(table, key, now());
      if (before) return before;
      if (isClosed(lead)) throw new Problem(409, `the lead is ${lead.status}`);
      const at = now();
      await mustBeThere(table, leadId, body.evidence);
      mustFollow(body.nextStep?.dueAt, lead);
      const contact = { ...body, at: madeAt(body.at, lead, at), ...(person.repId ? { repId: person.repId } : {}) };
      const made = await logged(table, lead, contact, (await rulesNow(table)).sla, at);
      const answer = { status: 201, body: made.answer };
      await commit(table, [...made.changes, ...(key ? [key.remember(answer, at)] : [])]);
      return answer;
    });
  },
});

/** Corrects a contact that was logged. */
export const correctInteraction = route({
  method: 'POST',
  path: '/leads/{leadId}/interactions/{interactionId}/corrections',
  summary:
    'Corrects a contact that was logged, by a new record with the reason: how it was, or that it never was. The first record stays. If nobody else was in touch, the lead waits for its first contact again (`reopened`): its deadlines count from its receipt as before',
  roles: all,
  params: params.extend({ interactionId: id }),
  body: correction,
  answers: {
    201: z.object({
      interactionId: z.string(),
      corrects: z.string(),
      firstContactAt: time.nullable(),
      reopened: z.boolean(),
    }),
  },
  handle: ({ params: { leadId, interactionId }, body, person, table, now }) =>
    reconsider(async () => {
      const lead = await mustSee(table, person, await read(table, leadId), leadId);
      const [records, messages] = await Promise.all([interactionsOf(table, leadId), messagesOf(table, leadId)]);
      const wrong = marked(records).find((each) => each.interactionId === interactionId);
      if (!wrong) throw notFound(`contact ${interactionId} of lead ${leadId}`);
      if (person.role === 'rep' && wrong.repId !== person.repId)
        throw new Problem(403, 'only who logged a contact, and supervisors, correct it');
      if (wrong.correctedBy !== undefined)
        throw new Problem(409, `it was corrected already, by ${wrong.correctedBy}: correct that one`);
      if (wrong.retracted) throw new Problem(409, 'it was retracted');
      if ('evidence' in body) await mustBeThere(table, leadId, body.evidence);
      const at = now();
      const right = 'retracted' in body ? body : { ...body, at: madeAt(body.at, lead, at) };
      const by = person.repId === undefined ? {} : { repId: person.repId };
      const { sla } = await rulesNow(table);
      const made = await corrected(table, { lead, records, messages }, wrong, { ...right, ...by }, sla, at);
      await commit(table, made.changes);
      return { status: 201, body: made.answer };
    }),
});

const record = z.object({
  interactionId: z.string(),
  at: z.string(),
  repId: z.string().optional(),
  channel: z.enum(contactChannels),
  minutes: z.number(),
  summary: z.string(),
  outcome: z.string(),
  reached: z.boolean().optional(),
  nextStep: z.object({ text: z.string(), dueAt: z.string() }).optional(),
  evidence: z.array(z.record(z.string(), z.string())).optional(),
  reaction: z.string().optional(),
  with: z.array(z.string()).optional(),
  done: z.array(z.string()).optional(),
  corrects: z.string().optional(),
  correctedBy: z.string().optional(),
  retracted: z.literal(true).optional(),
  reason: z.string().optional(),
});

/** The contacts with a lead. */
const getInteractions = route({
  method: 'GET',
  path: '/leads/{leadId}/interactions',
  summary: 'The contacts logged with the customer, oldest first; corrected ones stay, and say by which',
  roles: all,
  params,
  answers: { 200: z.object({ items: z.array(record) }) },
  handle: async ({ params: { leadId }, person, table }) => {
    await mustSee(table, person, await read(table, leadId), leadId);
    const records = marked(await interactionsOf(table, leadId));
    return { status: 200, body: { items: records.map(({ counted, ...shown }) => shown) } };
  },
});

/** Contacts with customers. */
export const contactRoutes = [logInteraction, correctInteraction, getInteractions] as const;
