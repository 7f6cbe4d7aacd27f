import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { form, useSystem } from '../running-system.ts';

type Asked = Record<string, unknown> & {
  TranscriptionJobName: string;
  Media?: { MediaFileUri: string };
  OutputBucketName?: string;
  OutputKey?: string;
};

/** Amazon Transcribe's own wire format, with jobs that stand as they are told to. */
class Transcribe {
  readonly jobs = new Map<string, Asked & { status: string; reason?: string }>();
  readonly started: Asked[] = [];
  refuses: { status: number; type: string; message: string } | undefined;
  #server: Server | undefined;

  async start(): Promise<string> {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const [status, body] = this.#answer(
          String(request.headers['x-amz-target']),
          JSON.parse(String(Buffer.concat(chunks))),
        );
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #answer(target: string, asked: Asked): [number, object] {
    const { refuses } = this;
    if (refuses) return [refuses.status, { __type: refuses.type, Message: refuses.message }];
    const known = this.jobs.get(asked.TranscriptionJobName);
    if (target === 'Transcribe.StartTranscriptionJob') {
      if (known) return [400, { __type: 'ConflictException', Message: 'The requested job name already exists' }];
      this.started.push(asked);
      this.jobs.set(asked.TranscriptionJobName, { ...asked, status: 'IN_PROGRESS' });
      return [200, { TranscriptionJob: { ...asked, TranscriptionJobStatus: 'IN_PROGRESS' } }];
    }
    if (target !== 'Transcribe.GetTranscriptionJob') return [400, { __type: 'UnknownOperationException' }];
    if (!known) return [400, { __type: 'BadRequestException', Message: "The requested job couldn't be found." }];
    const { status, reason } = known;
    const job = { TranscriptionJobName: asked.TranscriptionJobName, TranscriptionJobStatus: status };
    return [200, { TranscriptionJob: { ...job, ...(reason === undefined ? {} : { FailureReason: reason }) } }];
  }

  stop(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }
}

const transcribe = new Transcribe();
beforeAll(async () => {
  process.env.AWS_ENDPOINT_URL_TRANSCRIBE = await transcribe.start();
});
afterAll(() => {
  delete process.env.AWS_ENDPOINT_URL_TRANSCRIBE;
  transcribe.stop();
});
const system = useSystem();

interface Shown {
  items: { from: string; text: string; name?: string; findings?: { topic: string }[] }[];
  recordings: { uploadId: string; state: string; because?: string }[];
}
interface Answer {
  uploadId?: string;
  state?: string;
  detail?: string;
  errors?: { path: string }[];
}

/** A WAV file of half a second of silence. */
const wav = Buffer.concat([
  Buffer.from('RIFF'),
  Buffer.from([0x64, 0x1f, 0, 0]),
  Buffer.from('WAVEfmt '),
  Buffer.from([16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0]),
  Buffer.from('data'),
  Buffer.from([0x40, 0x1f, 0, 0]),
  Buffer.alloc(4000, 128),
]);

let storage = '';
async function uploaded(leadId: string, file = { name: '通话.wav', type: 'audio/wav' }, bytes = wav): Promise<string> {
  const { body } = await system.call<{ uploadId: string; url: string; headers: Record<string, string> }>(
    'POST',
    `/leads/${leadId}/evidence`,
    { ...file, bytes: bytes.length },
  );
  storage = new URL(body.url).origin;
  expect((await fetch(body.url, { method: 'PUT', headers: body.headers, body: new Uint8Array(bytes) })).ok).toBe(true);
  return body.uploadId;
}
const post = (leadId: string, uploadId: string, but: object = {}) =>
  system.call<Answer>('POST', `/leads/${leadId}/transcripts`, { channel: 'phone', uploadId, ...but });
const shown = async (leadId: string) => (await system.call<Shown>('GET', `/leads/${leadId}/transcripts`)).body;
const types = async (leadId: string) => (await system.show(leadId)).timeline.map(({ type }) => type);

/** The job of a recording, once it was started: until it is done the system has work in flight. */
async function job(uploadId: string, attempt = 1) {
  const found = () => transcribe.jobs.get(`leadkeeper-${uploadId}-${attempt}`);
  await vi.waitUntil(found, { timeout: 60_000, interval: 50 });
  return found();
}

/** What was said, as the job writes it, and that it is done. */
async function done(uploadId: string, said: [speaker: string, text: string][]): Promise<void> {
  const started = await job(uploadId);
  const items = said.map(([speaker_label, content], n) => ({
    type: 'pronunciation',
    speaker_label,
    start_time: String(n),
    alternatives: [{ content }],
  }));
  const client = new S3Client({
    endpoint: storage,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    forcePathStyle: true,
  });
  const Body = JSON.stringify({ results: { transcripts: [], items } });
  await client.send(new PutObjectCommand({ Bucket: started?.OutputBucketName, Key: started?.OutputKey, Body }));
  client.destroy();
  if (started) started.status = 'COMPLETED';
}

const call: [string, string][] = [
  ['spk_0', '喂'],
  ['spk_1', '您好,预算大概多少?'],
  ['spk_0', '三十万以内吧'],
];

