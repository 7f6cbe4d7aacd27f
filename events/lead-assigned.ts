import * as z from 'zod';
import { event } from './contract.ts';

/** A lead has an owner. \`basis\` says which rule named them, `from` who had it until then, if anybody. Wakes notification. */
export const LeadAssigned = event(
  'LeadAssigned',
  { leadId: z.string(), repId: z.string(), basis: z.string(), decisionId: z.string(), from: z.string().optional() },
  {
    leadId: '01JD0000000000000000000001',
    repId: 'rep-li',
    basis: 'territory',
    decisionId: '01JD0000000000000000000001-1',
  },
);
