import * as z from 'zod';
import { stages } from '../../shared/journey/stages.ts';
import type { Form } from '../../shared/lead/form.ts';
import { type Lead, leadStatuses, type Owner, ownerOf } from '../../shared/lead/lead.ts';
import { languageTags } from '../../shared/notice/languages/index.ts';
import { quietHours } from '../../shared/notice/quiet.ts';
import { shift } from '../../shared/org/hours.ts';
import { type Rep, repStatuses } from '../../shared/org/rep.ts';
import { caps } from '../../shared/org/tally.ts';
import { failureCauses } from '../../shared/routing/failure.ts';

/** ISO 8601 in UTC with milliseconds. */
export const time = z.iso.datetime({ precision: 3 });
const words = z.string();
const someFields = z.record(z.string(), z.unknown());

/** A lead as people see it in lists. */
export const leadSummary = z.object({
  leadId: words,
  status: z.enum(leadStatuses),
  source: z.object({ channel: words, campaign: words.optional() }),
  contact: someFields,
  company: someFields,
  location: someFields,
  /** What else was answered, in the words of the form. */
  fields: z.array(z.object({ name: words, value: words })).optional(),
  productLine: words.optional(),
  score: z
    .object({
      value: z.number(),
      grade: z.enum(['A', 'B', 'C']),
      points: z.array(z.object({ rule: words, points: z.number(), because: words })),
      version: z.number(),
    })
    .nullable(),
  owner: z.object({ repId: words, name: words, teamId: words.optional() }).nullable(),
  sla: z.object({
    receivedAt: time,
    supervisorDueAt: time,
    exceptionDueAt: time,
    firstContactAt: time.nullable(),
    level: z.enum(['none', 'reminded', 'supervisor', 'exception']),
  }),
  stage: z.object({ name: z.enum([...stages, 'lost']), since: time, stuck: z.boolean() }),
  cause: z.enum(failureCauses).optional(),
  duplicateOf: words.optional(),
  /** Why a lead was rejected. */
  reason: words.optional(),
  lostReason: words.optional(),
});

/** A lead as people see it by itself, with all that happened to it. */
export const leadDetail = leadSummary.extend({
  timeline: z.array(z.object({ at: time, type: words, detail: someFields })),
  /** What became of the messages that these events caused. */
  notices: z.array(
    z.object({
      about: words,
      at: time,
      channel: words,
      state: z.enum(['sending', 'sent', 'waiting', 'failed', 'withdrawn']),
      /** Each try: when, and what the channel said; nothing where it took the message. */
      attempts: z.array(z.object({ at: time, code: words.optional() })),
      tries: z.number().optional(),
      code: words.optional(),
    }),
  ),
});

/** A rep as people see them. */
export const repView = z.object({
  repId: words,
  name: words,
  status: z.enum(repStatuses),
  teamId: words.optional(),
  managerId: words.optional(),
  email: words.optional(),
  hiredAt: words.optional(),
  leftAt: words.optional(),
  productLines: z.array(words),
  capacity: z.number(),
  openLeads: z.number(),
  weight: z.number(),
  caps: caps.optional(),
  timeZone: words.optional(),
  shifts: z.array(shift).optional(),
  language: z.enum(languageTags).optional(),
  quietHours: quietHours.optional(),
  pausedUntil: words.optional(),
  leaveUntil: words.optional(),
  channels: z.object({ wecomUserId: words.optional(), dingtalkUserId: words.optional(), phone: words.optional() }),
});

/** The rep as people see them: without what only the system counts by. */
export const showRep = (rep: Rep): z.infer<typeof repView> => repView.parse(rep);

const TWO_WEEKS = 14 * 24 * 3600 * 1000;

/** An open deal that has not moved for two weeks. */
const isStuck = (lead: Lead, now: Date): boolean =>
  (lead.status === 'assigned' || lead.status === 'contacted') &&
  now.getTime() - Date.parse(lead.stage.since) > TWO_WEEKS;

const showOwner = (owner: Owner | undefined) =>
  owner ? { repId: owner.repId, name: owner.name, ...(owner.teamId ? { teamId: owner.teamId } : {}) } : null;

/** The lead and what was posted, as people see them. */
export function showLead(lead: Lead, form: Form | undefined, now: Date): z.infer<typeof leadSummary> {
  return {
    leadId: lead.leadId,
    status: lead.status,
    source: lead.source,
    contact: { ...form?.contact },
    company: { ...form?.company },
    location: { ...form?.location },
    ...(form?.fields ? { fields: form.fields } : {}),
    ...(lead.productLine === undefined ? {} : { productLine: lead.productLine }),
    score: lead.score ?? null,
    owner: showOwner(ownerOf(lead)),
    sla: lead.sla,
    stage: { ...lead.stage, stuck: isStuck(lead, now) },
    ...(lead.status === 'manual' ? { cause: lead.cause } : {}),
    ...(lead.status === 'duplicate' ? { duplicateOf: lead.duplicateOf } : {}),
    ...(lead.status === 'rejected' ? { reason: lead.reason } : {}),
    ...(lead.status === 'lost' ? { lostReason: lead.lostReason } : {}),
  };
}

/** The lead with its timeline. */
export const showWhole = (
  lead: Lead,
  form: Form,
  { timeline, notices }: Pick<z.infer<typeof leadDetail>, 'timeline' | 'notices'>,
  now: Date,
): z.infer<typeof leadDetail> => ({
  ...showLead(lead, form, now),
  timeline,
  notices,
});
