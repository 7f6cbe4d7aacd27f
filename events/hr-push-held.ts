import * as z from 'zod';
import { event } from './contract.ts';

/** A push of HR's waits for an admin, and nothing of it was applied. Wakes notification (admin alert). */
export const HrPushHeld = event(
  'HrPushHeld',
  { reviewId: z.string(), because: z.string(), wouldFreeze: z.int().min(0) },
  { reviewId: '01JD0000000000000000000001', because: '5 of 10 active people would be frozen at once', wouldFreeze: 5 },
);
