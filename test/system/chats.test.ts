import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { developmentSecrets } from '../../scripts/demo/secrets.ts';
import { seal, signatureOf } from '../../shared/platform/envelope.ts';
import { form, useSystem } from '../running-system.ts';

const system = useSystem();
const secrets = developmentSecrets('');
type Shown = { items: { from: string; text: string; at: string; channel: string; forwardedBy?: string }[] };
const transcripts = async (leadId: string) =>
  (await system.call<Shown>('GET', `/leads/${leadId}/transcripts`)).body.items;
const clock = async () => (await system.call<{ now: string }>('POST', '/_local/clock', { advance: 'PT1S' })).body.now;
const later = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();
const linked = async (leadId: string, channels: object): Promise<string> => {
  const repId = (await system.show(leadId)).owner?.repId ?? '';
  const { body } = await system.call<{ channels: object }>('GET', `/reps/${repId}`);
  await system.call('PUT', `/reps/${repId}`, { channels: { ...body.channels, ...channels } });
  return repId;
};

describe('a conversation that is put to a lead', () => {
  it('is kept message by message, once however often it is posted, and the earliest of either side is the first contact', async () => {
    const leadId = await system.lead(form());
    const { sla } = await system.show(leadId);
    await system.advance('PT2H30M');
    expect((await system.show(leadId)).sla.level).toBe('supervisor');
    const messages = [
      { at: later(sla.receivedAt, 50), from: 'customer', text: '你好,请问价格?' },
      { at: later(sla.receivedAt, 40), from: 'rep', text: '[自动回复] 稍后联系您' },
      { at: later(sla.receivedAt, 60), from: 'rep', text: '您好,我来介绍' },
    ];
    const post = () => system.call('POST', `/leads/${leadId}/transcripts`, { channel: 'wecom', messages });
    expect(await post()).toMatchObject({
      status: 201,
      body: { messages: 3, added: 3, firstContactAt: messages[0]?.at },
    });
    expect(await post()).toMatchObject({ status: 201, body: { messages: 3, added: 0 } });
    const lead = await system.show(leadId);
    expect(lead).toMatchObject({ status: 'contacted', sla: { level: 'none', firstContactAt: messages[0]?.at } });
    expect(lead.timeline.filter(({ type }) => type === 'EscalationWithdrawn')).toHaveLength(1);
    expect(lead.timeline.filter(({ type }) => type === 'MessagesAdded')).toHaveLength(1);
    expect((await transcripts(leadId)).map(({ text }) => text)).toEqual([
      '[自动回复] 稍后联系您',
      '你好,请问价格?',
      '您好,我来介绍',
    ]);
    await system.advance('PT3H');
    expect((await system.outbox(leadId)).filter(({ kind }) => kind === 'lead-missed')).toEqual([]);
  });

  it('can be text as a chat copies it; whoever may not see the lead neither posts nor reads it', async () => {
    const leadId = await system.lead(form());
    const { owner } = await system.show(leadId);
    const mine = await system.token({ role: 'rep', repId: owner?.repId ?? '' });
    const text = `${owner?.name}: 您好\n王芳: 你好,周三可以看演示`;
    const { status, body } = await system.call(
      'POST',
      `/leads/${leadId}/transcripts`,
      { channel: 'wecom', text },
      mine,
    );
    expect([status, body]).toMatchObject([201, { messages: 2, added: 2, firstContactAt: expect.any(String) }]);
    expect((await transcripts(leadId)).map(({ from, forwardedBy }) => [from, forwardedBy])).toEqual(
      expect.arrayContaining([
        ['rep', owner?.repId],
        ['customer', owner?.repId],
      ]),
    );
    const { items } = (await system.call<{ items: { repId: string }[] }>('GET', '/reps')).body;
    const other = items.find(({ repId }) => repId !== owner?.repId && repId.startsWith('rep-'))?.repId ?? '';
    const stranger = await system.token({ role: 'rep', repId: other });
    for (const method of ['GET', 'POST'])
      expect(
        (
          await system.call(
            method,
            `/leads/${leadId}/transcripts`,
            method === 'POST' ? { channel: 'wecom', text } : undefined,
            stranger,
          )
        ).status,
      ).toBe(404);
  });

  it('of five hundred messages is kept whole', async () => {
    const leadId = await system.lead(form());
    const { sla } = await system.show(leadId);
    await system.advance('PT1M');
    const messages = Array.from({ length: 500 }, (_, n) => ({
      at: later(sla.receivedAt, n / 1000),
      from: n % 2 === 0 ? 'customer' : 'rep',
      text: `第 ${n} 句`,
    }));
    const { body } = await system.call('POST', `/leads/${leadId}/transcripts`, { channel: 'phone', messages });
    expect(body).toMatchObject({ added: 500, firstContactAt: messages[0]?.at });
    expect(await transcripts(leadId)).toHaveLength(500);
  });

  it.each([
    ['no speakers', { channel: 'wecom', text: '一段没有人名的话' }, 'text'],
    ['a megabyte', { channel: 'wecom', text: `客户: ${'x'.repeat(240_000)}` }, ''],
    [
      'an unknown channel',
      { channel: 'pigeon', messages: [{ at: '2026-01-01T00:00:00Z', from: 'rep', text: 'x' }] },
      '',
    ],
    [
      'a time to come',
      { channel: 'wecom', messages: [{ at: '2099-01-01T00:00:00Z', from: 'rep', text: 'x' }] },
      'messages.0.at',
    ],
    ['an unknown side', { channel: 'wecom', messages: [{ at: '2026-01-01T00:00:00Z', from: 'boss', text: 'x' }] }, ''],
  ])('is refused with %s, and changes nothing', async (_, body, path) => {
    const leadId = await system.lead(form());
    const refused = await system.call<{ errors: { path: string }[] }>('POST', `/leads/${leadId}/transcripts`, body);
    expect(refused.status).toBe(400);
    if (path) expect(refused.body.errors.map((each) => each.path)).toContain(path);
    expect(await transcripts(leadId)).toEqual([]);
    expect((await system.show(leadId)).sla.firstContactAt).toBeNull();
  });
});

