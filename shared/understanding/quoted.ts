import * as z from 'zod';
import { finding as findingSchema } from './finding.ts';
import { sentencesOf } from './sentences.ts';
import { type Finding, type Stance, stances, type Topic, topics, type Words } from './topics.ts';
import type { Message } from './understand.ts';

const quotes = z.array(z.string().min(1).max(400)).max(10);

/** What a model says that it found: by the number of the message, with words quoted from it. */
const claimed = z.object({
  findings: z
    .array(
      z.object({
        message: z.int().min(0),
        topic: z.enum(topics),
        stance: z.enum(stances).nullish(),
        words: quotes.min(1),
        negatedBy: quotes.nullish(),
        asked: z.boolean().nullish(),
        hearsay: z.boolean().nullish(),
      }),
    )
    .max(500),
});
type Claim = z.infer<typeof claimed>['findings'][number];

const stancesOf: Readonly<Partial<Record<Topic, readonly Stance[]>>> = {
  budget: ['has', 'lacks'],
  authority: ['self', 'others'],
  timing: ['soon', 'later'],
  objection: ['refusal'],
};

/** Where quoted words stand in a text; undefined when they do not. */
function standing(text: string, quote: string): Words | undefined {
  const start = text.indexOf(quote);
  return start < 0 ? undefined : { text: quote, start, end: start + quote.length };
}

/** A claim as a finding, or undefined when one of its words stands nowhere in the message. */
function proven({ text }: Message, claim: Claim): Finding | undefined {
  const words = claim.words.map((quote) => standing(text, quote));
  const negatedBy = (claim.negatedBy ?? []).map((quote) => standing(text, quote));
  if ([...words, ...negatedBy].some((each) => each === undefined)) return undefined;
  const [first] = words;
  const at = sentencesOf(text).findIndex(({ start, end }) => first && start <= first.start && first.start < end);
  const stance = stancesOf[claim.topic]?.find((each) => each === claim.stance);
  return findingSchema.parse({
    topic: claim.topic,
    ...(stance === undefined ? {} : { stance }),
    sentence: Math.max(0, at),
    words,
    ...(negatedBy.length > 0 ? { negatedBy } : {}),
    ...(claim.asked ? { asked: true } : {}),
    ...(claim.hearsay ? { hearsay: true } : {}),
  });
}

/**
 * A model's answer as findings of the messages that it was given, in their order, each topic once in a sentence. Claims whose words
 * do not stand in the message are dropped.
 * @throws Error when the answer is not what was asked for
 */
export function quotedFindings(asked: readonly Message[], answer: string): Map<string, Finding[]> {
  const json = answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1);
  const { findings } = claimed.parse(JSON.parse(json));
  const found = new Map<string, Finding[]>();
  for (const claim of findings) {
    const message = asked[claim.message];
    const one = message && message.from === 'customer' && !message.automatic ? proven(message, claim) : undefined;
    if (!message || !one) continue;
    const known = found.get(message.messageId) ?? [];
    if (!known.some(({ topic, sentence }) => topic === one.topic && sentence === one.sentence))
      found.set(message.messageId, [...known, one]);
  }
  return found;
}
