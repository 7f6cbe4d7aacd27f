import * as z from 'zod';
import { event } from './contract.ts';

/** The nightly reconciliation found leads of which nobody can say where they are (the first hundred). Wakes notification (admin alert). */
export const LeadsUnaccounted = event(
  'LeadsUnaccounted',
  { difference: z.int().min(1), leadIds: z.array(z.string()) },
  { difference: 1, leadIds: ['01JD0000000000000000000001'] },
);
