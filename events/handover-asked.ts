import * as z from 'zod';
import { event } from './contract.ts';

/** A lead's owner looks after it no longer, and the supervisor has to say who does. Wakes notification. */
export const HandoverAsked = event(
  'HandoverAsked',
  { leadId: z.string(), repId: z.string(), reason: z.string() },
  { leadId: '01JD0000000000000000000001', repId: 'rep-li', reason: 'owner-left' },
);
