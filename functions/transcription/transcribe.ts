import { current, load } from '../../shared/config/store.ts';
import { type Recording, saidIn, sidesIn, type Turn, turnsIn } from '../../shared/conversation/recording/recording.ts';
import {
  askWhoSpeaks,
  failed,
  readRecording,
  transcribed,
  transcriptOf,
} from '../../shared/conversation/recording/store.ts';
import { addMessages } from '../../shared/conversation/store.ts';
import { objectOf } from '../../shared/journey/evidence/store.ts';
import { read } from '../../shared/lead/store.ts';
import { log } from '../../shared/platform/log.ts';
import { readObject } from '../../shared/platform/objects.ts';
import { TryAgain } from '../../shared/platform/queue-step.ts';
import type { Table } from '../../shared/platform/table.ts';
import { rulesNow } from '../../shared/routing/facts/store.ts';
import { jobOf } from './job.ts';

/** Seconds until a job is looked at again: soon at first, then each half minute. */
const pauseAfter = (looks: number): number => Math.min(30, 2 * looks);
/** Milliseconds after which it is given up. */
const LONGEST = 3600_000;

/**
 * Starts the job for a recording, or looks how it stands; when it is done, what was said goes to the lead. Can be repeated: the job
 * has the recording's name, its messages those of their place in it.
 * @param looks how often it was looked at, this time among them
 * @throws TryAgain while the job runs or cannot be asked about; Conflict when lead or recording changed meanwhile
 */
export async function transcribe(
  table: Table,
  { leadId, uploadId }: { leadId: string; uploadId: string },
  looks: number,
  at: Date,
): Promise<void> {
  const recording = await readRecording(table, leadId, uploadId);
  if (recording?.state !== 'asked') return;
  const fail = (because: string): Promise<void> => failed(table, leadId, recording, because, at);
  if (at.getTime() - Date.parse(recording.askedAt) > LONGEST) return fail('it was not done within an hour');
  const versions = await current(table);
  const { transcribe: wanted } = await load(table, 'understanding', versions.understanding);
  if (!wanted) return fail('transcription was switched off');
  const result = transcriptOf(leadId, uploadId, recording.attempt);
  const name = `leadkeeper-${uploadId}-${recording.attempt}`;
  const asked = { name, from: objectOf(leadId, uploadId), to: result, languages: wanted.languages };
  const job = await jobOf(asked).catch((error: unknown) => {
    // Looked at as patiently as a job that runs: it may be allowed, or up again, within the hour.
    log.error('Amazon Transcribe could not be asked', error, { leadId });
    throw new TryAgain(pauseAfter(looks));
  });
  if (job.state === 'running') throw new TryAgain(pauseAfter(looks));
  if (job.state === 'failed') return fail(job.because);
  const turns = await turnsOf(result);
  if (!turns) return fail('its transcript is not there, or cannot be read');
  if (turns.length === 0) return fail('nobody speaks in it');
  await file(table, leadId, recording, turns, at);
}

async function turnsOf(key: string): Promise<Turn[] | undefined> {
  const bytes = await readObject(key);
  try {
    return bytes && turnsIn(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** What was said goes to the lead, if it is known who speaks. */
async function file(table: Table, leadId: string, recording: Recording, turns: Turn[], at: Date): Promise<void> {
  const sides = sidesIn(turns, recording);
  if (!sides) {
    const speakers = [...new Set(turns.map(({ speaker }) => speaker))].sort();
    return askWhoSpeaks(table, leadId, recording, speakers, at);
  }
  const lead = await read(table, leadId);
  if (!lead) return;
  const { sla } = await rulesNow(table);
  const said = saidIn(turns, sides, recording, at);
  const origin = { channel: recording.channel, threadId: recording.uploadId, repId: recording.by };
  await addMessages(table, { lead, sla }, said, origin, at, transcribed(leadId, recording, said.length, at));
}
