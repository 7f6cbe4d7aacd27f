import * as z from 'zod';
import { event } from './contract.ts';
import { against, by } from './lead-held-for-review.ts';

/** A lead is rubbish: by its points (`reasons`), or as somebody says (`by`). It can be accepted again. */
export const LeadRejected = event(
  'LeadRejected',
  { leadId: z.string(), reason: z.string(), ...against, by: by.optional() },
  {
    leadId: '01JD0000000000000000000001',
    reason: 'honeypot',
    points: 100,
    reasons: [{ sign: 'honeypot', points: 100, because: 'a field was filled in that people do not see' }],
    version: 1,
  },
);
