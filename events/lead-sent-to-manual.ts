import * as z from 'zod';
import { event } from './contract.ts';

/** The system gave up placing the lead, or a supervisor did not in time: the manual group has it; `held`: for an open breaker, of which the admins know. Wakes notification (admin alert; of what a step that is down left, LeadsStranded tells). */
export const LeadSentToManual = event(
  'LeadSentToManual',
  { leadId: z.string(), cause: z.string(), attempts: z.int().min(0), held: z.boolean().optional() },
  { leadId: '01JD0000000000000000000001', cause: 'no-territory', attempts: 3 },
);
