import * as z from 'zod';
import { event } from './contract.ts';

/** A rep may get no more leads and no longer sign in, as a system says (`by`). Wakes handover, which hands their open leads over. */
export const RepFrozen = event(
  'RepFrozen',
  { repId: z.string(), status: z.enum(['leaving', 'left']), by: z.string().optional() },
  { repId: 'rep-li', status: 'left' as const, by: 'hr' },
);
