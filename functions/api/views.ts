import * as z from 'zod';
import type { Touch } from '../../shared/duplicates/store.ts';
import { isStuck } from '../../shared/journey/progress.ts';
import { stages } from '../../shared/journey/stages.ts';
import type { Form } from '../../shared/lead/form.ts';
import { type Lead, leadStatuses, likenesses, type Owner, ownerOf, waitsUntil } from '../../shared/lead/lead.ts';
import { languageTags } from '../../shared/notice/languages/index.ts';
import { quietHours } from '../../shared/notice/quiet.ts';
import { shift } from '../../shared/org/hours.ts';
import { type Rep, repStatuses } from '../../shared/org/rep.ts';
import { caps } from '../../shared/org/tally.ts';
import { callTimes } from '../../shared/portal/call-time.ts';
import { failureCauses } from '../../shared/routing/failure.ts';
import { signNames } from '../../shared/rubbish/sign.ts';

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
      /** The learned model that scored, and the probability of winning by it. */
      model: z.number().optional(),
      probability: z.number().optional(),
    })
    .nullable(),
  owner: z.object({ repId: words, name: words, teamId: words.optional() }).nullable(),
  sla: z.object({
    receivedAt: time,
    supervisorDueAt: time,
    exceptionDueAt: time,
    firstContactAt: time.nullable(),
    level: z.enum(['none', 'reminded', 'supervisor', 'exception']),
    raisedAt: time.optional(),
    remindDueAt: time.optional(),
    reminded: z.literal(true).optional(),
    reassignDueAt: time.optional(),
    poolDueAt: time.optional(),
    stuckDueAt: time.optional(),
    stuckSince: time.optional(),
  }),
  stage: z.object({ name: z.enum([...stages, 'lost']), since: time, stuck: z.boolean() }),
  cause: z.enum(failureCauses).optional(),
  /** The team whose supervisor is asked who gets it. */
  askedOf: words.optional(),
  duplicateOf: words.optional(),
  /** Until when it waits for a shift to begin, where nothing else keeps it from being given. */
  waitsUntil: time.optional(),
  /** Why it was rejected, or is held until somebody has looked at it (`review`). */
  reason: words.optional(),
  review: z.boolean().optional(),
  /** What spoke against it when it came in. */
  rubbish: z
    .object({
      verdict: z.enum(['passed', 'review', 'rejected']),
      points: z.number(),
      reasons: z.array(z.object({ sign: z.enum(signNames), points: z.number(), because: words })),
      version: z.number(),
      trusted: z.boolean().optional(),
    })
    .optional(),
  likeness: z.enum(likenesses).optional(),
  lostReason: words.optional(),
  callTime: z.enum(callTimes).optional(),
});

const from = {
  campaign: words.optional(),
  utm: z.record(z.string(), words).optional(),
  clickIds: z.record(z.string(), words).optional(),
  landingPage: words.optional(),
};

const consent = z.object({
  marketing: z.boolean().optional(),
  at: words.optional(),
  text: words.optional(),
  version: words.optional(),
  source: words.optional(),
});

/** A post of the lead's customer: its own, or a later one that was merged into it. */
const touch = z.object({
  at: time,
  leadId: words,
  source: words,
  ...from,
  likeness: z.enum(likenesses).optional(),
  consent: consent.optional(),
  undone: z.object({ at: time, reason: words, role: words, repId: words.optional() }).optional(),
});

/** A lead as people see it by itself, with all that happened to it. */
export const leadDetail = leadSummary.extend({
  source: z.object({ channel: words, ...from }),
  /** What counts of all that was said; as it was said each time: in the touches. */
  consent: consent.optional(),
  /** The newest hundred, oldest first; the first and the last that count by themselves. */
  touches: z.array(touch),
  firstTouch: touch,
  lastTouch: touch,
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

const showOwner = (owner: Owner | undefined) =>
  owner ? { repId: owner.repId, name: owner.name, ...(owner.teamId ? { teamId: owner.teamId } : {}) } : null;

/** The lead and what was posted, as people see them. */
export function showLead(lead: Lead, form: Form | undefined, now: Date): z.infer<typeof leadSummary> {
  const until = waitsUntil(lead);
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
    ...(until === undefined ? {} : { waitsUntil: until }),
    stage: { name: lead.stage.name, since: lead.stage.since, stuck: isStuck(lead, now) },
    ...(lead.callTime === undefined ? {} : { callTime: lead.callTime }),
    ...(lead.status === 'manual' ? { cause: lead.cause } : {}),
    ...(lead.status === 'manual' && lead.askedOf !== undefined ? { askedOf: lead.askedOf } : {}),
    ...(lead.status === 'duplicate' ? { duplicateOf: lead.duplicateOf, likeness: lead.likeness ?? 'exact' } : {}),
    ...(lead.status === 'rejected' ? { reason: lead.reason, review: lead.review ?? false } : {}),
    ...(lead.rubbish ? { rubbish: lead.rubbish } : {}),
    ...(lead.status === 'lost' ? { lostReason: lead.lostReason } : {}),
  };
}

const cameFrom = ({ source: { campaign, utm, clickIds, landingPage } }: Form) => ({
  ...(campaign ? { campaign } : {}),
  ...(utm ? { utm } : {}),
  ...(clickIds ? { clickIds } : {}),
  ...(landingPage ? { landingPage } : {}),
});

const showTouch = ({ leadId, at, likeness, undone, form }: Touch & { form: Form }): z.infer<typeof touch> => {
  const { consent: said } = form;
  return {
    at,
    leadId,
    source: form.source.channel,
    ...cameFrom(form),
    ...(likeness ? { likeness } : {}),
    ...(said ? { consent: said } : {}),
    ...(undone ? { undone } : {}),
  };
};

/** A lead's own post, and those that were merged into it, in the order in which they came. */
function showTouches(lead: Lead, posted: Form, posts: readonly (Touch & { form: Form })[]) {
  const { likeness, ...own } = showTouch({
    leadId: lead.leadId,
    at: lead.receivedAt,
    likeness: 'exact',
    form: posted,
  });
  const touches = [own, ...posts.map(showTouch)].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const counting = touches.filter((each) => !each.undone);
  return { touches, firstTouch: counting[0] ?? own, lastTouch: counting.at(-1) ?? own };
}

/** What is known of a lead beside itself: what was posted at first and later, and what happened. */
interface Known extends Pick<z.infer<typeof leadDetail>, 'timeline' | 'notices'> {
  posted: Form;
  posts: readonly (Touch & { form: Form })[];
}

/** The lead with its timeline and its touches. */
export const showWhole = (
  lead: Lead,
  form: Form,
  { timeline, notices, posted, posts }: Known,
  now: Date,
): z.infer<typeof leadDetail> => ({
  ...showLead(lead, form, now),
  source: { channel: form.source.channel, ...cameFrom(form) },
  ...(form.consent ? { consent: form.consent } : {}),
  ...showTouches(lead, posted, posts),
  timeline,
  notices,
});