describe('a DingTalk group with the customer', () => {
  let message = 0;
  const say = async (conversationId: string, content: string, but: object = {}, headers: object = {}) => {
    message += 1;
    const timestamp = String(Date.parse(await clock()));
    const sign = createHmac('sha256', secrets.dingtalkRobotAppSecret ?? '')
      .update(`${timestamp}\n${secrets.dingtalkRobotAppSecret}`)
      .digest('base64');
    const body = {
      conversationId,
      msgId: `m${message}`,
      createAt: Number(timestamp),
      msgtype: 'text',
      text: { content },
      ...but,
    };
    const answer = await system.call('POST', '/chats/dingtalk', body, { timestamp, sign, ...headers });
    await system.idle();
    return answer;
  };

  it('is the conversation of the lead that its owner names in it, before and after; what the customer says is contact', async () => {
    const leadId = await system.lead(form());
    const repId = await linked(leadId, { dingtalkUserId: 'ding-li' });
    expect((await say('cid-1', '你好,有人吗')).status).toBe(200);
    expect((await system.show(leadId)).status).toBe('assigned');
    expect((await system.call('GET', '/threads')).body).toMatchObject({
      items: [{ chat: 'dingtalk', threadId: 'cid-1' }],
    });
    await say('cid-1', `#${leadId}`, { senderStaffId: 'ding-li' });
    expect((await system.show(leadId)).status).toBe('contacted');
    await say('cid-1', '您好,我在', { senderStaffId: 'ding-li', msgId: 'again' });
    await say('cid-1', '您好,我在', { senderStaffId: 'ding-li', msgId: 'again' });
    const said = await transcripts(leadId);
    expect(said.map(({ from, text }) => `${from} ${text}`)).toEqual(['customer 你好,有人吗', 'rep 您好,我在']);
    expect((await system.call('GET', '/threads')).body).toMatchObject({ items: [] });
    expect(repId).not.toBe('');
  });

  it('is tied by nobody who may not see the lead; an admin can', async () => {
    const leadId = await system.lead(form());
    await say('cid-2', `#${leadId}`, { senderStaffId: 'somebody-else' });
    await say('cid-2', '请问报价');
    expect(await transcripts(leadId)).toEqual([]);
    const tie = (but: object) =>
      system.call('POST', '/threads/tie', { chat: 'dingtalk', threadId: 'cid-2', leadId, ...but });
    expect((await tie({ threadId: 'nobody-knows' })).status).toBe(404);
    expect((await tie({ leadId: 'nobody' })).status).toBe(400);
    expect((await tie({})).status).toBe(200);
    await system.idle();
    expect((await transcripts(leadId)).map(({ text }) => text)).toContain('请问报价');
    expect((await system.show(leadId)).status).toBe('contacted');
    const other = await system.lead(form());
    expect((await tie({ leadId: other })).status).toBe(409);
  });

  it('is known by the customer’s phone', async () => {
    const contact = { name: '赵客', phone: '13700137000' };
    const leadId = await system.lead(form({ contact }));
    await say('cid-3', '我的电话 137 0013 7000,请联系我');
    expect(await transcripts(leadId)).toHaveLength(1);
  });

  it('is refused when it is not signed', async () =>
    expect((await say('cid-4', 'x', {}, { sign: 'forged' })).status).toBe(401));
});

