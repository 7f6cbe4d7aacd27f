import * as z from 'zod';
import { event } from './contract.ts';

/** Somebody who was frozen or on leave may get leads again; those they had stay where they are. `by` is a system or an admin. */
export const RepBack = event(
  'RepBack',
  { repId: z.string(), from: z.string(), by: z.string(), reason: z.string().optional() },
  { repId: 'rep-li', from: 'left', by: 'admin', reason: 'left by mistake' },
);
