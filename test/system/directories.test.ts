import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { developmentSecrets } from '../../scripts/demo/secrets.ts';
import { open, seal, signatureOf } from '../../shared/platform/envelope.ts';
import { System } from '../running-system.ts';

const secrets = developmentSecrets('');
const wecomSeal = {
  token: secrets.wecomCallbackToken ?? '',
  aesKey: secrets.wecomCallbackAesKey ?? '',
  owner: secrets.wecomCorpId ?? '',
};
const dingtalkSeal = {
  token: secrets.dingtalkCallbackToken ?? '',
  aesKey: secrets.dingtalkCallbackAesKey ?? '',
  owner: secrets.dingtalkOwnerKey ?? '',
};
const head = Buffer.alloc(16, 5);

const system = new System();
let vendor: Server;
let roster = '';
const rosterAsked: string[] = [];
const profiles: Record<string, object> = { dt1: { name: '钉一', mobile: '13900009999', dept_id_list: [7] } };

beforeAll(async () => {
  vendor = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/roster') {
        rosterAsked.push(request.headers.authorization ?? '');
        response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' }).end(roster);
        return;
      }
      const { userid = '' } = JSON.parse(Buffer.concat(chunks).toString() || '{}') as { userid?: string };
      const result = profiles[userid];
      const said = request.url?.startsWith('/gettoken')
        ? { errcode: 0, access_token: 't', expires_in: 7200 }
        : result
          ? { errcode: 0, result }
          : { errcode: 60121 };
      response.end(JSON.stringify(said));
    });
  });
  await new Promise<void>((done) => vendor.listen(0, '127.0.0.1', done));
  const dingtalkApi = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`;
  system.secrets = {
    dingtalkAppKey: 'k',
    dingtalkAppSecret: 's',
    dingtalkApi,
    hrRosterUrl: `${dingtalkApi}/roster`,
    hrRosterToken: 'roster-token',
  };
  await system.start();
  await system.demoCompany();
}, 120_000);
afterAll(async () => {
  await system.stop();
  system.dispose();
  vendor.close();
});

const clock = async () =>
  Math.floor(Date.parse((await system.call<{ now: string }>('GET', '/_local/clock')).body.now) / 1000);
const rep = async (repId: string) => {
  const { status, body } = await system.call<Record<string, unknown>>('GET', `/reps/${repId}`);
  return status === 200 ? body : undefined;
};

async function wecom(inner: string, but: { signature?: string; at?: number } = {}) {
  const at = but.at ?? (await clock());
  const xml = `<xml><Event>change_contact</Event><CreateTime>${at}</CreateTime>${inner}</xml>`;
  const sealed = seal(xml, wecomSeal, head);
  const stamp = String(await clock());
  const query = new URLSearchParams({
    msg_signature: but.signature ?? signatureOf(wecomSeal.token, stamp, 'n', sealed),
    timestamp: stamp,
    nonce: 'n',
  });
  const answer = await fetch(`${system.runtime.url}/directories/wecom?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: `<xml><ToUserName>c</ToUserName><Encrypt>${sealed}</Encrypt></xml>`,
  });
  await system.idle();
  return { status: answer.status, text: await answer.text() };
}

