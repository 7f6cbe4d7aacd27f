import * as z from 'zod';
import { event } from './contract.ts';

/** No whole roster came this night; `last` is when one came last. Wakes notification (admin alert). */
export const RosterMissing = event(
  'RosterMissing',
  { last: z.iso.datetime({ precision: 3 }).optional() },
  { last: '2026-11-21T16:30:00.000Z' },
);
