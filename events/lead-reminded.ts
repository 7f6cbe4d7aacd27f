import * as z from 'zod';
import { event } from './contract.ts';

/** Nobody contacted the lead yet: its owner is reminded. Wakes notification. */
export const LeadReminded = event(
  'LeadReminded',
  { leadId: z.string(), repId: z.string().optional(), dueAt: z.iso.datetime({ precision: 3 }) },
  { leadId: '01JD0000000000000000000001', repId: 'rep-li', dueAt: '2026-11-01T01:00:00.000Z' },
);
