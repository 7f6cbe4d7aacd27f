import * as z from 'zod';
import { event } from './contract.ts';

/** A step failed with these leads at every try: the manual group has them. One by itself if it is the first for a while, the next ones together. Wakes notification (one admin alert). */
export const LeadsStranded = event(
  'LeadsStranded',
  { cause: z.string(), leadIds: z.array(z.string()).min(1) },
  { cause: 'dependency', leadIds: ['01JD0000000000000000000001'] },
);
