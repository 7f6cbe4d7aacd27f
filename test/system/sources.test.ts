import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answered, useSystem } from '../running-system.ts';
import { type SentCall, samples, signed } from '../senders.ts';

/** What platforms’ APIs answer here, by path; a list is answered one after the other. */
const api: Record<string, { status: number; body: unknown }[]> = {};
const asked: { path: string; headers: Record<string, unknown> }[] = [];
let server: Server;

const system = useSystem();

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    asked.push({ path, headers: request.headers });
    const answers = api[path] ?? [];
    const { status, body } = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 404, body: {} };
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await system.stop();
  Object.assign(system.secrets, {
    intakeApisInside: 'yes',
    metaApiUrl: `${url}/graph`,
    metaAccessToken: 'meta-token',
    linkedinApiUrl: `${url}/linkedin`,
    linkedinAccessToken: 'linkedin-token',
    hubspotApiUrl: `${url}/hubspot`,
    hubspotAccessToken: 'hubspot-token',
  });
  await system.start();
});
afterAll(() => server.close());

interface Shown {
  leadId: string;
  status: string;
  reason?: string;
  source: { channel: string };
  contact: { name?: string; phone?: string; email?: string };
  location: { address?: string };
  fields?: { name: string; value: string }[];
  owner: { repId: string } | null;
}
interface Aside {
  quarantineId: string;
  source: string;
  kind: string;
  status: string;
  reason: string;
  preview: string;
  leadId?: string;
}

const key = (source: string): string => system.keys[source] ?? '';
const post = (path: string, { body, headers }: SentCall): Promise<Answered> =>
  fetch(`${system.runtime.url}${path}`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : new Uint8Array(body),
    redirect: 'manual',
  }).then(async (answer) => {
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, body: isJson ? JSON.parse(text) : { text }, headers: answer.headers };
  });
const leads = async (channel: string): Promise<Shown[]> => {
  await system.idle();
  const { body } = await system.call<{ items: Shown[] }>('GET', '/leads?limit=200');
  return body.items.filter(({ source }) => source.channel === channel);
};
const aside = async (status = 'waiting'): Promise<Aside[]> => {
  await system.idle();
  return (await system.call<{ items: Aside[] }>('GET', `/intake/quarantine?limit=200&status=${status}`)).body.items;
};
const json = { 'content-type': 'application/json' };
let phones = 13_700_200_000;
const phone = (): string => {
  phones += 1;
  return String(phones);
};
const clock = async (): Promise<Date> =>
  new Date((await system.call<{ now: string }>('GET', '/_local/clock')).body.now);

