import * as z from 'zod';
import { type Finding, stances, topics } from './topics.ts';

/** Offsets are those of the message's text. */
export const words = z.object({ text: z.string(), start: z.number(), end: z.number() });

/** A finding, as it is given out, and as whoever reads conversations must give it. */
export const finding = z.object({
  topic: z.enum(topics),
  stance: z.enum(stances).optional(),
  sentence: z.number(),
  words: z.array(words),
  negatedBy: z.array(words).optional(),
  asked: z.literal(true).optional(),
  hearsay: z.literal(true).optional(),
  answers: z.string().optional(),
}) satisfies z.ZodType<Finding>;
