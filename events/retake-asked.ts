import * as z from 'zod';
import { event } from './contract.ts';

/** An admin wants what lies in the leads' quarantine to be taken in, by the mapping as it is now. Wakes intake. */
export const RetakeAsked = event(
  'RetakeAsked',
  { quarantineId: z.string(), by: z.string() },
  { quarantineId: '9a0364b9e99bb480dd25e1f0284c8555', by: 'admin' },
);
