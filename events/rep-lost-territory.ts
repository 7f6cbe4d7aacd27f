import * as z from 'zod';
import { event } from './contract.ts';

/** A rep serves a territory no longer that they served in the version before. Wakes handover: their open leads there. */
export const RepLostTerritory = event(
  'RepLostTerritory',
  { repId: z.string(), version: z.int().min(1), before: z.int().min(0) },
  { repId: 'rep-li', version: 2, before: 1 },
);
