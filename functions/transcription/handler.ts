import { TranscriptionAsked } from '../../events/transcription-asked.ts';
import { reconsider } from '../../shared/platform/commit.ts';
import { queueStep } from '../../shared/platform/queue-step.ts';
import { transcribe } from './transcribe.ts';

/**
 * TranscriptionAsked → a recording is put into words by Amazon Transcribe, and what was said in it goes to the lead as messages →
 * MessagesAdded, RecordingTranscribed; SpeakersUnknown or TranscriptionFailed. Woken by its queue, and by it again until the job is done.
 */
export const handler = queueStep([TranscriptionAsked], async ({ detail }, { table, now, attempt }) => {
  await reconsider(() => transcribe(table, detail, attempt, now()));
});
