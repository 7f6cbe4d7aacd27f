import { describe, expect, it } from 'vitest';
import { form, useSystem } from '../running-system.ts';

const system = useSystem();

interface Judged {
  leadId: string;
  status: string;
  review?: boolean;
  reason?: string;
  rubbish?: { verdict: string; points: number; reasons: { sign: string; points: number; because: string }[] };
}
const rejected = async (query = '') =>
  (await system.call<{ items: Judged[] }>('GET', `/rejected${query}`)).body.items.map(({ leadId }) => leadId);
const report = async (query = '') =>
  (
    await system.call<{ items: Record<string, unknown>[]; total: Record<string, number | null> }>(
      'GET',
      `/reports/rubbish${query}`,
    )
  ).body;
const types = (lead: { timeline: { type: string }[] }) =>
  lead.timeline.map(({ type }) => type).filter((type) => type !== 'MessageSent');

let mailboxes = 0;
const disposable = (name: string, but: object = {}) => {
  mailboxes += 1;
  return { ...form(), contact: { name, email: `a${mailboxes}@mailinator.com` }, ...but };
};
const rules = async () => (await system.call<{ rubbish: Record<string, unknown> }>('GET', '/config/rubbish')).body;

describe('rubbish', () => {
  it('is taken with 202, ends rejected with its reasons on the timeline, and goes to nobody', async () => {
    const leadId = await system.lead(disposable('asdfgh'));
    const lead = (await system.show(leadId)) as unknown as Judged & { timeline: { type: string }[] };
    expect(lead).toMatchObject({ status: 'rejected', review: false, owner: null, rubbish: { points: 100 } });
    expect(lead.rubbish?.reasons.map(({ sign, points }) => `${sign} ${points}`)).toEqual([
      'disposable-mail 60',
      'random-name 40',
    ]);
    expect(lead.timeline).toMatchObject([
      { type: 'LeadReceived' },
      {
        type: 'LeadRejected',
        detail: { points: 100, reasons: [{ sign: 'disposable-mail' }, { sign: 'random-name' }] },
      },
    ]);
    expect(await rejected()).toContain(leadId);
    expect(await system.outbox(leadId)).toEqual([]);
    const listed = await system.call<{ items: Judged[] }>('GET', '/leads?status=rejected');
    expect(listed.body.items.map((item) => item.leadId)).toContain(leadId);
  });

  it('is told by a honeypot alone, however good the rest looks', async () => {
    const leadId = await system.lead({ ...form(), filled: { honeypot: 'http://buy.example', seconds: 1 } });
    expect(await system.show(leadId)).toMatchObject({ status: 'rejected' });
  });

  it('is not what merely looks odd: a try-out, a lucky number, a name in capitals', async () => {
    for (const contact of [
      { name: '测试', phone: '13800000000' },
      { name: '<b>吴</b>', phone: '13911110001' },
      { name: 'asdf', phone: '13911110002' },
    ]) {
      const leadId = await system.lead({ ...form(), contact });
      expect((await system.show(leadId)).status).toBe('assigned');
    }
  });

  it('that may be none is held for review, and by acceptance goes its way, its clock from then', async () => {
    const leadId = await system.lead(disposable('王小明'));
    expect(await system.show(leadId)).toMatchObject({ status: 'rejected', review: true });
    expect(await rejected('?review=true')).toContain(leadId);
    expect(await rejected('?review=false')).not.toContain(leadId);
    await system.advance('PT5H');
    const answer = await system.call('POST', `/leads/${leadId}/accept`, { reason: 'known from the fair' });
    expect(answer).toMatchObject({ status: 202, body: { leadId, status: 'received' } });
    await system.idle();
    const lead = await system.show(leadId);
    expect(lead).toMatchObject({ status: 'assigned', sla: { level: 'none' } });
    expect(types(lead)).toEqual(['LeadReceived', 'LeadHeldForReview', 'LeadAccepted', 'LeadScored', 'LeadAssigned']);
    expect(await rejected('?review=true')).not.toContain(leadId);
    await system.advance('PT1H');
    expect((await system.show(leadId)).sla.level).toBe('none');
    await system.advance('PT1H1M');
    expect((await system.show(leadId)).sla.level).toBe('supervisor');
    const { body } = await system.call<{ items: { basis: string; by?: object }[] }>(
      'GET',
      `/leads/${leadId}/decisions`,
    );
    expect(body.items[0]).toMatchObject({
      outcome: 'released',
      basis: 'accepted',
      by: { role: 'admin', reason: 'known from the fair' },
    });
    expect((await system.call('GET', `/audit/verify?leadId=${leadId}`)).body).toMatchObject({ intact: true });
  });

  it('that is held is told to the admins each morning, as long as nobody has looked at it', async () => {
    const reminders = async () => (await system.outbox()).filter(({ kind }) => kind === 'leads-to-review').length;
    const leadId = await system.lead(disposable('周瑜'));
    const before = await reminders();
    await system.advance('P1D');
    expect(await reminders()).toBe(before + 1);
    for (const each of await rejected('?review=true'))
      await system.call('POST', `/leads/${each}/reject`, { reason: 'nobody knows them' });
    expect(await system.show(leadId)).toMatchObject({ status: 'rejected', review: false });
    await system.advance('P1D');
    expect(await reminders()).toBe(before + 1);
  });

  it('is not looked for again in who was accepted once', async () => {
    const contact = { name: 'asdf', email: 'regular@mailinator.com' };
    const first = await system.lead({ ...form(), contact });
    expect((await system.show(first)).status).toBe('rejected');
    await system.call('POST', `/leads/${first}/accept`, { reason: 'writes so' });
    await system.idle();
    await system.call('POST', `/leads/${first}/stage`, { to: 'lost', lostReason: 'later' });
    const second = await system.lead({ ...form(), contact });
    expect(second).not.toBe(first);
    expect(await system.show(second)).toMatchObject({
      status: 'assigned',
      rubbish: { verdict: 'passed', trusted: true },
    });
  });

  it('cannot be accepted into a second open lead of the same person', async () => {
    const contact = { name: 'asdf', email: 'twice@mailinator.com', phone: '13911110009' };
    const first = await system.lead({ ...form(), contact });
    const second = await system.lead({ ...form(), contact: { name: '赵云', phone: '13911110009' } });
    expect((await system.show(second)).status).toBe('assigned');
    const answer = await system.call('POST', `/leads/${first}/accept`, { reason: 'why not' });
    expect(answer.status).toBe(409);
    expect(JSON.stringify(answer.body)).toContain(second);
  });

  it('is rejected by hand out of an owner’s open leads, who is then free for another, and taken back as well', async () => {
    const leadId = await system.lead({ ...form(), preferredRepId: 'rep-li' });
    const openLeads = async () => (await system.call<{ openLeads: number }>('GET', '/reps/rep-li')).body.openLeads;
    const before = await openLeads();
    const rep = await system.token({ role: 'rep', repId: 'rep-li' });
    expect((await system.call('POST', `/leads/${leadId}/reject`, { reason: 'x' }, rep)).status).toBe(403);
    const supervisor = await system.token({ role: 'supervisor', repId: 'sup-east' });
    const stranger = await system.token({ role: 'supervisor', repId: 'sup-west', teamId: 'west' });
    expect((await system.call('POST', `/leads/${leadId}/reject`, { reason: 'x' }, stranger)).status).toBe(404);
    expect(await system.call('POST', `/leads/${leadId}/reject`, { reason: '' }, supervisor)).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'reason' }] },
    });
    expect((await system.call('POST', `/leads/${leadId}/reject`, { reason: 'a prank' }, supervisor)).status).toBe(200);
    expect(await system.show(leadId)).toMatchObject({
      status: 'rejected',
      reason: 'a prank',
      review: false,
      owner: null,
    });
    expect(await openLeads()).toBe(before - 1);
    const theirs = await system.call<{ items: Judged[] }>('GET', '/rejected', undefined, supervisor);
    expect(theirs.body.items.map((item) => item.leadId)).toEqual([leadId]);
    expect((await system.call('POST', `/leads/${leadId}/accept`, { reason: 'x' }, stranger)).status).toBe(404);
    expect((await system.call('POST', `/leads/${leadId}/accept`, { reason: 'no prank' }, supervisor)).status).toBe(202);
    await system.idle();
    expect((await system.show(leadId)).status).toBe('assigned');
    expect((await system.call('POST', `/leads/${leadId}/accept`, { reason: 'again' })).status).toBe(409);
  });

  it('is decided in bulk, each lead by itself', async () => {
    const held = [await system.lead(disposable('张飞')), await system.lead(disposable('关羽'))];
    const rejectedMany = await system.call('POST', '/rejected', { leadIds: [held[0], 'nobody'], reason: 'spam' });
    expect(rejectedMany.body).toMatchObject({ rejected: [held[0]], refused: [{ leadId: 'nobody' }] });
    expect(await rejected('?review=true')).not.toContain(held[0]);
    const acceptedMany = await system.call('POST', '/rejected/accept', { leadIds: [...held, 'nobody'], reason: 'no' });
    expect(acceptedMany.body).toMatchObject({ accepted: held, refused: [{ leadId: 'nobody' }] });
    await system.idle();
    for (const leadId of held) expect((await system.show(leadId)).status).toBe('assigned');
  });

  it('shows in the report by source and campaign, before and after people looked at it; reconciliation balances', async () => {
    const source = { campaign: 'cheap|clicks' };
    const good = await system.lead({ ...form(), source });
    await system.lead({ ...form(), source });
    const held = await system.lead(disposable('孙权', { source }));
    await system.lead(disposable('qwerty', { source }));
    const of = async () => (await report('?by=campaign')).items.find(({ campaign }) => campaign === source.campaign);
    expect(await of()).toEqual({
      source: 'web',
      campaign: 'cheap|clicks',
      leads: 4,
      passed: 2,
      review: 1,
      rejected: 1,
      accepted: 0,
      rejectedByHand: 0,
      share: 0.5,
    });
    await system.call('POST', `/leads/${held}/accept`, { reason: 'fine' });
    await system.call('POST', `/leads/${good}/reject`, { reason: 'a competitor' });
    await system.idle();
    expect(await of()).toMatchObject({ leads: 4, accepted: 1, rejectedByHand: 1, share: 0.5 });
    await system.call('POST', `/leads/${good}/accept`, { reason: 'a customer' });
    await system.idle();
    expect(await of()).toMatchObject({ leads: 4, accepted: 1, rejectedByHand: 0, share: 0.25 });
    const { items, total } = await report();
    expect(items[0]).toMatchObject({ source: 'web', leads: total.leads });
    const { body } = await system.call<Record<string, number>>('GET', '/reports/reconciliation');
    const {
      received,
      assigned,
      manual,
      pool,
      duplicate,
      rejected: aside,
      closed,
      inFlight,
      difference,
    } = body as Record<
      'received' | 'assigned' | 'manual' | 'pool' | 'duplicate' | 'rejected' | 'closed' | 'inFlight' | 'difference',
      number
    >;
    expect(difference).toBe(0);
    expect(aside).toBe((await rejected('?limit=200')).length);
    expect(assigned + manual + pool + duplicate + aside + closed + inFlight).toBe(received);
  });

  it.each([
    [{ reviewAt: 200 }, 'reviewAt'],
    [{ points: { smell: 3 } }, 'points.smell'],
    [{ points: { honeypot: -1 } }, 'points.honeypot'],
    [{ blocked: { words: [], domains: ['no domain'] } }, 'blocked.domains.0'],
    [{ blocked: { words: ['casino', 'casino'], domains: [] } }, 'blocked.words'],
    [{ repeats: { others: 3, within: 'a day' } }, 'repeats.within'],
    [
      { rates: { perSource: { otherwise: 0, sources: {} }, perAddress: { otherwise: null, sources: {} } } },
      'rates.perSource.otherwise',
    ],
    [{ smell: true }, 'smell'],
  ])('has rules that are refused by field: %j', async (but, path) => {
    const before = await rules();
    const answer = await system.call('PUT', '/config/rubbish', { ...before.rubbish, ...but });
    expect(answer.status).toBe(400);
    expect((answer.body.errors as { path: string }[]).map((error) => error.path)).toContain(path);
    expect(await rules()).toEqual(before);
  });

  it('by other rules is shown over past leads before they are taken, and then goes by them', async () => {
    const leadId = await system.lead({ ...form(), contact: { name: 'Casino Royale', email: 'bond@mi6.example' } });
    const { rubbish } = await rules();
    const draft = { ...rubbish, blocked: { words: ['Casino'], domains: [] } };
    const preview = await system.call<{ changed: Record<string, unknown>[]; before: object; after: object }>(
      'POST',
      '/config/rubbish/preview',
      draft,
    );
    expect(preview.body.changed).toEqual([
      {
        leadId,
        from: 'passed',
        to: 'rejected',
        points: 100,
        because: ['‘casino’ is on the list of blocked words'],
        accepted: false,
      },
    ]);
    expect((await system.show(leadId)).status).toBe('assigned');
    expect((await system.call('PUT', '/config/rubbish', draft)).body).toMatchObject({ version: 2 });
    const next = await system.lead({
      ...form(),
      contact: { name: 'M', email: 'm@mi6.example' },
      message: 'Best CASINO in town',
    });
    expect(await system.show(next)).toMatchObject({ status: 'rejected', rubbish: { version: 2 } });
    expect((await system.call('PUT', '/config/rubbish', rubbish)).status).toBe(200);
  });

  it('is the same message from a fourth person', async () => {
    const message = 'We make your site number one in all search engines, call us!';
    const ids: string[] = [];
    for (let at = 0; at < 4; at += 1)
      ids.push(await system.lead({ ...form(), message: `${message}${' '.repeat(at)}` }));
    const signs = await Promise.all(
      ids.map(async (leadId) =>
        ((await system.show(leadId)) as unknown as Judged).rubbish?.reasons.map(({ sign }) => sign),
      ),
    );
    expect(signs).toEqual([undefined, undefined, undefined, ['repeated-message']]);
  });
});

