import * as z from 'zod';
import { event } from './contract.ts';

/** An appeal was answered. Wakes notification. */
export const AppealAnswered = event(
  'AppealAnswered',
  { appealId: z.string(), repId: z.string(), period: z.string(), decision: z.enum(['upheld', 'rejected']) },
  { appealId: '01JD0000000000000000000009', repId: 'rep-li', period: '2026-Q3', decision: 'upheld' },
);
