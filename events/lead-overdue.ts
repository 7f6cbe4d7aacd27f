import * as z from 'zod';
import { event } from './contract.ts';

/** Nobody contacted the lead by the supervisor deadline (2 h unless configured). Wakes notification. */
export const LeadOverdue = event(
  'LeadOverdue',
  { leadId: z.string(), repId: z.string().optional(), dueAt: z.iso.datetime({ precision: 3 }) },
  { leadId: '01JD0000000000000000000001', repId: 'rep-li', dueAt: '2026-11-01T02:00:00.000Z' },
);
