import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { read } from '../../../functions/understanding/read.ts';
import { bedrock } from '../../../functions/understanding/readers/bedrock.ts';
import { understandingRules } from '../../../shared/understanding/rules.ts';
import type { Message } from '../../../shared/understanding/understand.ts';

/** What the server answers to each call, in turn: the text of a model, a status with an error, or nothing. */
type Script = string | { status: number; type: string } | 'silence';

let server: Http2Server;
const sessions = new Set<ServerHttp2Session>();
let script: Script[] = [];
let asked: { path: string; body: { system: unknown[]; messages: { content: { text: string }[] }[] } }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push({ path: request.url, body: JSON.parse(Buffer.concat(chunks).toString()) });
      const next = script.shift() ?? 'silence';
      if (next === 'silence') return;
      const json = { 'content-type': 'application/json' };
      if (typeof next === 'object') {
        response.writeHead(next.status, { ...json, 'x-amzn-errortype': next.type });
        return response.end(JSON.stringify({ message: 'no' }));
      }
      response.writeHead(200, json);
      return response.end(
        JSON.stringify({
          output: { message: { role: 'assistant', content: [{ text: next }] } },
          stopReason: 'end_turn',
          usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
          metrics: { latencyMs: 1 },
        }),
      );
    });
  });
  server.on('session', (session) => sessions.add(session));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.AWS_REGION = 'us-east-1';
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
});

afterAll(() => {
  for (const session of sessions) session.destroy();
  server.close();
});

beforeEach(() => {
  script = [];
  asked = [];
});

const rules = understandingRules.parse({ bedrock: { modelId: 'amazon.nova-lite-v1:0' } });
const said = (from: Message['from'], text: string, n: number): Message => ({
  messageId: `m${n}`,
  at: new Date(n * 1000).toISOString(),
  from,
  text,
});
const messages = [said('rep', '预算多少?', 0), said('customer', '三十万以内,不过你们不便宜。老板要看。', 1)];
const answer = (...findings: object[]): string => JSON.stringify({ findings });
const budget = { message: 1, topic: 'budget', stance: 'has', words: ['三十万以内'] };

describe('a model of Amazon Bedrock', () => {
  it('is given what was said and by which side, nothing else, and finds topics by words that stand there', async () => {
    script = [
      `Here it is:\n${answer(
        budget,
        { message: 1, topic: 'price-sensitivity', stance: null, words: ['便宜'], negatedBy: ['不'] },
        { message: 1, topic: 'authority', stance: 'others', words: ['老板'], asked: false },
      )}`,
    ];
    const { by, insteadOf, findings } = await read(messages, rules);
    expect([by, insteadOf]).toEqual(['bedrock', undefined]);
    expect(findings.get('m1')).toEqual([
      { topic: 'budget', stance: 'has', sentence: 0, words: [{ text: '三十万以内', start: 0, end: 5 }] },
      {
        topic: 'price-sensitivity',
        sentence: 0,
        words: [{ text: '便宜', start: 11, end: 13 }],
        negatedBy: [{ text: '不', start: 6, end: 7 }],
      },
      { topic: 'authority', stance: 'others', sentence: 1, words: [{ text: '老板', start: 14, end: 16 }] },
    ]);
    expect(asked[0]?.path).toBe('/model/amazon.nova-lite-v1%3A0/converse');
    expect(JSON.parse(asked[0]?.body.messages[0]?.content[0]?.text ?? '')).toEqual({
      messages: messages.map(({ from, text }, number) => ({ number, from, text })),
    });
  });

  it('is not believed what nobody said, nor what the rep said, nor a stance that the topic does not have', async () => {
    script = [
      answer(
        { message: 1, topic: 'objection', words: ['太复杂'] },
        { message: 0, topic: 'budget', words: ['预算'] },
        { message: 7, topic: 'need', words: ['三十万'] },
        { message: 1, topic: 'need', words: ['三十万', 'gone'] },
        { ...budget, stance: 'soon' },
      ),
    ];
    const { findings } = await read(messages, rules);
    expect([...findings]).toEqual([
      ['m1', [{ topic: 'budget', sentence: 0, words: [{ text: '三十万以内', start: 0, end: 5 }] }]],
    ]);
  });

  it.each([
    ['throttles', { status: 429, type: 'ThrottlingException' }],
    ['fails', { status: 500, type: 'InternalServerException' }],
    ['answers what is no JSON', 'I would rather not'],
    ['answers another shape', '{"findings":[{"message":1,"topic":"weather","words":["三十万"]}]}'],
  ] as const)('that %s once is asked once more', async (_, first) => {
    script = [first, answer(budget)];
    expect(await read(messages, rules)).toMatchObject({ by: 'bedrock' });
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['throttles', { status: 429, type: 'ThrottlingException' }, 'ThrottlingException'],
    ['may not be asked', { status: 403, type: 'AccessDeniedException' }, 'AccessDeniedException'],
    ['answers what is no JSON', 'I would rather not', 'its answer is not what was asked for'],
    ['answers another shape', '{"findings":"三十万"}', 'its answer is not what was asked for'],
  ] as const)('that %s again leaves it to the rules, and says so', async (_, wrong, because) => {
    script = [wrong, wrong, answer(budget)];
    const { by, insteadOf, findings } = await read(messages, rules);
    expect({ by, insteadOf }).toEqual({ by: 'rules', insteadOf: { reader: 'bedrock', because } });
    expect(findings.get('m1')?.map(({ topic }) => topic)).toContain('budget');
    expect(asked).toHaveLength(2);
  });

  it('that does not answer in time is asked twice', async () => {
    script = ['silence', 'silence'];
    await expect(bedrock(100)(messages, rules)).rejects.toMatchObject({ name: /AbortError|TimeoutError/ });
    expect(asked).toHaveLength(2);
  });

  it('is not asked when no company has chosen one, nothing was said, or too much', async () => {
    expect((await read(messages, understandingRules.parse({}))).by).toBe('rules');
    expect((await read([said('rep', '您好', 0)], rules)).findings.size).toBe(0);
    expect(await read([said('customer', '贵'.repeat(60_001), 0)], rules)).toMatchObject({
      by: 'rules',
      insteadOf: { because: 'more than 60000 characters' },
    });
    expect(asked).toHaveLength(0);
  });
});