describe('pushed leads', () => {
  const pushed: [string, (id: string, number: string) => SentCall & { path: string }, unknown][] = [
    [
      'google-ads',
      (id, number) => ({
        path: '/leads/google-ads',
        body: samples.googleAds(key('google-ads'), id, number),
        headers: json,
      }),
      {},
    ],
    [
      'ocean-engine',
      (id, number) => ({
        path: `/leads/ocean-engine?key=${key('ocean-engine')}`,
        body: samples.oceanEngine(id, number),
        headers: json,
      }),
      expect.objectContaining({ code: 200, message: 'success' }),
    ],
    [
      'baidu',
      (id, number) => ({ path: `/leads/baidu/${key('baidu')}`, body: samples.baidu(id, number), headers: json }),
      { code: 0, message: 'success' },
    ],
    [
      'tencent-ads',
      (id, number) => ({
        path: '/leads/tencent-ads',
        body: samples.tencentAds(id, number),
        headers: { ...json, 'x-api-key': key('tencent-ads') },
      }),
      { code: 0, message: 'success' },
    ],
  ];

  it.each(pushed)(
    '%s: one lead, assigned, with the answer it wants; the same id again makes no other',
    async (source, make, answer) => {
      const number = phone();
      const before = await leads(source);
      const id = '6805367880608000001';
      const { path, ...call } = make(id, number);
      for (const posted of [call, call, make(id, phone())]) {
        const { status, body } = await post(path, posted);
        expect({ status, body }).toEqual({ status: 200, body: answer });
      }
      // An id of 64 bits is not rounded: its neighbour is another lead.
      const neighbour = make('6805367880608000002', phone());
      expect((await post(neighbour.path, neighbour)).status).toBe(200);
      const all = await leads(source);
      expect(all).toHaveLength(before.length + 2);
      const lead = all.find(({ contact }) => contact.phone === `+86${number}`);
      expect(lead?.owner?.repId ?? lead?.status).toBeDefined();
      expect(lead?.contact.name).toMatch(/^(Li Lei|李雷)$/);
      expect(['assigned', 'manual']).toContain(lead?.status);
    },
  );

  it.each(pushed)('%s: a wrong key is refused', async (_, make) => {
    const { path, body, headers } = make('1', phone());
    const wrong = (text: string) =>
      Object.values(system.keys).reduce((all, each) => all.replaceAll(each, 'wrong'), text);
    const refused = await post(wrong(path), {
      body: wrong(String(body)),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, wrong(value)])),
    });
    expect(refused.status).toBe(401);
  });

  it('keeps what a form asked beside the known fields, in its own words', async () => {
    const number = phone();
    await post('/leads/baidu', {
      body: samples.baidu('detail', number),
      headers: { ...json, 'x-api-key': key('baidu') },
    });
    const lead = (await leads('baidu')).find(({ contact }) => contact.phone === `+86${number}`);
    expect(lead?.fields).toContainEqual({ name: '预算', value: '十万' });
    expect(lead?.location.address).toBe('北京');
  });

  it('reads 腾讯’s older form, with its other name for the number, and what stands in the bundle', async () => {
    const number = phone();
    const form = new URLSearchParams({
      leads_id: '990001',
      leads_name: '韩梅梅',
      leads_telephone: number,
      bundle: '{"需求":"报价"}',
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post(`/leads/tencent-ads?key=${key('tencent-ads')}`, { body: String(form), headers })).status).toBe(
      200,
    );
    const lead = (await leads('tencent-ads')).find(({ contact }) => contact.phone === `+86${number}`);
    expect(lead).toMatchObject({
      contact: { name: '韩梅梅' },
      fields: expect.arrayContaining([{ name: '需求', value: '报价' }]),
    });
  });

  it('a test is stored, recognised as one, and given to nobody; the same person in earnest is no duplicate', async () => {
    const number = phone();
    const test = { body: samples.googleAds(key('google-ads'), 'test-1', number, true), headers: json };
    expect(await post('/leads/google-ads', test)).toMatchObject({ status: 200, body: {} });
    await post(`/leads/ocean-engine?key=${key('ocean-engine')}`, {
      body: samples.oceanEngine('preview-1', phone(), '广告预览'),
      headers: json,
    });
    const tests = [...(await leads('google-ads')), ...(await leads('ocean-engine'))].filter(
      ({ reason }) => reason === 'test',
    );
    expect(tests.map(({ status, owner }) => ({ status, owner }))).toEqual([
      { status: 'rejected', owner: null },
      { status: 'rejected', owner: null },
    ]);
    await post('/leads/google-ads', { body: samples.googleAds(key('google-ads'), 'real-1', number), headers: json });
    const real = (await leads('google-ads')).filter(({ contact }) => contact.phone === `+86${number}`);
    expect(real.filter(({ status }) => status === 'duplicate')).toEqual([]);
    expect(real.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(real).toHaveLength(2);
  });

  it('tiktok: signed, or with the key where the signature is not required; an old signature is refused', async () => {
    const [first, second] = [phone(), phone()];
    const now = await clock();
    const sent = signed.tiktok(key('tiktok'), samples.tiktok('7301', first), now);
    expect((await post('/leads/tiktok', sent)).status).toBe(200);
    expect((await post('/leads/tiktok', sent)).status).toBe(200);
    expect(
      (await post(`/leads/tiktok?key=${key('tiktok')}`, { body: samples.tiktok('7302', second), headers: json }))
        .status,
    ).toBe(200);
    const old = signed.tiktok(key('tiktok'), samples.tiktok('7303', phone()), new Date(now.getTime() - 360_000));
    expect((await post('/leads/tiktok', old)).status).toBe(401);
    expect((await leads('tiktok')).map(({ contact }) => contact.phone).sort()).toEqual([`+86${first}`, `+86${second}`]);
  });

  it('standard webhooks: a lead in our shape or its own, once for each id', async () => {
    const now = await clock();
    const ours = JSON.stringify({ type: 'lead.created', data: { contact: { phone: phone(), name: '王芳' } } });
    const theirs = JSON.stringify({ type: 'lead', data: { 姓名: '赵六', 手机号: phone(), budget: 5 } });
    const first = await post('/leads/standard', signed.standard(key('standard'), 'msg_1', ours, now));
    expect(first).toMatchObject({ status: 202, body: { status: 'received' } });
    expect((await post('/leads/standard', signed.standard(key('standard'), 'msg_1', ours, now))).body).toEqual(
      first.body,
    );
    expect((await post('/leads/standard', signed.standard(key('standard'), 'msg_2', theirs, now))).status).toBe(202);
    expect((await leads('standard')).map(({ contact }) => contact.name).sort()).toEqual(['王芳', '赵六']);
  });
});

