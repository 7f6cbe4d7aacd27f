import * as z from 'zod';
import { event } from './contract.ts';

const score = { value: z.number().min(0).max(100), grade: z.enum(['A', 'B', 'C']) };

/**
 * What its customer did changed a lead's score. `raised`: to a better grade, of which the owner is told; its deadlines may have
 * come forward. A worse grade leaves them where they are. Wakes notification.
 */
export const LeadRescored = event(
  'LeadRescored',
  {
    leadId: z.string(),
    ...score,
    from: z.object(score),
    raised: z.boolean(),
    /** The versions of the rules, and of the model if one scored. */
    version: z.number(),
    model: z.number().optional(),
    repId: z.string().optional(),
  },
  {
    leadId: '01JD0000000000000000000001',
    value: 74,
    grade: 'A' as const,
    from: { value: 52, grade: 'B' as const },
    raised: true,
    version: 3,
    repId: 'rep-li',
  },
);
