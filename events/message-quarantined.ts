import * as z from 'zod';
import { event } from './contract.ts';

/** A message could not be understood or dealt with: kept for an admin to see. Wakes notification. */
export const MessageQuarantined = event(
  'MessageQuarantined',
  { quarantineId: z.string(), step: z.string(), reason: z.string() },
  { quarantineId: '01JD0000000000000000000003', step: 'scoring', reason: 'body is not JSON' },
);
