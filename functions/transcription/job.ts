import {
  GetTranscriptionJobCommand,
  type LanguageCode,
  StartTranscriptionJobCommand,
  TranscribeClient,
  type TranscriptionJob,
} from '@aws-sdk/client-transcribe';
import { patient } from '../../shared/platform/client.ts';
import { environment, required } from '../../shared/platform/environment.ts';

const client = new TranscribeClient(patient({ answer: 5000, tries: 3 }));

/** As many people as speak in a call, at most. */
const MOST_SPEAKERS = 4;

/** A job: its name, the objects that it reads and writes, and the languages that may be spoken. */
export interface Job {
  name: string;
  from: string;
  to: string;
  languages: readonly string[];
}

/** How a job stands. */
export type Standing = { state: 'running' } | { state: 'done' } | { state: 'failed'; because: string };

const is = (error: unknown, ...names: string[]): error is Error => error instanceof Error && names.includes(error.name);

/** Transcribe answers BadRequestException for a job that is not there, as for much else; newer ones NotFoundException. */
const isMissing = (error: unknown): boolean =>
  is(error, 'NotFoundException') || (is(error, 'BadRequestException') && /couldn't be found/i.test(error.message));

async function find(name: string): Promise<TranscriptionJob | undefined> {
  try {
    return (await client.send(new GetTranscriptionJobCommand({ TranscriptionJobName: name }))).TranscriptionJob;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Starts the job unless it was started before, and says how it stands. @throws the SDK's error when it can be tried again */
export async function jobOf(job: Job): Promise<Standing> {
  const known = await find(job.name);
  if (known) {
    if (known.TranscriptionJobStatus === 'COMPLETED') return { state: 'done' };
    if (known.TranscriptionJobStatus !== 'FAILED') return { state: 'running' };
    return { state: 'failed', because: known.FailureReason ?? 'Amazon Transcribe does not say why' };
  }
  const { BUCKET_NAME } = environment({ BUCKET_NAME: required });
  const [only, ...others] = job.languages as LanguageCode[];
  try {
    await client.send(
      new StartTranscriptionJobCommand({
        TranscriptionJobName: job.name,
        Media: { MediaFileUri: `s3://${BUCKET_NAME}/${job.from}` },
        OutputBucketName: BUCKET_NAME,
        OutputKey: job.to,
        ...(others.length === 0
          ? { LanguageCode: only }
          : { IdentifyLanguage: true, LanguageOptions: job.languages as LanguageCode[] }),
        Settings: { ShowSpeakerLabels: true, MaxSpeakerLabels: MOST_SPEAKERS },
      }),
    );
  } catch (error) {
    if (is(error, 'BadRequestException')) return { state: 'failed', because: error.message };
    // Started by a message that came twice.
    if (!is(error, 'ConflictException')) throw error;
  }
  return { state: 'running' };
}
