import * as z from 'zod';
import { event } from './contract.ts';

/** A duplicate of this lead is a lead of its own after all (`apart`). Wakes duplicates; the other lead is announced by itself. */
export const LeadUnmerged = event(
  'LeadUnmerged',
  { leadId: z.string(), apart: z.string(), reason: z.string() },
  { leadId: '01JD0000000000000000000001', apart: '01JD0000000000000000000002', reason: 'another buyer there' },
);
