import * as z from 'zod';
import { readCopied, sidesOf, timed } from '../../../shared/conversation/copied.ts';
import { MOST_MESSAGES, type Said, sides, transcript } from '../../../shared/conversation/message.ts';
import { recordingsOf } from '../../../shared/conversation/recording/store.ts';
import { addMessages, messagesOf } from '../../../shared/conversation/store.ts';
import { isOwnThread, readThread, tie, untied } from '../../../shared/conversation/thread/store.ts';
import { contactChannels } from '../../../shared/journey/interaction.ts';
import { type Lead, ownerOf } from '../../../shared/lead/lead.ts';
import { read, readWithForm } from '../../../shared/lead/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { reconsider } from '../../../shared/platform/commit.ts';
import { invalid, notFound, Problem } from '../../../shared/platform/problem.ts';
import { sha256 } from '../../../shared/platform/random.ts';
import { companyZone } from '../../../shared/platform/zone.ts';
import { rulesNow } from '../../../shared/routing/facts/store.ts';
import { finding, words } from '../../../shared/understanding/finding.ts';
import { intents } from '../../../shared/understanding/intent.ts';
import { readers } from '../../../shared/understanding/read-by.ts';
import { findingsOf, readUnderstood, type Kept as Understood } from '../../../shared/understanding/store.ts';
import { mustSee } from '../access.ts';
import { id, page, paging, route } from '../route.ts';
import { time } from '../views.ts';
import { postRecording, recording, shownRecording, showRecording } from './recordings.ts';

const all = ['admin', 'supervisor', 'rep'] as const;
const params = z.object({ leadId: id });

/** A customer's clock and ours may differ by so much (milliseconds). */
const SKEW = 60_000;

/** @throws Problem 400 naming the field of a time that is yet to come, or long before the lead came in */
function mustBePast(at: string, path: string, now: Date): string {
  if (Date.parse(at) > now.getTime() + SKEW) throw invalid(path, 'is yet to come');
  return iso(new Date(at));
}

type Posted = z.infer<typeof transcript>;

/** The messages of what was posted. @throws Problem 400 naming what is wrong */
function messagesIn(posted: Posted, lead: Lead, customer: string | undefined, now: Date): Said[] {
  if ('messages' in posted)
    return posted.messages.map(({ messageId, ...message }, n) => {
      const at = mustBePast(message.at, `messages.${n}.at`, now);
      const called = messageId ?? sha256(JSON.stringify([posted.threadId, at, message.from, message.text]));
      return { ...message, at, messageId: called };
    });
  const was = posted.at === undefined ? iso(now) : mustBePast(posted.at, 'at', now);
  const copied = readCopied(posted.text, { day: was.slice(0, 10), zone: companyZone() });
  if (copied.length === 0) throw invalid('text', 'no speakers: each message begins with who said it, such as 客户: …');
  if (copied.length > MOST_MESSAGES) throw invalid('text', `at most ${MOST_MESSAGES} messages`);
  const owner = ownerOf(lead)?.name;
  const speakers = sidesOf(
    copied.map(({ name }) => name),
    { reps: [...(posted.reps ?? []), ...(owner === undefined ? [] : [owner])], customer },
  );
  // The same words said twice are two messages.
  const before = new Map<string, number>();
  return timed(copied, was).map(({ name, at, when, text }) => {
    if (at !== undefined) mustBePast(at, 'text', now);
    const words = JSON.stringify([posted.threadId, at, name, text]);
    const times = before.get(words) ?? 0;
    before.set(words, times + 1);
    return { messageId: sha256(`${words} ${times}`), at: when, from: speakers.get(name) ?? 'other', name, text };
  });
}

/** Puts a conversation to a lead. */
const postTranscript = route({
  method: 'POST',
  path: '/leads/{leadId}/transcripts',
  summary:
    'Puts a conversation with the customer to the lead: messages, text with speakers as chats copy it, or the upload of a recording, which is put into words if the company wants that. The earliest message of either side after the lead came in counts as contact; each message is kept once, however often it is posted',
  roles: all,
  params,
  body: z.union([transcript, recording], 'channel, and messages, text, or the uploadId of a recording'),
  answers: {
    201: z.object({
      messages: z.number(),
      added: z.number(),
      firstContactAt: time.nullable(),
      /** Speakers of whom nobody knows on which side they are: what they say is kept, counts for nothing and is not understood. */
      unknownSpeakers: z.array(z.string()).optional(),
    }),
    202: shownRecording,
  },
  handle: ({ params: { leadId }, body, person, table, now }) =>
    reconsider(async () => {
      const found = await readWithForm(table, leadId);
      const lead = await mustSee(table, person, found?.lead, leadId);
      const at = now();
      const by = person.repId ?? person.role;
      if ('uploadId' in body) {
        if (body.at !== undefined) mustBePast(body.at, 'at', at);
        return { status: 202, body: await postRecording(table, leadId, body, by, at) };
      }
      const messages = messagesIn(body, lead, found?.form.contact.name, at);
      const { sla } = await rulesNow(table);
      const origin = { channel: body.channel, threadId: body.threadId, repId: by };
      const { added, lead: after } = await addMessages(table, { lead, sla }, messages, origin, at);
      const names = new Set(
        messages.flatMap(({ from, name }) => (from === 'other' && name !== undefined ? [name] : [])),
      );
      const unknown = names.size === 0 ? {} : { unknownSpeakers: [...names] };
      const { firstContactAt } = after.sla;
      return { status: 201, body: { messages: messages.length, added, firstContactAt, ...unknown } };
    }),
});

