import * as z from 'zod';
import { event } from './contract.ts';

/** Some rows of an imported file are stored and to be taken in. Wakes intake. */
export const ImportPartReceived = event(
  'ImportPartReceived',
  { importId: z.string(), part: z.number() },
  { importId: '3f1c9b0e5a7d4c2188aa0c31', part: 1 },
);
