import * as z from 'zod';
import { event } from './contract.ts';

/** Messages of a chat with the customer were added to the lead; `first` when the first contact is one of them. */
export const MessagesAdded = event(
  'MessagesAdded',
  {
    leadId: z.string(),
    channel: z.string(),
    messages: z.number(),
    first: z.boolean(),
    /** By whom they were forwarded; absent when they came from a connected chat. */
    repId: z.string().optional(),
  },
  { leadId: '01JD0000000000000000000001', channel: 'wecom', messages: 4, first: true, repId: 'rep-li' },
);
