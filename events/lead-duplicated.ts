import * as z from 'zod';
import { event } from './contract.ts';

/**
 * A post of the same person while a lead of theirs is open: kept as a duplicate of it. `others` are more open leads that the
 * post shows to be theirs. Wakes duplicates.
 */
export const LeadDuplicated = event(
  'LeadDuplicated',
  { leadId: z.string(), duplicateOf: z.string(), source: z.string(), others: z.array(z.string()).optional() },
  { leadId: '01JD0000000000000000000002', duplicateOf: '01JD0000000000000000000001', source: 'web' },
);
