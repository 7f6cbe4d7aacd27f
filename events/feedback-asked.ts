import * as z from 'zod';
import { event } from './contract.ts';

/** Colleagues are asked what they think of a rep; whom, the round says. Wakes notification. */
export const FeedbackAsked = event(
  'FeedbackAsked',
  { roundId: z.string(), repId: z.string() },
  { roundId: '01JD0000000000000000000009', repId: 'rep-li' },
);
