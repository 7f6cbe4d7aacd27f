import * as z from 'zod';
import { event } from './contract.ts';

/** A contact that was logged later had been made before the deadline: the escalation was not true. Stays on record. */
export const EscalationWithdrawn = event(
  'EscalationWithdrawn',
  {
    leadId: z.string(),
    levels: z.array(z.enum(['supervisor', 'exception'])),
    firstContactAt: z.iso.datetime({ precision: 3 }),
  },
  { leadId: '01JD0000000000000000000001', levels: ['supervisor'], firstContactAt: '2026-11-01T01:30:00.000Z' },
);
