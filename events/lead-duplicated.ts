import * as z from 'zod';
import { event } from './contract.ts';

/** The same person posted again while their first lead is open: kept as a duplicate of it. */
export const LeadDuplicated = event(
  'LeadDuplicated',
  { leadId: z.string(), duplicateOf: z.string(), source: z.string() },
  { leadId: '01JD0000000000000000000002', duplicateOf: '01JD0000000000000000000001', source: 'web' },
);
