import * as z from 'zod';
import { event } from './contract.ts';

/** A recording was put into words, but nobody said who of its speakers is on which side. Posted with that, it goes on. */
export const SpeakersUnknown = event(
  'SpeakersUnknown',
  { leadId: z.string(), uploadId: z.string(), speakers: z.array(z.string()) },
  {
    leadId: '01JD0000000000000000000001',
    uploadId: '01JD0000000000000000000002',
    speakers: ['spk_0', 'spk_1'],
  },
);
