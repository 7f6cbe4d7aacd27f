import * as z from 'zod';
import { event } from './contract.ts';

/** What was said with the customer sounds otherwise than before: how likely they are to buy, and what it adds to the score. */
export const ConversationUnderstood = event(
  'ConversationUnderstood',
  {
    leadId: z.string(),
    intent: z.enum(['high', 'middle', 'low']),
    /** What it was before; absent when nothing had been understood. */
    before: z.enum(['high', 'middle', 'low']).optional(),
    /** Added to the score of an open lead. */
    points: z.number(),
    because: z.string(),
    /** The version of the company's words. */
    version: z.number(),
  },
  {
    leadId: '01JD0000000000000000000001',
    intent: 'high' as const,
    before: 'middle' as const,
    points: 10,
    because: 'need named, budget there, soon',
    version: 2,
  },
);
