import * as z from 'zod';
import { event } from './contract.ts';

/** Another version of the territories is in force. Wakes handover, which looks for reps who lost one. */
export const TerritoriesPublished = event(
  'TerritoriesPublished',
  { version: z.int().min(1), before: z.int().min(0) },
  { version: 2, before: 1 },
);
