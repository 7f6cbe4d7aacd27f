import * as z from 'zod';
import { event } from './contract.ts';

/** A platform says that there is a lead, by its id only: it is to be fetched. Wakes intake. */
export const LeadReferenceReceived = event(
  'LeadReferenceReceived',
  { source: z.string(), key: z.string(), reference: z.record(z.string(), z.string()) },
  { source: 'meta', key: '555', reference: { leadgenId: '555', formId: '777' } },
);