describe('leads that are only referred to', () => {
  it('Meta’s subscription is confirmed with the bare challenge, by whoever knows the token', async () => {
    const ask = (token: string) =>
      fetch(`${system.runtime.url}/leads/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`);
    const answer = await ask(key('meta'));
    expect([answer.status, await answer.text()]).toEqual([200, '1158201444']);
    expect((await ask('wrong')).status).toBe(403);
  });

  it('Meta: every change of a post is fetched, with ids of 64 bits as numbers or text, and taken in once; failures are tried again', async () => {
    const [big, text] = ['9007199254740993', '9007199254740995'];
    const number = phone();
    const lead = (id: string, value: string) => ({
      id,
      created_time: '2024-01-01T08:00:00+0000',
      campaign_name: 'spring',
      field_data: [
        { name: 'full_name', values: ['Li Lei'] },
        { name: 'phone_number', values: [value] },
        { name: 'what_do_you_need?', values: ['pumps', 'valves'] },
      ],
    });
    api[`/graph/${big}`] = [
      { status: 503, body: {} },
      { status: 200, body: lead(big, number) },
    ];
    api[`/graph/${text}`] = [{ status: 200, body: lead(text, phone()) }];
    // The larger as a number, digit for digit.
    const body = samples.meta(text, 'MARK').replace('"MARK"', big);
    const sent = signed.meta(key('meta'), body);
    expect((await post('/leads/meta', sent)).status).toBe(200);
    expect((await post('/leads/meta', sent)).status).toBe(200);
    const all = await leads('meta');
    expect(all).toHaveLength(2);
    expect(all.find(({ contact }) => contact.phone === `+86${number}`)).toMatchObject({
      contact: { name: 'Li Lei' },
      source: { channel: 'meta', campaign: 'spring' },
      fields: expect.arrayContaining([{ name: 'what_do_you_need?', value: 'pumps, valves' }]),
    });
    expect(asked.find(({ path }) => path === `/graph/${big}`)?.headers.authorization).toBe('Bearer meta-token');
  });

  it('LinkedIn: the response is fetched with what its questions mean; DELETED erases the person', async () => {
    const email = 'meimei@example.com';
    api['/linkedin/rest/leadFormResponses/abc-5'] = [
      {
        status: 200,
        body: {
          id: 'abc-5',
          testLead: false,
          formResponse: {
            answers: [
              { questionId: 20502584796, answerDetails: { textQuestionAnswer: { answer: email } } },
              { questionId: 20502643516, answerDetails: { textQuestionAnswer: { answer: 'Meimei' } } },
            ],
          },
        },
      },
    ];
    api['/linkedin/rest/leadForms/9'] = [
      {
        status: 200,
        body: {
          content: {
            questions: [
              { questionId: 20502584796, predefinedField: 'EMAIL', name: 'Mail' },
              { questionId: 20502643516, predefinedField: 'FIRST_NAME' },
            ],
          },
        },
      },
    ];
    expect((await post('/leads/linkedin', signed.linkedin(key('linkedin'), samples.linkedin('abc-5')))).status).toBe(
      200,
    );
    const [lead] = await leads('linkedin');
    expect(lead).toMatchObject({ contact: { email, name: 'Meimei' } });
    const gone = signed.linkedin(key('linkedin'), samples.linkedin('abc-5', 'DELETED', 1700000009999));
    expect((await post('/leads/linkedin', gone)).status).toBe(200);
    await system.idle();
    expect(await leads('linkedin')).toMatchObject([{ leadId: lead?.leadId, status: 'rejected', contact: {} }]);
    const { body: whose } = await system.call<{ personId: string }>('GET', `/leads/${lead?.leadId}`);
    expect((await system.call('GET', `/persons/${whose.personId}`)).body).toMatchObject({
      state: 'erased',
      reason: 'platform',
      by: { role: 'linkedin' },
    });
    // One that is deleted before it was ever fetched does not come in any more.
    const early = signed.linkedin(key('linkedin'), samples.linkedin('abc-6', 'DELETED', 1));
    expect((await post('/leads/linkedin', early)).status).toBe(200);
    api['/linkedin/rest/leadFormResponses/abc-6'] = api['/linkedin/rest/leadFormResponses/abc-5'] ?? [];
    expect((await post('/leads/linkedin', signed.linkedin(key('linkedin'), samples.linkedin('abc-6')))).status).toBe(
      200,
    );
    expect(await leads('linkedin')).toHaveLength(1);
  });

  it('LinkedIn’s key alone will not do, unless it is configured to', async () => {
    api['/linkedin/rest/leadFormResponses/abc-7'] = [{ status: 403, body: {} }];
    const call = { body: samples.linkedin('abc-7'), headers: { ...json, 'x-api-key': key('linkedin') } };
    expect((await post('/leads/linkedin', call)).status).toBe(401);
    expect((await system.call('PUT', '/config/sources', { linkedin: { signature: 'or-key' } })).status).toBe(200);
    expect((await post('/leads/linkedin', call)).status).toBe(200);
    expect((await system.call('PUT', '/config/sources', {})).status).toBe(200);
  });

  it('HubSpot: a new contact is fetched; changes of properties are none of our business', async () => {
    const now = await clock();
    const url = `${system.runtime.url}/leads/hubspot`;
    api['/hubspot/crm/v3/objects/contacts/123'] = [
      {
        status: 200,
        body: { id: '123', properties: { firstname: 'Jane', lastname: 'Doe', email: 'jane@example.com' } },
      },
    ];
    const sent = signed.hubspot(key('hubspot'), url, samples.hubspot('123', 1), now);
    expect((await post('/leads/hubspot', sent)).status).toBe(200);
    const change = samples.hubspot('123', 2, 'contact.propertyChange');
    expect((await post('/leads/hubspot', signed.hubspot(key('hubspot'), url, change, now))).status).toBe(200);
    expect((await leads('hubspot')).map(({ contact }) => contact)).toEqual([
      { name: 'Jane Doe', email: 'jane@example.com' },
    ]);
    const old = signed.hubspot(key('hubspot'), url, samples.hubspot('124', 3), new Date(now.getTime() - 360_000));
    expect((await post('/leads/hubspot', old)).status).toBe(401);
  });

  it('one that the platform refuses to tell lies in quarantine, and comes in once it tells', async () => {
    api['/graph/700'] = [{ status: 401, body: { error: { code: 190 } } }];
    expect((await post('/leads/meta', signed.meta(key('meta'), samples.meta('700')))).status).toBe(200);
    const [found] = (await aside()).filter(({ kind }) => kind === 'reference');
    expect(found).toMatchObject({ source: 'meta', reason: 'cannot be fetched: meta answered 401' });
    const number = phone();
    api['/graph/700'] = [
      { status: 200, body: { id: '700', field_data: [{ name: 'phone_number', values: [number] }] } },
    ];
    expect((await system.call('POST', `/intake/quarantine/${found?.quarantineId}/retake`)).status).toBe(202);
    const lead = (await leads('meta')).find(({ contact }) => contact.phone === `+86${number}`);
    expect(lead).toBeDefined();
    expect((await aside('taken-in')).map(({ leadId }) => leadId)).toContain(lead?.leadId);
  });
});

