import * as z from 'zod';
import { event } from './contract.ts';

/** A lead lost its owner, or is tried again by hand, and waits for assignment. Wakes assignment and notification. */
export const LeadReleased = event(
  'LeadReleased',
  { leadId: z.string(), repId: z.string().optional(), reason: z.string(), grade: z.enum(['A', 'B', 'C']) },
  { leadId: '01JD0000000000000000000001', repId: 'rep-li', reason: 'owner-left', grade: 'A' as const },
);
