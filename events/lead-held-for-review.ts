import * as z from 'zod';
import { event } from './contract.ts';

/** What spoke against a lead, and by which version of the rules about rubbish. */
export const against = {
  points: z.number().optional(),
  reasons: z.array(z.object({ sign: z.string(), points: z.number(), because: z.string() })).optional(),
  version: z.number().optional(),
};

/** Who decided by hand. */
export const by = z.object({ role: z.string(), repId: z.string().optional() });

/** A lead may be rubbish: it waits until somebody has looked at it, and accepts or rejects it. */
export const LeadHeldForReview = event(
  'LeadHeldForReview',
  { leadId: z.string(), ...against },
  {
    leadId: '01JD0000000000000000000001',
    points: 60,
    reasons: [{ sign: 'disposable-mail', points: 60, because: 'mailinator.com hands out mailboxes that last minutes' }],
    version: 1,
  },
);