describe('what cannot be understood', () => {
  it('is kept with its reason and answered as the platform wants; after the mapping is mended it is taken in, alone or in bulk, once', async () => {
    const numbers = [phone(), phone(), phone()];
    const custom = (id: string, number: string) =>
      JSON.stringify({
        lead_id: id,
        google_key: key('google-ads'),
        user_column_data: [
          { column_id: 'telefon_nummer', string_value: number },
          { column_id: 'vorname', string_value: '张伟' },
        ],
      });
    for (const [at, number] of numbers.entries())
      expect(await post('/leads/google-ads', { body: custom(`q-${at}`, number), headers: json })).toMatchObject({
        status: 200,
        body: {},
      });
    const waiting = (await aside()).filter(({ source }) => source === 'google-ads');
    expect(waiting).toHaveLength(3);
    expect(waiting[0]?.reason).toContain('contact');
    expect(waiting[0]?.preview).toContain('telefon_nummer'.slice(0, 1));
    expect(JSON.stringify(waiting)).not.toMatch(/137002|张伟/);
    const whole = await system.call<{ raw: string }>('GET', `/intake/quarantine/${waiting[2]?.quarantineId}`);
    expect(whole.body.raw).toContain(numbers[0]);
    expect(
      (await system.call('PUT', '/config/sources', { 'google-ads': { fields: { vorname: 'nonsense' } } })).status,
    ).toBe(400);
    const mended = { 'google-ads': { fields: { telefon_nummer: 'contact.phone', Vorname: 'contact.name' } } };
    expect((await system.call('PUT', '/config/sources', mended)).status).toBe(200);
    const one = `/intake/quarantine/${waiting[2]?.quarantineId}/retake`;
    expect([(await system.call('POST', one)).status, (await system.call('POST', one)).status]).toEqual([202, 202]);
    await system.idle();
    const bulk = await system.call('POST', '/intake/quarantine/retake', { source: 'google-ads', limit: 10 });
    expect(bulk).toMatchObject({ status: 202, body: { retaken: 2 } });
    const taken = (await leads('google-ads')).filter(({ contact }) => contact.name === '张伟');
    expect(taken.map(({ contact }) => contact.phone).sort()).toEqual(numbers.map((number) => `+86${number}`));
    expect((await aside()).filter(({ source }) => source === 'google-ads')).toEqual([]);
    await system.call('PUT', '/config/sources', {});
  });

  it('one alert an hour tells the admins of a source whose leads are not understood', async () => {
    const alerts = (await system.outbox()).filter(({ kind }) => kind === 'message-quarantined');
    const ofGoogle = alerts.filter(({ body }) => JSON.stringify(body).includes('google-ads'));
    expect(ofGoogle).toHaveLength(1);
  });

  it('a signed body that is no JSON is refused, and kept all the same: nobody would send it again', async () => {
    const before = (await aside()).length;
    expect(await post('/leads/meta', signed.meta(key('meta'), '{oops'))).toMatchObject({ status: 400 });
    expect(await aside()).toHaveLength(before + 1);
  });

  it('an event of another kind is stored without troubling anybody', async () => {
    const feed = '{"object":"page","entry":[{"id":"P","changes":[{"field":"feed","value":{}}]}]}';
    expect((await post('/leads/meta', signed.meta(key('meta'), feed))).status).toBe(200);
    expect((await aside('ignored')).map(({ reason }) => reason)).toContain('an event that is no lead');
  });

  it('is for admins only', async () => {
    const rep = await system.token({ role: 'rep', repId: 'rep-li' });
    expect((await system.call('GET', '/intake/quarantine', undefined, rep)).status).toBe(403);
    expect((await system.call('POST', '/intake/quarantine/retake', {}, rep)).status).toBe(403);
  });
});