const kept = z.object({
  messageId: z.string(),
  at: time,
  from: z.enum(sides),
  name: z.string().optional(),
  text: z.string(),
  automatic: z.boolean().optional(),
  channel: z.enum(contactChannels),
  threadId: z.string().optional(),
  forwardedBy: z.string().optional(),
  /** What it is about, each with the words that say so; absent until it was understood, or when nothing was found. */
  findings: z.array(finding).optional(),
});

const sidesSaid = z.object({ rep: z.number(), customer: z.number() });

/** What was understood of all of it. */
const understanding = z.object({
  intent: z
    .object({
      grade: z.enum(intents),
      reasons: z.array(z.object({ reason: z.string(), weight: z.number(), messageId: z.string().optional() })),
    })
    .nullable(),
  /** The share of the letters that each side said. */
  talk: sidesSaid,
  questions: sidesSaid,
  nextStep: z
    .object({ messageId: z.string(), by: z.enum(['rep', 'customer']), words, agreedIn: z.string() })
    .nullable(),
  /** From how many messages, when, and by which version of the company's words and edition of the built-in ones. */
  messages: z.number(),
  at: time,
  version: z.number(),
  edition: z.number(),
  /** Who found the topics: the rules, or a model; and why not the model, when it was asked and they had to do. */
  by: z.enum(readers).optional(),
  insteadOf: z.object({ reader: z.enum(readers), because: z.string() }).optional(),
});

const shown = ({ basis, revision, intent, nextStep, ...rest }: Understood) => ({
  ...rest,
  intent: intent ?? null,
  nextStep: nextStep ?? null,
});

/** The conversation with a lead's customer. */
const getTranscripts = route({
  method: 'GET',
  path: '/leads/{leadId}/transcripts',
  summary:
    'What was said with the customer, oldest first, and what was understood of it: topics with the words they stand on, intent with its reasons, talk share, questions, the next step agreed',
  roles: all,
  params,
  answers: {
    200: z.object({
      items: z.array(kept),
      understanding: understanding.nullable(),
      /** Recordings that are or were put into words. */
      recordings: z.array(shownRecording),
    }),
  },
  handle: async ({ params: { leadId }, person, table }) => {
    await mustSee(table, person, await read(table, leadId), leadId);
    const [messages, understood, recordings] = await Promise.all([
      messagesOf(table, leadId),
      readUnderstood(table, leadId),
      recordingsOf(table, leadId),
    ]);
    const found = await findingsOf(table, leadId, understood);
    const items = messages.map((message) => {
      const findings = found.get(message.messageId) ?? [];
      return { ...message, ...(findings.length > 0 ? { findings } : {}) };
    });
    return {
      status: 200,
      body: { items, understanding: understood ? shown(understood) : null, recordings: recordings.map(showRecording) },
    };
  },
});

const thread = z.object({ chat: z.string(), threadId: z.string(), since: time, lastAt: time });

/** Threads of connected chats of which nobody knows the lead. */
const getThreads = route({
  method: 'GET',
  path: '/threads',
  summary: 'Threads of connected chats that are tied to no lead yet, the newest first; kept for thirty days',
  roles: ['admin'],
  query: z.object(paging),
  answers: { 200: page(thread) },
  handle: async ({ query: { limit, cursor }, table }) => ({ status: 200, body: await untied(table, limit, cursor) }),
});

/** Says which lead a thread is about. */
const tieThread = route({
  method: 'POST',
  path: '/threads/tie',
  summary: 'Ties a thread to a lead: what was said in it goes to the lead, and what will be',
  roles: ['admin'],
  body: z.strictObject({ chat: id, threadId: z.string().min(1).max(200), leadId: id }),
  answers: { 200: z.object({ chat: z.string(), threadId: z.string(), leadId: z.string() }) },
  handle: ({ body: { chat, threadId, leadId }, table, now }) =>
    reconsider(async () => {
      const found = await readThread(table, chat, threadId);
      if (!found || isOwnThread(threadId)) throw notFound(`thread ${threadId}`);
      if (!(await read(table, leadId))) throw invalid('leadId', `there is no lead ${leadId}`);
      if (found.leadId !== undefined && found.leadId !== leadId)
        throw new Problem(409, `the thread is tied to lead ${found.leadId}`);
      await tie(table, found, leadId, now());
      return { status: 200, body: { chat, threadId, leadId } };
    }),
});

/** Conversations with customers. */
export const transcriptRoutes = [postTranscript, getTranscripts, getThreads, tieThread];
