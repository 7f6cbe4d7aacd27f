import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dingtalkBody, dingtalkSign } from '../../../functions/notification/channels/dingtalk.ts';
import { emailHtml } from '../../../functions/notification/channels/email.ts';
import { feishuBody, feishuSign } from '../../../functions/notification/channels/feishu.ts';
import { type Conduct, post } from '../../../functions/notification/channels/robot.ts';
import { webhookSign } from '../../../functions/notification/channels/signed-post.ts';
import { aliyunSigned, aliyunSms } from '../../../functions/notification/channels/sms-aliyun.ts';
import { webhookBody } from '../../../functions/notification/channels/webhook.ts';
import { wecomBody } from '../../../functions/notification/channels/wecom.ts';
import { wecomAppBody } from '../../../functions/notification/channels/wecom-app.ts';
import type { Message } from '../../../functions/notification/message.ts';
import { isInside } from '../../../shared/platform/networks.ts';

const message: Message = {
  channel: 'wecom',
  to: 'admins',
  kind: 'assignment-failed',
  leadId: '01JD',
  title: '线索分配失败',
  text: '原因 <font color="warning">no-territory</font>',
  values: { cause: 'no-territory' },
  instead: [],
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
      data: { leadId: '01JD', title: message.title, text: '原因 no-territory' },
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

describe('a vendor’s answer', () => {
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
  const conduct: Conduct = { code: ({ errcode }) => errcode, forGood: ['93000'], pause: { 45009: 60 } };
  const send = () =>
    post('wecom', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {}, { conduct, at, headers: {} });

  it('is good when its body says so', async () => {
    answer = { status: 200, body: '{"errcode":0,"errmsg":"ok"}' };
    await expect(send()).resolves.toMatchObject({ errcode: 0 });
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

  it.each([
    ['seconds', { status: 429, body: '', headers: { 'retry-after': '90' } }, 90],
    ['a date', { status: 503, body: '', headers: { 'retry-after': 'Tue, 14 Nov 2023 22:15:20 GMT' } }, 120],
    ['no sense', { status: 429, body: '', headers: { 'retry-after': 'soon' } }, undefined],
    ['a month', { status: 429, body: '', headers: { 'retry-after': '2592000' } }, 86_400],
    ['a code of its own', { status: 200, body: '{"errcode":45009}' }, 60],
  ])('says by %s when to come again', async (_, said, seconds) => {
    answer = said;
    await expect(send()).rejects.toMatchObject({ retryAfter: seconds, forGood: false });
  });

  it('says that a robot is gone for good', async () => {
    answer = { status: 200, body: '{"errcode":93000,"errmsg":"invalid webhook url"}' };
    await expect(send()).rejects.toMatchObject({ code: '93000', forGood: true });
  });
});

describe('an Aliyun text message', () => {
  it('is signed as the vendor’s own example is', () => {
    const url = new URL('https://ecs.cn-shanghai.aliyuncs.com/');
    url.searchParams.set('ImageId', 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd');
    url.searchParams.set('RegionId', 'cn-shanghai');
    const signed = aliyunSigned(
      url,
      {
        action: 'RunInstances',
        version: '2014-05-26',
        nonce: '3156853299f313e23d1673dc12e1703d',
        at: new Date('2023-10-26T10:22:32Z'),
      },
      { id: 'YourAccessKeyId', secret: 'YourAccessKeySecret' },
    );
    expect(signed.authorization).toBe(
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    );
  });

  it('fills the vendor’s template with our values, each at most 35 characters', () => {
    const sent = aliyunSms(
      { ...message, to: '+8613800138000', values: { who: '王'.repeat(40) } },
      '线索管家',
      'SMS_1',
      'out',
    );
    expect(sent).toMatchObject({
      PhoneNumbers: '13800138000',
      SignName: '线索管家',
      TemplateCode: 'SMS_1',
      OutId: 'out',
    });
    expect(JSON.parse(sent.TemplateParam)).toEqual({ who: '王'.repeat(35) });
  });
});

describe('a message with room for more', () => {
  const more = {
    ...message,
    to: 'ann',
    details: '话术: 您好\n任务:\n1. 电话',
    link: 'https://x.example/console/leads/01JD',
  };

  it('tells in WeCom’s app what to say and do, and where to see more', () => {
    expect(wecomAppBody(more, '1000002')).toEqual({
      touser: 'ann',
      msgtype: 'text',
      agentid: 1000002,
      text: {
        content: '线索分配失败\n原因 no-territory\n话术: 您好\n任务:\n1. 电话\nhttps://x.example/console/leads/01JD',
      },
      enable_duplicate_check: 1,
      duplicate_check_interval: 1800,
    });
    const long = wecomAppBody({ ...more, text: '线'.repeat(3000) }, '1');
    expect(Buffer.byteLength(long.text.content)).toBeLessThanOrEqual(2048);
  });

  it('shows in an e-mail whatever stands in a name as text', () => {
    const html = emailHtml({ ...more, text: '新线索 <img src=x onerror="alert(1)">' });
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
    expect(html).toContain('<a href="https://x.example/console/leads/01JD">');
  });
});
