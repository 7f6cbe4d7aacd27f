import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dingtalkBody, dingtalkSign } from '../../../functions/notification/channels/dingtalk.ts';
import { feishuBody, feishuSign } from '../../../functions/notification/channels/feishu.ts';
import { post } from '../../../functions/notification/channels/robot.ts';
import { isInside, webhookBody, webhookSign } from '../../../functions/notification/channels/webhook.ts';
import { wecomBody } from '../../../functions/notification/channels/wecom.ts';
import type { Message } from '../../../functions/notification/message.ts';

const message: Message = {
  channel: 'wecom',
  to: 'admins',
  kind: 'assignment-failed',
  leadId: '01JD',
  title: '线索分配失败',
  text: '原因 <font color="warning">no-territory</font>',
};
const at = new Date(1_700_000_000_000);

describe('a message in its channel’s own format', () => {
  it('is markdown for WeCom, at most 4096 bytes and never cut within a character', () => {
    expect(wecomBody(message)).toEqual({
      msgtype: 'markdown',
      markdown: { content: `**线索分配失败**\n${message.text}` },
    });
    const { markdown } = wecomBody({ ...message, text: '线'.repeat(3000) });
    expect(Buffer.byteLength(markdown.content)).toBeLessThanOrEqual(4096);
    expect(markdown.content).not.toMatch('\uFFFD');
  });

  it('is signed for DingTalk by the secret, with the moment in milliseconds', () => {
    expect(encodeURIComponent(dingtalkSign('SECabc', '1700000000000'))).toBe(
      'jcUpW0QmtKduN03n4JqQ0PBosVjqnM8gU7fIIvsDmCM%3D',
    );
    expect(dingtalkBody(message)).toEqual({
      msgtype: 'markdown',
      markdown: { title: '线索分配失败', text: '### 线索分配失败\n原因 no-territory' },
    });
  });

  it('is signed for Feishu in the body, with the moment in seconds', () => {
    expect(feishuSign('secret', '1700000000')).toBe('fiWS2+gh28DOydAv7hzONH/mDn9+b1Y4Y5ivXWXy8vA=');
    expect(feishuBody(message, 'secret', at)).toEqual({
      timestamp: '1700000000',
      sign: 'fiWS2+gh28DOydAv7hzONH/mDn9+b1Y4Y5ivXWXy8vA=',
      msg_type: 'text',
      content: { text: '线索分配失败\n原因 no-territory' },
    });
    expect(feishuBody(message, undefined, at)).not.toHaveProperty('sign');
  });

  it('is signed by Standard Webhooks for any other system', () => {
    const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';
    expect(webhookSign(secret, 'msg_1', '1700000000', '{"a":1}')).toBe(
      'v1,WUgAXU8H0NQ1/7M+TtMwKma2b74a3/TCgekiM3YUdN8=',
    );
    expect(JSON.parse(webhookBody(message, at))).toEqual({
      type: 'assignment-failed',
      timestamp: '2023-11-14T22:13:20.000Z',
      data: { leadId: '01JD', title: message.title, text: message.text },
    });
  });
});

describe('a webhook', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '224.0.0.1',
  ])('to %s is refused: no requests into one’s own network', (address) => expect(isInside(address)).toBe(true));

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2001:4860:4860::8888', '::ffff:8.8.8.8'])(
    'to %s is not',
    (address) => expect(isInside(address)).toBe(false),
  );
});

describe('a robot’s answer', () => {
  let server: Server;
  let answer: { status: number; body: string; headers?: Record<string, string> };
  let calls = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      calls += 1;
      request.resume();
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => server.close());
  const send = () =>
    post('wecom', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {}, {}, ({ errcode }) => errcode);

  it('is good when its body says so', async () => {
    answer = { status: 200, body: '{"errcode":0,"errmsg":"ok"}' };
    await expect(send()).resolves.toBeUndefined();
  });

  it.each([
    ['an error under status 200', { status: 200, body: '{"errcode":45009,"errmsg":"api freq out of limit"}' }, '45009'],
    ['too many requests', { status: 429, body: '', headers: { 'retry-after': '60' } }, '429'],
    ['no JSON', { status: 200, body: '<html>' }, 'unreadable'],
    ['no code', { status: 200, body: '{}' }, 'unreadable'],
    ['no object', { status: 200, body: '[0]' }, 'unreadable'],
    ['ten megabytes', { status: 200, body: ' '.repeat(10 * 1024 * 1024) }, 'answer-too-long'],
  ])('is not taken for %s', async (_, said, code) => {
    answer = said;
    await expect(send()).rejects.toThrow(code);
  });

  it('is not followed elsewhere', async () => {
    calls = 0;
    answer = { status: 302, body: '', headers: { location: '/elsewhere' } };
    await expect(send()).rejects.toThrow();
    expect(calls).toBe(1);
  });
});
