import * as z from 'zod';
import { event } from './contract.ts';

/** Somebody logged a contact with the lead; the first at which the customer was `reached` stops the SLA clock. */
export const ContactLogged = event(
  'ContactLogged',
  {
    leadId: z.string(),
    repId: z.string().optional(),
    channel: z.string(),
    first: z.boolean(),
    reached: z.boolean().optional(),
  },
  { leadId: '01JD0000000000000000000001', repId: 'rep-li', channel: 'phone', first: true, reached: true },
);
