import * as z from 'zod';
import { event } from './contract.ts';

/** A recording of a conversation with the customer is to be put into words. */
export const TranscriptionAsked = event(
  'TranscriptionAsked',
  { leadId: z.string(), uploadId: z.string() },
  { leadId: '01JD0000000000000000000001', uploadId: '01JD0000000000000000000002' },
);
