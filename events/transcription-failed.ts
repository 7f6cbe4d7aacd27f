import * as z from 'zod';
import { event } from './contract.ts';

/** A recording could not be put into words. Posted once more, it is tried again. */
export const TranscriptionFailed = event(
  'TranscriptionFailed',
  { leadId: z.string(), uploadId: z.string(), because: z.string() },
  {
    leadId: '01JD0000000000000000000001',
    uploadId: '01JD0000000000000000000002',
    because: 'nobody speaks in it',
  },
);