describe('plain HTML forms', () => {
  const form = (fields: Record<string, string>, query = '') =>
    post(`/leads/web?key=${key('web')}${query}`, {
      body: String(new URLSearchParams(fields)),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

  it('are read by common names, as urlencoded or multipart, and answered with the receipt', async () => {
    const [first, second] = [phone(), phone()];
    expect(await form({ name: 'محمد 🙂', tel: first, message: 'hi' })).toMatchObject({
      status: 202,
      body: { status: 'received' },
    });
    const data = new FormData();
    data.set('姓名', '李雷');
    data.set('手机', second);
    data.set('file', new File([new Uint8Array([0, 255, 1])], 'plan.pdf'));
    const answer = await fetch(`${system.runtime.url}/leads/web?key=${key('web')}`, { method: 'POST', body: data });
    expect(answer.status).toBe(202);
    const found = (await leads('web')).filter(({ contact }) =>
      [`+86${first}`, `+86${second}`].includes(contact.phone ?? ''),
    );
    expect(found.map(({ contact }) => contact.name).sort()).toEqual(['李雷', 'محمد 🙂'].sort());
    expect(found.flatMap(({ fields }) => fields ?? [])).toEqual(
      expect.arrayContaining([
        { name: 'message', value: 'hi' },
        { name: 'file', value: 'plan.pdf' },
      ]),
    );
  });

  it('of GBK pages are read in their encoding', async () => {
    const number = phone();
    const body = Buffer.from(`%D0%D5%C3%FB=%C0%EE%C0%D7&tel=${number}&_charset_=gbk`);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post(`/leads/web?key=${key('web')}`, { body, headers })).status).toBe(202);
    expect((await leads('web')).find(({ contact }) => contact.phone === `+86${number}`)?.contact.name).toBe('李雷');
  });

  it('send the browser to their page of thanks; a robot’s is kept apart, and told nothing', async () => {
    const thanksPage = 'https://example.com/thanks';
    const rules = { forms: { landing: { thanksPage, fields: { 诉求: 'productLine' }, honeypot: ['website'] } } };
    expect((await system.call('PUT', '/config/sources', rules)).status).toBe(200);
    const [person, robot] = [phone(), phone()];
    const posts: Record<string, string>[] = [
      { tel: person, 诉求: 'mes' },
      { tel: robot, website: 'http://spam.example' },
    ];
    for (const fields of posts) {
      const { status, headers } = await form(fields, '&form=landing');
      expect([status, headers.get('location')]).toEqual([303, thanksPage]);
    }
    const found = await leads('web');
    expect(found.find(({ contact }) => contact.phone === `+86${person}`)).toMatchObject({ productLine: 'mes' });
    expect(found.find(({ contact }) => contact.phone === `+86${robot}`)).toMatchObject({
      status: 'rejected',
      reason: 'honeypot',
    });
    await system.call('PUT', '/config/sources', {});
  });

  it('of which nobody can be reached are refused by the field', async () => {
    expect(await form({ name: 'x', phone: 'not-a-phone' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'contact.phone' }] },
    });
    expect((await form({ name: 'x', tel: phone(), key: 'y' })).status).toBe(202);
    const wrong = await post('/leads/web?key=wrong', {
      body: 'tel=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(wrong.status).toBe(401);
  });

  it('a company’s own server may sign by Standard Webhooks instead of showing the key', async () => {
    const body = JSON.stringify({ contact: { phone: phone() } });
    const sent = signed.standard(key('web'), 'web_1', body, await clock());
    const first = await post('/leads/web', sent);
    expect(first.status).toBe(202);
    expect((await post('/leads/web', sent)).body).toEqual(first.body);
    expect((await post('/leads/web', { ...sent, body: `${body} ` })).status).toBe(401);
  });
});

