import * as z from 'zod';
import { event } from './contract.ts';

/** A lead was stored for the first time. Wakes scoring. */
export const LeadReceived = event(
  'LeadReceived',
  { leadId: z.string(), source: z.string() },
  { leadId: '01JD0000000000000000000001', source: 'web' },
);
