import * as z from 'zod';
import { event } from './contract.ts';

/**
 * A record of a contact was corrected by another (`interactionId`): the contact was otherwise, or never was. `reopened`: it had been
 * the only one, and the lead waits for its first contact again.
 */
export const ContactCorrected = event(
  'ContactCorrected',
  {
    leadId: z.string(),
    interactionId: z.string(),
    corrects: z.string(),
    reason: z.string(),
    reopened: z.boolean().optional(),
  },
  {
    leadId: '01JD0000000000000000000001',
    interactionId: '01JD0000000000000000000003',
    corrects: '01JD0000000000000000000002',
    reason: 'it was another customer',
  },
);
