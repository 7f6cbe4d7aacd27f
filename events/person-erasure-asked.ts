import * as z from 'zod';
import { event } from './contract.ts';

/** All that is known of a person is to be erased. */
export const PersonErasureAsked = event(
  'PersonErasureAsked',
  { personId: z.string() },
  { personId: 'person-01JD0000000000000000000001' },
);