describe('WeCom', () => {
  let service: Server;
  let pages: object[] = [];
  beforeAll(async () => {
    service = createServer((request, response) => {
      request.resume();
      const answer = request.url?.includes('gettoken')
        ? { errcode: 0, access_token: 'at', expires_in: 7200 }
        : pages.shift();
      response.end(JSON.stringify(answer ?? { errcode: 0, msg_list: [] }));
    });
    await new Promise<void>((done) => service.listen(0, '127.0.0.1', done));
    await system.stop();
    system.secrets = { wecomApi: `http://127.0.0.1:${(service.address() as AddressInfo).port}` };
    await system.start();
  });
  afterAll(() => service.close());

  const callback = async (inner: string) => {
    const timestamp = String(Math.floor(Date.parse(await clock()) / 1000));
    const with_ = {
      token: secrets.wecomCallbackToken ?? '',
      aesKey: secrets.wecomCallbackAesKey ?? '',
      owner: secrets.wecomCorpId ?? '',
    };
    const text = seal(`<xml>${inner}</xml>`, with_, Buffer.alloc(16, 1));
    const query = new URLSearchParams({
      msg_signature: signatureOf(with_.token, timestamp, 'n', text),
      timestamp,
      nonce: 'n',
    });
    const answer = await fetch(`${system.runtime.url}/chats/wecom?${query}`, {
      method: 'POST',
      body: `<xml><Encrypt><![CDATA[${text}]]></Encrypt></xml>`,
    });
    await system.idle();
    return answer.status;
  };

  it('takes what a rep forwards to the app with the lead’s number', async () => {
    const leadId = await system.lead(form());
    await linked(leadId, { wecomUserId: 'li.wecom' });
    const { owner } = await system.show(leadId);
    const seconds = Math.floor(Date.parse(await clock()) / 1000);
    const content = `#${leadId}\n${owner?.name}: 您好\n王女士: 你好`;
    expect(
      await callback(
        `<FromUserName>li.wecom</FromUserName><CreateTime>${seconds}</CreateTime><MsgType>text</MsgType><Content><![CDATA[${content}]]></Content><MsgId>77</MsgId>`,
      ),
    ).toBe(200);
    expect((await transcripts(leadId)).map(({ from }) => from).sort()).toEqual(['customer', 'rep']);
    expect((await system.show(leadId)).status).toBe('contacted');
  });

  it('asks for the messages of the service account, whose customer is known by their phone', async () => {
    const leadId = await system.lead(form({ contact: { name: '钱客', phone: '13700137001' } }));
    const send_time = Math.floor(Date.parse(await clock()) / 1000);
    const base = { external_userid: 'wm9', send_time, msgtype: 'text' };
    pages = [
      {
        errcode: 0,
        next_cursor: 'c1',
        has_more: 1,
        msg_list: [{ ...base, msgid: 'k1', origin: 3, text: { content: '电话13700137001' } }],
      },
      {
        errcode: 0,
        next_cursor: 'c2',
        has_more: 0,
        msg_list: [{ ...base, msgid: 'k2', origin: 5, text: { content: '欢迎光临' } }],
      },
    ];
    expect(
      await callback('<MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>TK</Token><OpenKfId>wk9</OpenKfId>'),
    ).toBe(200);
    expect((await transcripts(leadId)).map(({ text }) => text).sort()).toEqual(['欢迎光临', '电话13700137001']);
  });
});
