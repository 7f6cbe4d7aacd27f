import * as z from 'zod';
import { event } from './contract.ts';

/** A deal's customer is to be asked how it was, at a set point; or reminded of it, at most once. Wakes notification. */
export const SurveyAsked = event(
  'SurveyAsked',
  { leadId: z.string(), point: z.string(), reminder: z.boolean() },
  { leadId: '01JD0000000000000000000001', point: 'won', reminder: false },
);
