import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dingtalk, dingtalkCallbackSign } from '../../../functions/chat/chats/dingtalk.ts';
import { wecom } from '../../../functions/chat/chats/wecom.ts';
import { NotConfigured } from '../../../shared/platform/callback.ts';
import { NotGenuine, type Seal, seal, signatureOf } from '../../../shared/platform/envelope.ts';
import type { Call } from '../../../shared/platform/http-step.ts';

const now = new Date(1_700_000_000_000);
const call = (but: Partial<Call>): Call => ({
  method: 'POST',
  path: '',
  params: {},
  query: {},
  headers: {},
  body: Buffer.alloc(0),
  ...but,
});

describe('a DingTalk robot’s callback', () => {
  const secret = { dingtalkAppSecret: 'app-secret' };
  const message = {
    conversationId: 'cid1',
    msgId: 'm1',
    createAt: 1_700_000_000_000,
    msgtype: 'text',
    text: { content: ' 你好 ' },
    senderNick: '王芳',
  };
  const posted = (
    body: object,
    timestamp = String(now.getTime()),
    sign = dingtalkCallbackSign('app-secret', timestamp),
  ) => dingtalk.hear(call({ headers: { timestamp, sign }, body: Buffer.from(JSON.stringify(body)) }), secret, now);

  it('tells what the customer said in the group', () => {
    expect(posted(message).heard).toMatchObject([
      {
        threadId: 'cid1',
        toUs: false,
        said: { messageId: 'm1', at: now.toISOString(), from: 'customer', text: '你好' },
      },
    ]);
  });

  it('knows members of the company, and what they say to us', () => {
    const [heard] = posted({ ...message, senderStaffId: 'u1', text: { content: '#01JD0000000000000000000000' } }).heard;
    expect(heard).toMatchObject({ staffId: 'u1', toUs: true, said: { from: 'rep' } });
  });

  it('is refused with another signature, an old one, or without its fields', () => {
    expect(() => posted(message, String(now.getTime()), 'x')).toThrow(NotGenuine);
    expect(() => posted(message, String(now.getTime() - 3_600_001))).toThrow('not of this hour');
    expect(() => posted({ ...message, msgId: undefined })).toThrow(NotGenuine);
    expect(() => dingtalk.hear(call({}), {}, now)).toThrow(NotConfigured);
  });

  it('may hold half a character, in what is said and in who says it, which becomes the sign for what could not be read', () => {
    const [heard] = posted({ ...message, text: { content: 'half \ud83d' }, senderNick: '\ude00王' }).heard;
    expect(heard?.said).toMatchObject({ text: 'half \ufffd', name: '\ufffd王' });
  });

  it.each([8_640_000_000_000_001, 253_402_300_800_000, 0, -1])(
    'is refused when it was written at %d, which is no time',
    (createAt) =>
      expect(() => posted({ ...message, createAt })).toThrow(
        expect.objectContaining({ name: 'NotGenuine', path: 'createAt', message: 'is no time' }),
      ),
  );

  it('tells nothing of pictures and the like', () =>
    expect(posted({ ...message, msgtype: 'picture' }).heard).toEqual([]));
});

