import * as z from 'zod';
import { event } from './contract.ts';

/** The customer said at what time of the day they would like to be called. Wakes notification. */
export const CallWished = event(
  'CallWished',
  { leadId: z.string(), repId: z.string().optional(), callTime: z.enum(['now', 'morning', 'afternoon', 'evening']) },
  { leadId: '01JD0000000000000000000001', repId: 'rep-li', callTime: 'morning' },
);
