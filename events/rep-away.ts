import * as z from 'zod';
import { event } from './contract.ts';

/** A rep went on leave, or HR says anew until when. Wakes handover, which hands open leads over if it is for long. */
export const RepAway = event('RepAway', { repId: z.string() }, { repId: 'rep-li' });
