import * as z from 'zod';
import { event } from './contract.ts';

/** A deal moved along the journey (or ended: won, lost). */
export const StageMoved = event(
  'StageMoved',
  {
    leadId: z.string(),
    from: z.string(),
    to: z.string(),
    /** How, unless one stage forward; and why a supervisor let it skip what comes between. */
    kind: z.enum(['back', 'skip', 'lost']).optional(),
    reason: z.string().optional(),
  },
  { leadId: '01JD0000000000000000000001', from: 'first-contact', to: 'needs-diagnosis' },
);
