import * as z from 'zod';
import { event } from './contract.ts';

/** A lead went to its team's pool ('': everybody's), from which any rep of it may take it. Wakes notification. */
export const LeadPooled = event(
  'LeadPooled',
  { leadId: z.string(), teamId: z.string(), reason: z.string(), repId: z.string().optional() },
  { leadId: '01JD0000000000000000000001', teamId: 'east', reason: 'let-lie', repId: 'rep-li' },
);