describe('bad input', () => {
  const google = (but: string | Buffer, headers: Record<string, string> = {}) =>
    post('/leads/google-ads', { body: but, headers: { ...json, ...headers } });

  it('a right body may be packed; a bomb is refused without being unpacked, and so is what is packed strangely', async () => {
    const body = samples.googleAds(key('google-ads'), 'gz', phone());
    expect((await google(gzipSync(body), { 'content-encoding': 'gzip' })).status).toBe(200);
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    expect(await google(bomb, { 'content-encoding': 'gzip' })).toMatchObject({
      status: 413,
      body: { errors: [{ path: 'body' }] },
    });
    expect((await google(body, { 'content-encoding': 'lzma' })).status).toBe(415);
    expect((await google(body, { 'content-encoding': 'gzip' })).status).toBe(400);
  });

  it('UTF-16 and text that is none are refused by name', async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{"contact":{}}', 'utf16le')]);
    const answer = await post('/leads/web', { body: utf16, headers: { ...json, 'x-api-key': key('web') } });
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body', message: 'this is UTF-16: send UTF-8' }] },
    });
    expect((await google(Buffer.from([0, 1, 2]))).status).toBe(400);
  });

  it('5,000 fields, a thousand levels, names of prototypes: kept apart or taken, never failing', async () => {
    const many = Array.from({ length: 5000 }, (_, at) => ({ column_id: `c${at}`, string_value: 'x' }));
    const body = (rest: object) => JSON.stringify({ google_key: key('google-ads'), ...rest });
    expect((await google(body({ lead_id: 'many', user_column_data: many }))).status).toBe(200);
    expect((await aside()).map(({ reason }) => reason)).toContain('more than 500 fields');
    const deep = `{"google_key":"${key('google-ads')}","lead_id":"deep","x":${'['.repeat(1000)}${']'.repeat(1000)}}`;
    expect((await google(deep)).status).toBe(200);
    const number = phone();
    const reaching = `{"google_key":"${key('google-ads')}","lead_id":"proto","__proto__":{"polluted":1},"constructor":"c","user_column_data":[{"column_id":"__proto__","string_value":"p"},{"column_id":"PHONE_NUMBER","string_value":"${number}"}]}`;
    expect((await google(reaching)).status).toBe(200);
    const lead = (await leads('google-ads')).find(({ contact }) => contact.phone === `+86${number}`);
    expect(lead?.fields).toContainEqual({ name: '__proto__', value: 'p' });
  });

  it('the same field twice: the first counts, the other is kept', async () => {
    const number = phone();
    const answer = await post(`/leads/web?key=${key('web')}`, {
      body: `tel=${number}&name=first&name=second`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status).toBe(202);
    const lead = (await leads('web')).find(({ contact }) => contact.phone === `+86${number}`);
    expect(lead).toMatchObject({ contact: { name: 'first' }, fields: [{ name: 'name', value: 'second' }] });
  });

  it('+86 in six spellings is one number', async () => {
    const spellings = [
      '+8613712340001',
      '008613712340001',
      '86 137 1234 0001',
      '137-1234-0001',
      '＋８６ 13712340001',
      '(+86)137 1234 0001',
    ];
    for (const [at, number] of spellings.entries())
      await google(samples.googleAds(key('google-ads'), `sp-${at}`, number));
    const found = (await leads('google-ads')).filter(({ contact }) => contact.phone === '+8613712340001');
    expect(found).toHaveLength(6);
    expect(found.filter(({ status }) => status === 'duplicate')).toHaveLength(5);
  });
});

