import * as z from 'zod';
import { event } from './contract.ts';

/** Nobody contacted the lead by the exception deadline (4 h unless configured). Wakes notification. */
export const LeadMissed = event(
  'LeadMissed',
  { leadId: z.string(), repId: z.string().optional(), dueAt: z.iso.datetime({ precision: 3 }) },
  { leadId: '01JD0000000000000000000001', repId: 'rep-li', dueAt: '2026-11-01T04:00:00.000Z' },
);
