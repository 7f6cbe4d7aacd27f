import * as z from 'zod';
import { event } from './contract.ts';

/** A cause is overcome, as a trial lead or an admin (`by`) says: the leads that were held are assigned anew. Wakes breaker and notification. */
export const BreakerClosed = event(
  'BreakerClosed',
  { cause: z.string(), by: z.string(), openedAt: z.iso.datetime({ precision: 3 }).optional() },
  { cause: 'no-territory', by: 'trial', openedAt: '2026-11-01T01:50:00.000Z' },
);