describe('any bytes', () => {
  it('to any source are answered with 2xx or 4xx and a body, whatever key or signature they show', async () => {
    const now = await clock();
    const url = `${system.runtime.url}/leads/hubspot`;
    const types = [
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=b',
      'text/csv',
      'x',
    ];
    const signers: Record<string, (body: string) => SentCall> = {
      meta: (body) => signed.meta(key('meta'), body),
      linkedin: (body) => signed.linkedin(key('linkedin'), body),
      hubspot: (body) => signed.hubspot(key('hubspot'), url, body, now),
      standard: (body) => signed.standard(key('standard'), `any_${body.length}`, body, now),
    };
    const answers: number[] = [];
    const bodies = fc.sample(
      fc.oneof(fc.json(), fc.string({ unit: 'binary' }), fc.constantFrom('{}', '[]', 'null', '""')),
      8,
    );
    for (const source of Object.keys(system.keys).filter((name) => !['hr', 'scim'].includes(name))) {
      for (const [at, body] of bodies.entries()) {
        const sent = signers[source]?.(body) ?? { body, headers: { 'x-api-key': key(source) } };
        const headers = { ...sent.headers, 'content-type': types[at % types.length] ?? '' };
        const answer = await fetch(`${system.runtime.url}/leads/${source}`, {
          method: 'POST',
          headers,
          body: sent.body as string,
        });
        answers.push(answer.status);
        expect(answer.status, `${source}: ${body}`).toBeLessThan(500);
        expect((await answer.text()).length, source).toBeGreaterThan(0);
      }
    }
    expect(answers.filter((status) => status >= 200 && status < 300).length).toBeGreaterThan(0);
  });
});

