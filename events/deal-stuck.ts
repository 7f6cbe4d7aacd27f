import * as z from 'zod';
import { event } from './contract.ts';

/** Nothing happened with a deal for as long as its stage allows (two weeks unless configured): it is red. Wakes notification. */
export const DealStuck = event(
  'DealStuck',
  { leadId: z.string(), repId: z.string().optional(), stage: z.string(), since: z.iso.datetime({ precision: 3 }) },
  {
    leadId: '01JD0000000000000000000001',
    repId: 'rep-li',
    stage: 'solution-demo',
    since: '2026-11-15T02:00:00.000Z',
  },
);
