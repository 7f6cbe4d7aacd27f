import * as z from 'zod';
import { type Topic, topics } from './topics.ts';

/** As many words of one kind as a company names, and as long as each may be. */
const MOST_WORDS = 500;
const LONGEST = 60;
/** Points that a conversation can add to a score or take from it, at most. */
const MOST_POINTS = 20;

const word = z
  .string()
  .trim()
  .min(2, 'a word of at least two letters or characters')
  .max(LONGEST)
  .regex(/[\p{L}\p{N}]/u, 'a word with letters or digits');
const words = z.array(word).max(MOST_WORDS);
const points = z.number().min(-MOST_POINTS).max(MOST_POINTS);

/** The id of a model or of an inference profile, as Amazon writes it. */
const modelId = z
  .string()
  .trim()
  .regex(/^[\w.:/-]{3,200}$/, 'the id of a model or inference profile, such as amazon.nova-lite-v1:0');
/** Languages of recordings, as Amazon Transcribe calls them. */
export const spoken = ['zh-CN', 'zh-TW', 'zh-HK', 'en-US', 'en-GB'] as const;

/** Names the words that stand twice, or for two things. */
function onceOnly(
  {
    competitors,
    products,
    words: byTopic,
  }: { competitors: string[]; products: string[]; words: Record<string, string[]> },
  context: z.RefinementCtx,
): void {
  const seen = new Map<string, string>();
  const lists: [path: string[], words: readonly string[]][] = [
    [['competitors'], competitors],
    [['products'], products],
    ...Object.entries(byTopic).map(([topic, list]): [string[], readonly string[]] => [['words', topic], list]),
  ];
  for (const [path, list] of lists)
    for (const [at, each] of list.entries()) {
      const known = seen.get(each.toLowerCase());
      if (known !== undefined)
        context.addIssue({ code: 'custom', path: [...path, at], message: `${each} stands in ${known} already` });
      else seen.set(each.toLowerCase(), path.join('.'));
    }
}

const byTopic = Object.fromEntries(topics.map((topic) => [topic, words.optional()])) as Record<
  Topic,
  z.ZodOptional<typeof words>
>;

/** What a company adds to the words that are known, and what conversations count for a lead's score. */
export const understandingRules = z
  .strictObject({
    /** Names of competitors and of their products. */
    competitors: words.default([]),
    /** Names of the company's own products: never taken for anything else. */
    products: words.default([]),
    /** Further words by topic. */
    words: z.strictObject(byTopic).default({}),
    /** What a conversation adds to a score by its intent. */
    points: z.strictObject({ high: points, middle: points, low: points }).default({ high: 10, middle: 4, low: -6 }),
    /** A model of Amazon Bedrock that reads instead of the rules, which do whenever it cannot. Null: the rules alone. */
    bedrock: z.strictObject({ modelId }).nullable().default(null),
    /** Whether recordings are put into words by Amazon Transcribe, and in which languages they may be. Null: they are not. */
    transcribe: z
      .strictObject({ languages: z.array(z.enum(spoken)).min(1) })
      .nullable()
      .default(null),
  })
  .superRefine(({ competitors, products, words: byTopic }, context) =>
    onceOnly({ competitors, products, words: byTopic as Record<string, string[]> }, context),
  );

/** The rules by which conversations are understood. */
export type UnderstandingRules = z.infer<typeof understandingRules>;

/** No words but those built in. */
export const defaultUnderstandingRules: UnderstandingRules = {
  competitors: [],
  products: [],
  words: {},
  points: { high: 10, middle: 4, low: -6 },
  bedrock: null,
  transcribe: null,
};