describe('while the table throttles', () => {
  const throttled = async (work: () => Promise<void>): Promise<void> => {
    await system.call('POST', '/_local/faults', { target: 'table', fault: 'throttle', rate: 1 });
    try {
      await work();
    } finally {
      await system.call('DELETE', '/_local/faults');
    }
    await system.idle();
  };

  it('a lead is accepted under an id that is true later, and what is not valid is still refused', async () => {
    const number = phone();
    let leadId = '';
    await throttled(async () => {
      const { status, body } = await system.post({ contact: { phone: number } });
      expect([status, body.status]).toEqual([202, 'received']);
      leadId = body.leadId;
      expect((await system.post({ contact: {} })).status).toBe(400);
      const sent = { body: samples.googleAds(key('google-ads'), 'throttled', phone()), headers: json };
      expect(await post('/leads/google-ads', sent)).toMatchObject({ status: 200, body: {} });
    });
    expect((await system.show(leadId)).contact.phone).toBe(`+86${number}`);
    expect((await leads('google-ads')).filter(({ contact }) => contact.phone === `+86${phones}`)).toHaveLength(1);
  });

  it('one that is sent again meanwhile is one lead, and both ids that were told lead to it', async () => {
    const posted = { contact: { phone: phone() } };
    const once = { 'idempotency-key': 'while-throttled' };
    const told: string[] = [];
    await throttled(async () => {
      told.push((await system.post(posted, once)).body.leadId);
      told.push((await system.post(posted, once)).body.leadId);
    });
    const states = await Promise.all(told.map(async (leadId) => await system.show(leadId)));
    expect(states.map(({ status }) => status === 'duplicate').sort()).toEqual([false, true]);
    expect(told).toContain(states.find(({ status }) => status === 'duplicate')?.duplicateOf);
  });

  it('two people who are posted under one Idempotency-Key are two leads, each under the id that was told', async () => {
    const numbers = [phone(), phone()];
    const told: string[] = [];
    await throttled(async () => {
      for (const number of numbers)
        told.push((await system.post({ contact: { phone: number } }, { 'idempotency-key': 'two-people' })).body.leadId);
    });
    const shown = await Promise.all(told.map(async (leadId) => await system.show(leadId)));
    expect(shown.map(({ contact }) => contact.phone)).toEqual(numbers.map((number) => `+86${number}`));
  });
});
