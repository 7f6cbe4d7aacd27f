import * as z from 'zod';
import { current, load } from '../../../shared/config/store.ts';
import { type Recording, speakers, states } from '../../../shared/conversation/recording/recording.ts';
import { askFor } from '../../../shared/conversation/recording/store.ts';
import { readEvidence, refuseEvidence } from '../../../shared/journey/evidence/store.ts';
import { contactChannels } from '../../../shared/journey/interaction.ts';
import { invalid, Problem } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { id } from '../route.ts';
import { time } from '../views.ts';

/** A recording, as it is posted: an upload of the lead's (`POST /leads/{leadId}/evidence`) that is one. */
export const recording = z.strictObject({
  channel: z.enum(contactChannels),
  uploadId: id,
  /** When it was recorded; when it was uploaded unless told. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** Of two speakers, on which side the one is who speaks first: in a call, who answers it. */
  firstSpeaker: z.enum(['rep', 'customer']).optional(),
  /** Or who is who. */
  speakers: speakers.optional(),
});

/** How it stands with a recording. */
export const shownRecording = z.object({
  uploadId: z.string(),
  state: z.enum(states),
  askedAt: time,
  because: z.string().optional(),
});

/** A recording as it is shown. */
export const showRecording = ({ uploadId, state, askedAt, because }: Recording): z.infer<typeof shownRecording> => ({
  uploadId,
  state,
  askedAt,
  ...(state === 'failed' && because !== undefined ? { because } : {}),
});

/**
 * Has a recording put into words.
 * @throws Problem 409 when transcription is off, 400 when the upload is not there or is no recording
 */
export async function postRecording(
  table: Table,
  leadId: string,
  posted: z.infer<typeof recording>,
  by: string,
  now: Date,
): Promise<z.infer<typeof shownRecording>> {
  const versions = await current(table);
  const { transcribe } = await load(table, 'understanding', versions.understanding);
  if (!transcribe) throw new Problem(409, 'transcription is off: an admin switches it on in /config/understanding');
  const refused = await refuseEvidence(table, leadId, posted.uploadId);
  if (refused !== undefined) throw invalid('uploadId', refused);
  const upload = await readEvidence(table, leadId, posted.uploadId);
  if (!upload?.type.startsWith('audio/')) throw invalid('uploadId', `is no recording but ${upload?.type}`);
  return showRecording(await askFor(table, leadId, { ...posted, at: posted.at ?? upload.at, by }, now));
}
