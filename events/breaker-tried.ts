import * as z from 'zod';
import { event } from './contract.ts';

/** What became of the lead with which an open breaker was tried. Wakes breaker. */
export const BreakerTried = event(
  'BreakerTried',
  { cause: z.string(), leadId: z.string(), passed: z.boolean() },
  { cause: 'no-territory', leadId: '01JD0000000000000000000001', passed: true },
);