async function dingtalk(event: object) {
  const sealed = seal(JSON.stringify(event), dingtalkSeal, head);
  const stamp = String((await clock()) * 1000);
  const query = new URLSearchParams({
    msg_signature: signatureOf(dingtalkSeal.token, stamp, 'n', sealed),
    timestamp: stamp,
    nonce: 'n',
  });
  const answer = await fetch(`${system.runtime.url}/directories/dingtalk?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ encrypt: sealed }),
  });
  await system.idle();
  return (await answer.json()) as { encrypt: string };
}

describe('WeCom’s directory', () => {
  it('is answered when it checks the address', async () => {
    const stamp = String(await clock());
    const echostr = seal('7812', wecomSeal, head);
    const query = new URLSearchParams({
      msg_signature: signatureOf(wecomSeal.token, stamp, 'n', echostr),
      timestamp: stamp,
      nonce: 'n',
      echostr,
    });
    const answer = await fetch(`${system.runtime.url}/directories/wecom?${query}`);
    expect([answer.status, await answer.text()]).toEqual([200, '7812']);
  });

  it('freezes who leaves, found by the id that the admin gave them there, and knows who comes', async () => {
    await system.call('PUT', '/reps/rep-yang', { channels: { wecomUserId: 'YangLiu' } });
    const left = await wecom('<ChangeType>delete_user</ChangeType><UserID>YangLiu</UserID>');
    expect(left).toEqual({ status: 200, text: '' });
    expect(await rep('rep-yang')).toMatchObject({ status: 'left' });
    const { body } = await system.call<{ items: { type: string; detail: { by: string } }[] }>(
      'GET',
      '/reps/rep-yang/history',
    );
    expect(body.items[0]).toMatchObject({ type: 'RepFrozen', detail: { by: 'wecom' } });
    await wecom('<ChangeType>create_user</ChangeType><UserID>new.one</UserID><Name>新人</Name><Status>1</Status>');
    expect(await rep('new.one')).toMatchObject({ name: '新人', status: 'active' });
  });

  it('is not believed in what is older than what it said', async () => {
    const at = (await clock()) + 60;
    await wecom('<ChangeType>update_user</ChangeType><UserID>rep-li</UserID><Status>2</Status>', { at });
    expect(await rep('rep-li')).toMatchObject({ status: 'left' });
    await wecom('<ChangeType>update_user</ChangeType><UserID>rep-li</UserID><Status>1</Status>', { at: at - 30 });
    expect(await rep('rep-li')).toMatchObject({ status: 'left' });
    await wecom('<ChangeType>update_user</ChangeType><UserID>rep-li</UserID><Status>1</Status>', { at: at + 1 });
    expect(await rep('rep-li')).toMatchObject({ status: 'active' });
  });

  it('may give somebody another id, by which they are found then', async () => {
    await wecom('<ChangeType>update_user</ChangeType><UserID>rep-liu</UserID><NewUserID>liuyang</NewUserID>');
    expect(await rep('rep-liu')).toMatchObject({ channels: { wecomUserId: 'liuyang' } });
    await wecom('<ChangeType>delete_user</ChangeType><UserID>liuyang</UserID>');
    expect(await rep('rep-liu')).toMatchObject({ status: 'left' });
  });

  it('is refused when it is not WeCom, and changes nothing', async () => {
    const forged = await wecom('<ChangeType>delete_user</ChangeType><UserID>rep-chen</UserID>', {
      signature: 'f'.repeat(40),
    });
    expect(forged.status).toBe(401);
    expect(JSON.parse(forged.text)).toMatchObject({ errors: [{ path: 'signature' }] });
    const ahead = await wecom('<ChangeType>delete_user</ChangeType><UserID>rep-chen</UserID>', {
      at: (await clock()) + 7200,
    });
    expect(ahead.status).toBe(400);
    expect(await rep('rep-chen')).toMatchObject({ status: 'active' });
    expect((await system.call('POST', '/directories/slack', {})).status).toBe(404);
  });
});

describe('DingTalk’s directory', () => {
  it('freezes who leaves, and is asked who comes', async () => {
    const answered = await dingtalk({
      EventType: 'user_leave_org',
      TimeStamp: (await clock()) * 1000,
      UserId: ['rep-huang'],
    });
    expect(open(answered.encrypt, dingtalkSeal)).toBe('success');
    expect(await rep('rep-huang')).toMatchObject({ status: 'left' });
    const { body } = await system.call<{ hr: object }>('GET', '/config/hr');
    await system.call('PUT', '/config/hr', { ...body.hr, departments: { 'dingtalk:7': 'east' } });
    await dingtalk({ EventType: 'user_add_org', TimeStamp: (await clock()) * 1000, UserId: ['dt1', 'nobody'] });
    expect(await rep('dt1')).toMatchObject({ name: '钉一', teamId: 'east', channels: { phone: '+8613900009999' } });
    expect(await rep('nobody')).toBeUndefined();
  });
});

describe('HR’s endpoint', () => {
  it('is asked at night with its token, and its roster applied', async () => {
    const { body } = await system.call<{ items: { repId: string; name: string; status: string }[] }>(
      'GET',
      '/reps?limit=200',
    );
    const rows = body.items.map(
      ({ repId, name, status }) => `${repId},${name},${repId === 'rep-chen' ? 'on-leave' : status}`,
    );
    roster = `employeeId,name,status\n${rows.join('\n')}\n`;
    expect((await system.call('POST', '/_local/schedules/hr-sync')).status).toBe(200);
    expect(rosterAsked).toEqual(['Bearer roster-token']);
    expect(await rep('rep-chen')).toMatchObject({ status: 'on-leave' });
  });
});
