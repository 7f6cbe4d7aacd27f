import * as z from 'zod';
import { event } from './contract.ts';
import { by } from './lead-held-for-review.ts';

/** Somebody let a lead pass that was rejected or held: it goes its way. Wakes scoring. */
export const LeadAccepted = event(
  'LeadAccepted',
  { leadId: z.string(), reason: z.string(), by },
  { leadId: '01JD0000000000000000000001', reason: 'a known customer', by: { role: 'admin' } },
);
