import * as z from 'zod';
import { event } from './contract.ts';

/** A rep is in another team now (without `to`: in none), as a system says (`by`). Wakes handover: their open leads are counted there from then on. */
export const RepMoved = event(
  'RepMoved',
  { repId: z.string(), from: z.string().optional(), to: z.string().optional(), by: z.string() },
  { repId: 'rep-li', from: 'east', to: 'west', by: 'hr' },
);
