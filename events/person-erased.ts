import * as z from 'zod';
import { event } from './contract.ts';

/** Nothing is known of a person any more; of their leads there is what reports are made of. */
export const PersonErased = event(
  'PersonErased',
  { personId: z.string(), leadIds: z.array(z.string()) },
  { personId: 'person-01JD0000000000000000000001', leadIds: ['01JD0000000000000000000001'] },
);