describe('WeCom', () => {
  const aesKey = Buffer.alloc(32, 9).toString('base64').slice(0, 43);
  const with_: Seal = { token: 't', aesKey, owner: 'CORP' };
  let server: Server;
  let pages: object[] = [];
  const asked: { path: string; body: Record<string, unknown> }[] = [];
  let secret: Record<string, string> = {};

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString('utf8');
      asked.push({ path: request.url ?? '', body: text ? (JSON.parse(text) as Record<string, unknown>) : {} });
      const answer = request.url?.includes('gettoken')
        ? { errcode: 0, access_token: 'at', expires_in: 7200 }
        : pages.shift();
      response.end(JSON.stringify(answer));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    secret = {
      wecomCorpId: 'CORP',
      wecomChatToken: 't',
      wecomChatAesKey: aesKey,
      wecomKfSecret: 'kf',
      wecomApi: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    };
  });
  afterAll(() => server.close());

  function sealed(inner: string, but: Partial<Call> = {}): Call {
    const text = seal(inner, with_, Buffer.alloc(16, 3));
    const signature = signatureOf('t', '1700000000', 'n', text);
    return call({
      query: { msg_signature: signature, timestamp: '1700000000', nonce: 'n', echostr: text },
      body: Buffer.from(`<xml><Encrypt><![CDATA[${text}]]></Encrypt></xml>`),
      ...but,
    });
  }

  it('checks the address', () =>
    expect(wecom.hear(sealed('echo', { method: 'GET' }), secret, now).answer.body).toBe('echo'));

  it('tells what a member writes to the app', () => {
    const inner =
      '<xml><FromUserName>li</FromUserName><CreateTime>1700000000</CreateTime><MsgType>text</MsgType><Content><![CDATA[#01JD0000000000000000000000\n客户: 你好]]></Content><MsgId>9</MsgId></xml>';
    expect(wecom.hear(sealed(inner), secret, now).heard).toMatchObject([
      { threadId: 'app/li', staffId: 'li', toUs: true, said: { messageId: '9', from: 'other' } },
    ]);
  });

  it.each(['8640000000001', '253402300800', '1e999'])(
    'is refused when a member wrote at %s, which is no time',
    (time) => {
      const inner = `<xml><FromUserName>li</FromUserName><CreateTime>${time}</CreateTime><MsgType>text</MsgType><Content>x</Content><MsgId>9</MsgId></xml>`;
      expect(() => wecom.hear(sealed(inner), secret, now)).toThrow(
        expect.objectContaining({ name: 'NotGenuine', path: 'CreateTime', message: 'is no time' }),
      );
    },
  );

  it('says that there are messages of the service, which are asked for page by page', async () => {
    const inner =
      '<xml><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>TK</Token><OpenKfId>wk1</OpenKfId></xml>';
    const { ask } = wecom.hear(sealed(inner), secret, now);
    expect(ask).toEqual({ account: 'wk1', token: 'TK' });
    const base = { external_userid: 'wm1', send_time: 1_700_000_000, msgtype: 'text' };
    pages = [
      {
        errcode: 0,
        next_cursor: 'c1',
        has_more: 1,
        msg_list: [
          { ...base, msgid: 'a', origin: 3, text: { content: '多少钱\ud83d' } },
          { ...base, msgid: 'b', origin: 5, servicer_userid: 'li', text: { content: '您好' } },
          { ...base, msgid: 'c', origin: 5, text: { content: '欢迎咨询' } },
          { ...base, msgid: 'd', origin: 4, msgtype: 'event' },
        ],
      },
    ];
    const page = await wecom.ask?.(ask ?? { account: '', token: '' }, undefined, secret, now);
    expect(page).toMatchObject({ cursor: 'c1', more: true });
    // Half a character would keep the whole page from being stored.
    expect(page?.heard[0]?.said.text).toBe('多少钱\ufffd');
    expect(page?.heard.map(({ threadId, staffId, said }) => [threadId, staffId, said.from, said.automatic])).toEqual([
      ['kf/wk1/wm1', undefined, 'customer', undefined],
      ['kf/wk1/wm1', 'li', 'rep', undefined],
      ['kf/wk1/wm1', undefined, 'rep', true],
    ]);
    expect(asked.at(-1)?.body).toEqual({ token: 'TK', open_kfid: 'wk1', limit: 500 });
  });

  it('is asked again later when it answers with an error', async () => {
    pages = [{ errcode: 42001 }];
    await expect(wecom.ask?.({ account: 'wk1', token: 'TK' }, 'c1', secret, now)).rejects.toThrow('42001');
  });

  it('is refused with another signature', () => {
    const forged = sealed('x', { query: { msg_signature: 'x', timestamp: '1700000000', nonce: 'n' } });
    expect(() => wecom.hear(forged, secret, now)).toThrow(NotGenuine);
  });
});
