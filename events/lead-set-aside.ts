import * as z from 'zod';
import { event } from './contract.ts';

/** A lead was stored that nobody is to be given: a platform's test, or a form that a robot filled in. Wakes nobody. */
export const LeadSetAside = event(
  'LeadSetAside',
  { leadId: z.string(), source: z.string(), reason: z.enum(['test', 'honeypot']) },
  { leadId: '01JD0000000000000000000001', source: 'google-ads', reason: 'test' },
);
