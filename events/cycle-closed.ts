import * as z from 'zod';
import { event } from './contract.ts';

/** A period is closed: whose cards come after that of `after`, in the order of ids, are told, page by page. Wakes notification. */
export const CycleClosed = event(
  'CycleClosed',
  { period: z.string(), revision: z.int().min(1), after: z.string().optional() },
  { period: '2026-Q3', revision: 1 },
);
