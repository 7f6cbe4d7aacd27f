import * as z from 'zod';
import { event } from './contract.ts';

/** A lead has its points and its grade. Wakes assignment. */
export const LeadScored = event(
  'LeadScored',
  { leadId: z.string(), value: z.number().min(0).max(100), grade: z.enum(['A', 'B', 'C']) },
  { leadId: '01JD0000000000000000000001', value: 82, grade: 'A' as const },
);