describe('honest leads by the hundred', () => {
  it('with serial numbers, one name and one company are none of them held, by the built-in rules and limits', async () => {
    const serial = (at: number) => ({
      contact: { name: at % 2 ? '王芳' : 'Test', phone: `138${String(at).padStart(8, '0')}` },
      company: { name: '苏州精工' },
      message: 'Please call me',
      consent: { marketing: true },
    });
    const before = await rejected('?limit=200');
    const statuses: number[] = [];
    for (let from = 0; from < 200; from += 20) {
      const posts = Array.from({ length: 20 }, (_, at) => system.post(serial(from + at)));
      statuses.push(...(await Promise.all(posts)).map(({ status }) => status));
    }
    expect(new Set(statuses)).toEqual(new Set([202]));
    await system.idle();
    expect(await rejected('?limit=200')).toEqual(before);
  }, 60_000);
});

describe('rates', () => {
  const limited = async (rates: object) => {
    const { rubbish } = await rules();
    expect((await system.call('PUT', '/config/rubbish', { ...rubbish, rates })).status).toBe(200);
    // A minute of its own, and the workers read the limits anew.
    await system.advance('PT2M');
  };

  it('refuse a visitor’s address more than its posts of a minute, with Retry-After, and store nothing of it', async () => {
    await limited({
      perSource: { otherwise: null, sources: {} },
      perAddress: { otherwise: null, sources: { web: 5 } },
    });
    const count = async () => (await system.call<{ received: number }>('GET', '/reports/reconciliation')).body.received;
    const before = await count();
    const browser = { origin: 'https://shop.example' };
    const answers = await Promise.all(Array.from({ length: 30 }, () => system.post(form(), browser)));
    const taken = answers.filter(({ status }) => status === 202).length;
    const refused = answers.find(({ status }) => status === 429);
    expect(taken).toBeGreaterThanOrEqual(5);
    // Four workers at most, each by one.
    expect(taken).toBeLessThanOrEqual(5 + 4);
    expect(refused?.body).toMatchObject({ status: 429, title: 'Too Many Requests' });
    expect(refused?.headers.get('content-type')).toMatch('application/problem+json');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused?.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    // A server of the company's own is not a visitor.
    expect((await system.post(form())).status).toBe(202);
    await system.idle();
    expect(await count()).toBe(before + taken + 1);
    await system.advance('PT1M');
    expect((await system.post(form(), browser)).status).toBe(202);
    await system.idle();
  });

  it('refuse a source more than its posts of a minute', async () => {
    await limited({
      perSource: { otherwise: null, sources: { web: 3 } },
      perAddress: { otherwise: null, sources: {} },
    });
    const statuses: number[] = [];
    for (let at = 0; at < 9; at += 1) statuses.push((await system.post(form())).status);
    expect(new Set(statuses)).toEqual(new Set([202, 429]));
    expect(statuses.slice(0, 3)).toEqual([202, 202, 202]);
    expect(statuses.at(-1)).toBe(429);
    await system.idle();
  });
});
