import { announce } from '../../../events/contract.ts';
import { RecordingTranscribed } from '../../../events/recording-transcribed.ts';
import { SpeakersUnknown } from '../../../events/speakers-unknown.ts';
import { TranscriptionAsked } from '../../../events/transcription-asked.ts';
import { TranscriptionFailed } from '../../../events/transcription-failed.ts';
import { leadPartition } from '../../lead/partition.ts';
import { iso } from '../../platform/clock.ts';
import { absent, type Change, commit, outbox, put } from '../../platform/commit.ts';
import { listObjects } from '../../platform/objects.ts';
import { get, query, type Table } from '../../platform/table.ts';
import type { Recording } from './recording.ts';

/** Recordings lie with their lead. */
const keyOf = (leadId: string, uploadId: string) => ({ pk: leadPartition(leadId), sk: `RECORDING#${uploadId}` });

const transcriptsUnder = (leadId: string): string => `transcripts/${leadId}/`;

/** Where what is heard in a recording is to lie in the bucket, by this attempt. */
export const transcriptOf = (leadId: string, uploadId: string, attempt: number): string =>
  `${transcriptsUnder(leadId)}${uploadId}-${attempt}.json`;

/** All that was heard in a lead's recordings, by its keys in the bucket. */
export const transcriptsOf = async (leadId: string): Promise<string[]> =>
  (await listObjects(transcriptsUnder(leadId))).map(({ key }) => key);

/** One recording, or undefined. */
export async function readRecording(from: Table, leadId: string, uploadId: string): Promise<Recording | undefined> {
  return (await get(from, keyOf(leadId, uploadId)))?.recording as Recording | undefined;
}

/** A lead's recordings, as they were uploaded. */
export async function recordingsOf(from: Table, leadId: string): Promise<Recording[]> {
  const items = await query(from, { pk: leadPartition(leadId), begins: 'RECORDING#' });
  return items.map(({ recording }) => recording as Recording);
}

const save = (leadId: string, before: Recording | undefined, after: Omit<Recording, 'revision'>): Change =>
  put(
    'recording',
    { ...keyOf(leadId, after.uploadId), recording: { ...after, revision: (before?.revision ?? 0) + 1 } },
    before ? { expression: 'recording.revision = :seen', values: { ':seen': before.revision } } : absent,
  );

/** What is told of a recording when it is asked for. */
export type Asked = Pick<Recording, 'uploadId' | 'channel' | 'at' | 'by' | 'firstSpeaker' | 'speakers'>;

/**
 * Has a recording put into words, once however often it is asked for; again if that failed, and on if who speaks was not known.
 * @returns the recording as it stands then
 * @throws Conflict when it changed meanwhile
 */
export async function askFor(table: Table, leadId: string, asked: Asked, at: Date): Promise<Recording> {
  const before = await readRecording(table, leadId, asked.uploadId);
  const tellsMore = asked.speakers !== undefined || asked.firstSpeaker !== undefined;
  if (before && before.state !== 'failed' && !(before.state === 'speakers-unknown' && tellsMore)) return before;
  const attempt = before?.state === 'failed' ? before.attempt + 1 : (before?.attempt ?? 1);
  const after: Omit<Recording, 'revision'> = {
    ...asked,
    speakers: asked.speakers ?? before?.speakers,
    firstSpeaker: asked.firstSpeaker ?? before?.firstSpeaker,
    state: 'asked',
    askedAt: iso(at),
    attempt,
  };
  const event = announce(TranscriptionAsked, { leadId, uploadId: asked.uploadId });
  await commit(table, [save(leadId, before, after), outbox(leadPartition(leadId), event, at)]);
  return { ...after, revision: (before?.revision ?? 0) + 1 };
}

/** What lies with the lead then: that its recording was put into words. */
export const transcribed = (leadId: string, before: Recording, messages: number, at: Date): Change[] => [
  save(leadId, before, { ...before, state: 'transcribed' }),
  outbox(leadPartition(leadId), announce(RecordingTranscribed, { leadId, uploadId: before.uploadId, messages }), at),
];

/** Notes that nobody said who speaks. @throws Conflict when the recording changed meanwhile */
export const askWhoSpeaks = (table: Table, leadId: string, before: Recording, speakers: string[], at: Date) =>
  commit(table, [
    save(leadId, before, { ...before, state: 'speakers-unknown' }),
    outbox(leadPartition(leadId), announce(SpeakersUnknown, { leadId, uploadId: before.uploadId, speakers }), at),
  ]);

/** Notes that a recording could not be put into words. @throws Conflict when it changed meanwhile */
export const failed = (table: Table, leadId: string, before: Recording, because: string, at: Date): Promise<void> =>
  commit(table, [
    save(leadId, before, { ...before, state: 'failed', because }),
    outbox(leadPartition(leadId), announce(TranscriptionFailed, { leadId, uploadId: before.uploadId, because }), at),
  ]);
