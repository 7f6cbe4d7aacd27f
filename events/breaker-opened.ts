import * as z from 'zod';
import { event } from './contract.ts';

/** Many leads fail for one cause: from now on they go to the manual group at once. Wakes notification (one admin alert). */
export const BreakerOpened = event(
  'BreakerOpened',
  { cause: z.string(), failures: z.int().min(1), leadIds: z.array(z.string()) },
  { cause: 'no-territory', failures: 10, leadIds: ['01JD0000000000000000000001'] },
);
