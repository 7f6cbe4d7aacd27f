import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dingtalk } from '../../../functions/directory/directories/dingtalk.ts';
import { wecom } from '../../../functions/directory/directories/wecom.ts';
import { NotConfigured } from '../../../shared/platform/callback.ts';
import { NotGenuine, open, type Seal, seal, signatureOf } from '../../../shared/platform/envelope.ts';
import type { Call } from '../../../shared/platform/http-step.ts';

const aesKey = Buffer.alloc(32, 9).toString('base64').slice(0, 43);
const secret = {
  wecomCallbackToken: 'wt',
  wecomCallbackAesKey: aesKey,
  wecomCorpId: 'CORPID',
  dingtalkCallbackToken: 'dt',
  dingtalkCallbackAesKey: aesKey,
  dingtalkOwnerKey: 'ding1',
};
const ours: Seal = { token: 'wt', aesKey, owner: 'CORPID' };
const theirs: Seal = { token: 'dt', aesKey, owner: 'ding1' };
const head = Buffer.alloc(16, 3);
const now = new Date(1_700_000_000_000);
const stamp = '1700000000';

function call(with_: Seal, message: string, wrap: (sealed: string) => string, name: string, method = 'POST'): Call {
  const sealed = seal(message, with_, head);
  const signature = signatureOf(with_.token, stamp, 'n', sealed);
  return {
    method,
    path: '',
    params: {},
    headers: {},
    query: { [name]: signature, timestamp: stamp, nonce: 'n', ...(method === 'GET' ? { echostr: sealed } : {}) },
    body: Buffer.from(wrap(sealed)),
  };
}
const xmlOf = (sealed: string) =>
  `<xml><ToUserName><![CDATA[CORPID]]></ToUserName><AgentID>1</AgentID><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
const fromWecom = (inner: string, wrap = xmlOf) =>
  wecom.hear(call(ours, `<xml>${inner}</xml>`, wrap, 'msg_signature'), secret, now, head);
const change = (type: string, more: string) =>
  fromWecom(
    `<Event>change_contact</Event><CreateTime>1700000001</CreateTime><ChangeType>${type}</ChangeType><UserID>007</UserID>${more}`,
  );
const asOf = new Date(1_700_000_001_000);

describe('WeCom', () => {
  it('checks the address, and is answered what it sealed', () => {
    const answered = wecom.hear(
      call(ours, 'echo 123', () => '', 'msg_signature', 'GET'),
      secret,
      now,
      head,
    );
    expect(answered.answer).toEqual({ type: 'text/plain', body: 'echo 123' });
  });

  it.each([
    [
      'who is updated',
      'update_user',
      '<Status>1</Status><Name>李雷</Name><Mobile>13800138000</Mobile><Department>1,2</Department><MainDepartment>2</MainDepartment>',
      { status: 'active', name: '李雷', phone: '13800138000', departments: ['2', '1'] },
    ],
    ['who is disabled', 'update_user', '<Status>2</Status>', { status: 'left' }],
    ['who has not activated', 'create_user', '<Status>4</Status><Name>韩梅</Name>', { name: '韩梅' }],
    ['who leaves', 'update_user', '<Status>5</Status>', { status: 'left' }],
    ['who is deleted', 'delete_user', '', { status: 'left' }],
    ['who is renamed', 'update_user', '<NewUserID>zs01</NewUserID>', { newUserId: 'zs01' }],
  ])('tells of somebody %s', (_, type, more, said) => {
    expect(change(type, more)).toEqual({
      members: [{ userId: '007', asOf, ...said }],
      ask: [],
      answer: { type: 'text/plain', body: '' },
    });
  });

  it('is heard in silence about departments and tags, and answered its word as a suite', () => {
    expect(change('create_party', '').members).toEqual([]);
    expect(fromWecom('<Event>subscribe</Event>').members).toEqual([]);
    const suite = fromWecom(
      '<InfoType>change_contact</InfoType><AuthCorpId>x</AuthCorpId><ChangeType>delete_user</ChangeType><UserID>u</UserID>',
    );
    expect(suite).toMatchObject({ members: [{ userId: 'u', status: 'left' }], answer: { body: 'success' } });
  });

  it.each(['8640000000001', '253402300800', '1e999'])('is refused when it happened at %s, which is no time', (time) => {
    const left = `<Event>change_contact</Event><CreateTime>${time}</CreateTime><ChangeType>delete_user</ChangeType><UserID>u</UserID>`;
    expect(() => fromWecom(left)).toThrow(expect.objectContaining({ name: 'NotGenuine', path: 'CreateTime' }));
  });

  it('is refused by name when it is forged, not XML, declares entities, lacks a member, or nothing is configured', () => {
    const forged = call(ours, '<xml/>', xmlOf, 'msg_signature');
    expect(() => wecom.hear({ ...forged, query: { ...forged.query, msg_signature: 'x' } }, secret, now, head)).toThrow(
      NotGenuine,
    );
    expect(() => fromWecom('', () => 'nonsense')).toThrow(NotGenuine);
    expect(() => fromWecom('', (sealed) => `<!DOCTYPE x [<!ENTITY a "b">]>${xmlOf(sealed)}`)).toThrow('document type');
    expect(() => fromWecom('<Event>change_contact</Event><ChangeType>delete_user</ChangeType>')).toThrow('is missing');
    expect(() => wecom.hear(forged, {}, now, head)).toThrow(NotConfigured);
  });
});

const fromDingtalk = (event: object, name = 'msg_signature') =>
  dingtalk.hear(
    call(theirs, JSON.stringify(event), (encrypt) => JSON.stringify({ encrypt }), name),
    secret,
    now,
    head,
  );

describe('DingTalk', () => {
  it('tells who left, one or several, and of others only that something changed', () => {
    const left = fromDingtalk({ EventType: 'user_leave_org', TimeStamp: 1_700_000_001_000, UserId: ['u1', 'u2'] });
    expect(left.members).toEqual([
      { userId: 'u1', status: 'left', asOf },
      { userId: 'u2', status: 'left', asOf },
    ]);
    const changed = fromDingtalk(
      { EventType: 'user_modify_org', TimeStamp: '1700000001000', UserId: 'u1' },
      'signature',
    );
    expect(changed).toMatchObject({ members: [], ask: [{ userId: 'u1', asOf }] });
    expect(fromDingtalk({ EventType: 'check_url' })).toMatchObject({ members: [], ask: [] });
  });

  it('is refused when somebody left at what is no time', () => {
    const left = { EventType: 'user_leave_org', TimeStamp: 8_640_000_000_000_001, UserId: 'u1' };
    expect(() => fromDingtalk(left)).toThrow(expect.objectContaining({ name: 'NotGenuine', path: 'TimeStamp' }));
  });

  it('is answered its word, sealed and signed', () => {
    const { answer } = fromDingtalk({ EventType: 'check_url' });
    const said = JSON.parse(answer.body) as {
      msg_signature: string;
      timeStamp: string;
      nonce: string;
      encrypt: string;
    };
    expect(open(said.encrypt, theirs)).toBe('success');
    expect(said.msg_signature).toBe(signatureOf('dt', said.timeStamp, said.nonce, said.encrypt));
  });

  it('is refused by name when it is no JSON, says no event, or is sealed for somebody else', () => {
    const good = call(theirs, '{}', (encrypt) => JSON.stringify({ encrypt }), 'signature');
    expect(() => dingtalk.hear({ ...good, body: Buffer.from('{') }, secret, now, head)).toThrow('is not JSON');
    expect(() => dingtalk.hear(good, secret, now, head)).toThrow(NotGenuine);
    expect(() => dingtalk.hear(good, { ...secret, dingtalkOwnerKey: 'other' }, now, head)).toThrow('somebody else');
  });
});

describe('a member of DingTalk', () => {
  let server: Server;
  let asked: string[] = [];
  let answers: object[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(String(request.url));
      const token = request.url?.startsWith('/gettoken');
      const body = token ? { errcode: 0, access_token: `t${asked.length}`, expires_in: 7200 } : answers.shift();
      response.writeHead(body ? 200 : 500).end(JSON.stringify(body ?? {}));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    asked = [];
  });
  const profile = (userId: string, key: string, at = now) =>
    dingtalk.profile?.(
      userId,
      {
        ...secret,
        dingtalkAppKey: key,
        dingtalkAppSecret: 's',
        dingtalkApi: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      },
      at,
    );

  it('is asked for with a token that is kept until it expires', async () => {
    answers = [
      { errcode: 0, result: { name: '李雷', mobile: '13800138000', org_email: 'li@ex.com', dept_id_list: [7, 8] } },
      { errcode: 0, result: { name: '李雷' } },
      { errcode: 0, result: { name: '李雷' } },
    ];
    expect(await profile('u1', 'k1')).toEqual({
      userId: 'u1',
      status: 'active',
      name: '李雷',
      phone: '13800138000',
      email: 'li@ex.com',
      departments: ['7', '8'],
    });
    await profile('u1', 'k1');
    await profile('u1', 'k1', new Date(now.getTime() + 7_200_000));
    expect(asked.map((url) => url.split('?')[0])).toEqual([
      '/gettoken',
      '/topapi/v2/user/get',
      '/topapi/v2/user/get',
      '/gettoken',
      '/topapi/v2/user/get',
    ]);
  });

  it('is nobody when DingTalk says so, and asked for again when it fails', async () => {
    answers = [{ errcode: 60121 }];
    expect(await profile('gone', 'k2')).toBeUndefined();
    answers = [];
    await expect(profile('u1', 'k2')).rejects.toThrow('VendorUnavailable');
    expect(asked.filter((url) => url.startsWith('/topapi'))).toHaveLength(4);
    answers = [{ errcode: 88 }];
    await expect(profile('u1', 'k2')).rejects.toThrow('errcode 88');
  });
});
