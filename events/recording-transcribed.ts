import * as z from 'zod';
import { event } from './contract.ts';

/** What was said in a recording lies with the lead, as messages. */
export const RecordingTranscribed = event(
  'RecordingTranscribed',
  { leadId: z.string(), uploadId: z.string(), messages: z.number() },
  { leadId: '01JD0000000000000000000001', uploadId: '01JD0000000000000000000002', messages: 12 },
);
