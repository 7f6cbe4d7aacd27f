import * as z from 'zod';
import { event } from './contract.ts';

/** The system gave up placing the lead: the manual group has it. Wakes notification (admin alert). */
export const LeadSentToManual = event(
  'LeadSentToManual',
  { leadId: z.string(), cause: z.string(), attempts: z.int().min(0) },
  { leadId: '01JD0000000000000000000001', cause: 'no-territory', attempts: 3 },
);
