import * as z from 'zod';
import { event } from './contract.ts';

/**
 * The customer of a lead posted again (`touchedBy`): kept as a touch of it. Told of at most so often as the rules say. Wakes
 * notification.
 */
export const LeadTouched = event(
  'LeadTouched',
  {
    leadId: z.string(),
    touchedBy: z.string(),
    source: z.string(),
    likeness: z.enum(['exact', 'likely', 'by-hand']),
    repId: z.string().optional(),
    /** The owner has as long again, by the rules. */
    clockRestarted: z.boolean().optional(),
  },
  {
    leadId: '01JD0000000000000000000001',
    touchedBy: '01JD0000000000000000000002',
    source: 'web',
    likeness: 'exact',
    repId: 'rep-li',
  },
);