describe('a recording', () => {
  it('is not taken while transcription is off, and nothing is changed', async () => {
    const leadId = await system.lead(form());
    const uploadId = await uploaded(leadId);
    const { status, body } = await post(leadId, uploadId);
    expect([status, body.detail]).toEqual([409, expect.stringContaining('transcription is off')]);
    expect(await shown(leadId)).toMatchObject({ items: [], recordings: [] });
    expect(transcribe.started).toEqual([]);
  });

  describe('once an admin has switched it on', () => {
    beforeAll(async () => {
      const rules = { transcribe: { languages: ['zh-CN', 'en-US'] } };
      expect((await system.call('PUT', '/config/understanding', rules)).status).toBe(200);
    });

    it('is put into words, once however often it is posted, and what was said goes to the lead', async () => {
      const leadId = await system.lead(form());
      const uploadId = await uploaded(leadId);
      const posted = await Promise.all([1, 2].map(() => post(leadId, uploadId, { firstSpeaker: 'customer' })));
      expect(posted.map(({ status, body }) => [status, body.state])).toEqual([
        [202, 'asked'],
        [202, 'asked'],
      ]);
      await job(uploadId);
      expect(transcribe.started.filter(({ TranscriptionJobName }) => TranscriptionJobName.includes(uploadId))).toEqual([
        expect.objectContaining({
          Media: { MediaFileUri: expect.stringContaining(`/evidence/${leadId}/${uploadId}`) },
          IdentifyLanguage: true,
          LanguageOptions: ['zh-CN', 'en-US'],
          Settings: { ShowSpeakerLabels: true, MaxSpeakerLabels: 4 },
        }),
      ]);
      await done(uploadId, call);
      await system.advance('PT1M');
      const { items, recordings } = await shown(leadId);
      expect(items.map(({ from, name, text }) => [from, name, text])).toEqual([
        ['customer', 'spk_0', '喂'],
        ['rep', 'spk_1', '您好,预算大概多少?'],
        ['customer', 'spk_0', '三十万以内吧'],
      ]);
      expect(items.map(({ findings = [] }) => findings.map(({ topic }) => topic))).toEqual([[], [], ['budget']]);
      expect(recordings).toMatchObject([{ uploadId, state: 'transcribed' }]);
      expect((await system.show(leadId)).sla.firstContactAt).not.toBeNull();
      expect((await post(leadId, uploadId)).body.state).toBe('transcribed');
      expect((await types(leadId)).filter((type) => type === 'RecordingTranscribed')).toHaveLength(1);
    });

    it('waits to be told who speaks', async () => {
      const leadId = await system.lead(form());
      const uploadId = await uploaded(leadId);
      await post(leadId, uploadId);
      await done(uploadId, call);
      await system.advance('PT1M');
      expect(await shown(leadId)).toMatchObject({ items: [], recordings: [{ state: 'speakers-unknown' }] });
      expect(await types(leadId)).toContain('SpeakersUnknown');
      expect((await post(leadId, uploadId)).body.state).toBe('speakers-unknown');
      await post(leadId, uploadId, { speakers: { spk_0: 'customer', spk_1: 'rep' } });
      await system.idle();
      expect((await shown(leadId)).items.map(({ from }) => from)).toEqual(['customer', 'rep', 'customer']);
    });

    it('that fails says why on the timeline, and is tried again when posted once more', async () => {
      const leadId = await system.lead(form());
      const uploadId = await uploaded(leadId);
      const reason = 'The data in your input media file isn’t valid.';
      const fail = async (attempt: number) =>
        Object.assign((await job(uploadId, attempt)) ?? {}, { status: 'FAILED', reason });
      await post(leadId, uploadId, { firstSpeaker: 'rep' });
      await fail(1);
      await system.advance('PT1M');
      expect((await shown(leadId)).recordings).toMatchObject([{ state: 'failed', because: reason }]);
      expect(await types(leadId)).toContain('TranscriptionFailed');
      expect((await post(leadId, uploadId, { firstSpeaker: 'rep' })).body.state).toBe('asked');
      await fail(2);
      await system.advance('PT1M');
      expect((await types(leadId)).filter((type) => type === 'TranscriptionFailed')).toHaveLength(2);
    });

    it('is given up after an hour in which Amazon Transcribe could not be asked', async () => {
      const leadId = await system.lead(form());
      const uploadId = await uploaded(leadId);
      transcribe.refuses = { status: 403, type: 'AccessDeniedException', message: 'no' };
      await post(leadId, uploadId, { firstSpeaker: 'rep' });
      await system.advance('PT61M');
      transcribe.refuses = undefined;
      expect((await shown(leadId)).recordings).toMatchObject([{ state: 'failed' }]);
    });

    it('that is none, not there or another’s is refused by name', async () => {
      const leadId = await system.lead(form());
      const minutes = await uploaded(leadId, { name: 'a.txt', type: 'text/plain' }, Buffer.from('minutes'));
      const another = await uploaded(await system.lead(form()));
      for (const uploadId of [minutes, another, '01JD0000000000000000000009']) {
        const { status, body } = await post(leadId, uploadId);
        expect([status, body.errors?.[0]?.path]).toEqual([400, 'uploadId']);
      }
      const wrong = await post(leadId, minutes, { speakers: { anna: 'rep' } });
      expect([wrong.status, wrong.body.errors?.[0]?.path]).toEqual([400, 'speakers.anna']);
    });
  });
});
