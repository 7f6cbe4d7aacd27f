import * as z from 'zod';
import { event } from './contract.ts';

/** Somebody appealed against their score of a closed period. Wakes notification. */
export const AppealFiled = event(
  'AppealFiled',
  { appealId: z.string(), repId: z.string(), period: z.string(), component: z.string().optional() },
  { appealId: '01JD0000000000000000000009', repId: 'rep-li', period: '2026-Q3' },
);
