import * as z from 'zod';
import { event } from './contract.ts';

/** An attempt found nobody to give the lead to. \`attempt\` counts from 1. */
export const AssignmentFailed = event(
  'AssignmentFailed',
  { leadId: z.string(), cause: z.string(), attempt: z.int().min(1), decisionId: z.string() },
  {
    leadId: '01JD0000000000000000000001',
    cause: 'no-territory',
    attempt: 1,
    decisionId: '01JD0000000000000000000001-1',
  },
);
