import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { form, puxi, useSystem } from '../running-system.ts';
import { samples } from '../senders.ts';

const system = useSystem();

interface Touch {
  at: string;
  leadId: string;
  source: string;
  campaign?: string;
  utm?: Record<string, string>;
  clickIds?: Record<string, string>;
  likeness?: string;
  consent?: Record<string, unknown>;
  undone?: { reason: string };
}
interface Shown {
  leadId: string;
  status: string;
  duplicateOf?: string;
  likeness?: string;
  contact: Record<string, string>;
  company: Record<string, unknown>;
  source: Record<string, unknown>;
  consent?: Record<string, unknown>;
  owner: { repId: string } | null;
  sla: { receivedAt: string; firstContactAt: string | null; supervisorDueAt: string };
  touches: Touch[];
  firstTouch: Touch;
  lastTouch: Touch;
  timeline: { type: string; detail: Record<string, unknown> }[];
}

const show = async (leadId: string) => (await system.call<Shown>('GET', `/leads/${leadId}`)).body;
const told = async (leadId: string) =>
  (await system.outbox(leadId)).filter(({ kind }) => kind === 'lead-touched').map(({ channel }) => channel);
const types = ({ timeline }: Shown) =>
  timeline.map(({ type }) => type).filter((type) => type.startsWith('Lead') && type !== 'LeadReceived');
const balance = async () => (await system.call('GET', '/reports/reconciliation')).body;

let numbers = 13_700_000_000;
const phone = () => {
  numbers += 1;
  return String(numbers);
};

describe('the same person posting again', () => {
  it('is one lead with a touch for each post, the first and the last source, and the owner told of the new interest', async () => {
    const contact = { name: '周杰', phone: phone() };
    const first = await system.lead(form({ contact, source: { campaign: 'spring', utm: { source: 'baidu' } } }));
    const again = await system.post(
      form({
        contact: { ...contact, phone: `+86 ${contact.phone}`, email: 'ZHOU@example.com' },
        source: { campaign: 'autumn', landingPage: 'https://example.com/mes?gclid=Cj0KCQ&utm_medium=cpc&secret=1' },
      }),
    );
    expect(again.body).toEqual({ leadId: again.body.leadId, status: 'duplicate', duplicateOf: first });
    await system.idle();
    const lead = await show(first);
    expect(lead.touches).toMatchObject([
      { leadId: first, source: 'web', campaign: 'spring', utm: { source: 'baidu' } },
      {
        leadId: again.body.leadId,
        campaign: 'autumn',
        utm: { medium: 'cpc' },
        clickIds: { gclid: 'Cj0KCQ' },
        likeness: 'exact',
      },
    ]);
    expect(lead.firstTouch.campaign).toBe('spring');
    expect(lead.lastTouch.campaign).toBe('autumn');
    expect(lead.source).toEqual({ channel: 'web', campaign: 'spring', utm: { source: 'baidu' } });
    expect(lead.contact).toMatchObject({ name: '周杰', phone: `+86${contact.phone}`, email: 'ZHOU@example.com' });
    expect(types(lead)).toEqual(['LeadScored', 'LeadAssigned', 'LeadTouched']);
    expect(JSON.stringify(await show(again.body.leadId))).not.toContain('secret');
    expect((await told(first)).sort()).toEqual(['push', 'sms']);
    expect(await show(again.body.leadId)).toMatchObject({ status: 'duplicate', duplicateOf: first, likeness: 'exact' });
  });

  it('is known from then on by what the later post told', async () => {
    const contact = { name: '吴敏', phone: phone() };
    const first = await system.lead(form({ contact }));
    await system.lead(form({ contact: { ...contact, wechat: 'wu-min' } }));
    const third = await system.post(form({ contact: { wechat: 'WU-MIN' } }));
    expect(third.body.duplicateOf).toBe(first);
  });

  it('tells the owner once in a while, however often they post', async () => {
    const contact = { name: '郑爽', phone: phone() };
    const first = await system.lead(form({ contact }));
    await Promise.all(Array.from({ length: 8 }, () => system.post(form({ contact }))));
    await system.idle();
    expect(await told(first)).toHaveLength(2);
    expect((await show(first)).touches).toHaveLength(9);
    await system.advance('PT1H1M');
    await system.lead(form({ contact }));
    expect(await told(first)).toHaveLength(4);
  });

  it('is one lead when they post by several platforms in the same second, each click kept with its touch', async () => {
    const number = phone();
    const key = (source: string) => system.keys[source] ?? '';
    const push = (source: string, body: string, headers: Record<string, string> = {}) =>
      system.call('POST', `/leads/${source}`, body, headers);
    const answers = await Promise.all([
      push('google-ads', samples.googleAds(key('google-ads'), `twice-${number}`, number)),
      push(`ocean-engine?key=${key('ocean-engine')}`, samples.oceanEngine(`twice-${number}`, number)),
      push('tencent-ads', samples.tencentAds(number, number), { 'x-api-key': key('tencent-ads') }),
      system.post(form({ contact: { name: '李雷', phone: number } })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 202]);
    await system.idle();
    const { body } = await system.call<{ items: Shown[] }>('GET', '/leads?limit=200');
    const theirs = body.items.filter(({ contact }) => contact.phone === `+86${number}`);
    expect(theirs).toHaveLength(4);
    const [own, ...others] = theirs.filter(({ status }) => status !== 'duplicate');
    expect(others).toEqual([]);
    const { touches } = await show(own?.leadId ?? '');
    expect(touches.map(({ source }) => source).sort()).toEqual(['google-ads', 'ocean-engine', 'tencent-ads', 'web']);
    expect(touches.find(({ source }) => source === 'google-ads')?.clickIds).toEqual({ gclid: 'g' });
    expect(touches.find(({ source }) => source === 'tencent-ads')?.clickIds).toEqual({ click_id: 'c' });
  });

  it('is one lead when they post a dozen forms at once', async () => {
    const contact = { name: '孙莉', phone: phone(), email: `sun-${phone()}@example.com` };
    const answers = await Promise.all([
      ...Array.from({ length: 6 }, () => system.post(form({ contact: { phone: contact.phone } }))),
      ...Array.from({ length: 6 }, () => system.post(form({ contact }))),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(202));
    await system.idle();
    const leads = await Promise.all(answers.map(({ body }) => show(body.leadId)));
    const own = leads.filter(({ status }) => status !== 'duplicate');
    expect(own).toHaveLength(1);
    expect(own[0]?.touches).toHaveLength(12);
    expect(await balance()).toMatchObject({ difference: 0 });
  });

  it('becomes one lead once a post shows that two are theirs', async () => {
    const [number, email] = [phone(), `li-${phone()}@example.com`];
    const byPhone = await system.lead(form({ contact: { name: '李想', phone: number } }));
    const byMail = await system.lead(form({ contact: { name: '李想', email } }));
    const both = await system.lead(form({ contact: { name: '李想', phone: number, email } }));
    expect(await show(byMail)).toMatchObject({ status: 'duplicate', duplicateOf: byPhone, owner: null });
    expect((await show(byPhone)).touches.map(({ leadId }) => leadId)).toEqual([byPhone, byMail, both]);
    const later = await system.post(form({ contact: { email } }));
    expect(later.body.duplicateOf).toBe(byPhone);
    expect(await balance()).toMatchObject({ difference: 0 });
  });

  it('is a lead of its own again once the first has ended', async () => {
    const contact = { name: '钱进', phone: phone() };
    const first = await system.lead(form({ contact }));
    await system.call('POST', `/leads/${first}/stage`, { to: 'lost', lostReason: 'no budget' });
    const again = await system.post(form({ contact }));
    expect(again.body.status).toBe('received');
  });
});

/** Whether likely duplicates of one source count, too. */
const acrossAll = (across: 'all-sources' | 'other-sources') =>
  system.call('PUT', '/config/duplicates', { likely: { enabled: true, across } });

describe('probably the same person', () => {
  const company = { name: '苏州恒力精密机械有限公司' };
  beforeAll(async () => expect((await acrossAll('all-sources')).status).toBe(200));
  afterAll(async () => void (await acrossAll('other-sources')));

  it('is, unless the rules say otherwise, only who came by another source: two of one form may be colleagues', async () => {
    await acrossAll('other-sources');
    const who = (source?: string) => ({
      contact: { name: '司马青', phone: phone() },
      company: { name: '宁波远航' },
      ...(source ? { source } : {}),
    });
    const first = await system.lead(form(who()));
    expect((await system.post(form(who()))).body.status).toBe('received');
    const { contact, company } = who();
    const elsewhere = await system.call<{ leadId: string }>(
      'POST',
      '/leads/import?name=likely.jsonl',
      `${JSON.stringify({ name: contact.name, phone: contact.phone, company: company.name })}\n`,
      { 'x-api-key': system.keys.import ?? '', 'content-type': 'application/jsonl' },
    );
    expect(elsewhere.status).toBe(202);
    await system.idle();
    const { touches } = await show(first);
    const touched = touches.length > 1 ? touches : [];
    expect(touched.at(-1)).toMatchObject({ likeness: 'likely', source: 'import' });
    await acrossAll('all-sources');
  });

  it('is who has a similar name at the same company, however both are written', async () => {
    const first = await system.lead(form({ contact: { name: '欧阳 文静', phone: phone() }, company }));
    const second = await system.post(
      form({ contact: { name: '欧阳文静女士', phone: phone() }, company: { name: '苏州恒力精密机械 Co., Ltd.' } }),
    );
    expect(second.body).toMatchObject({ status: 'duplicate', duplicateOf: first });
    const other = await system.post(form({ contact: { name: '欧阳修', phone: phone() }, company }));
    expect(other.body.status).toBe('received');
    const elsewhere = await system.post(
      form({ contact: { name: '欧阳文静', phone: phone() }, company: { name: '上海恒力' } }),
    );
    expect(elsewhere.body.status).toBe('received');
  });

  it('is not asked once that is switched off, and the rules are checked', async () => {
    const { body } = await system.call<{ version: number; duplicates: Record<string, unknown> }>(
      'GET',
      '/config/duplicates',
    );
    expect(body.duplicates).toMatchObject({ windowDays: 30, likely: { enabled: true }, restartClock: false });
    const wrong = await system.call('PUT', '/config/duplicates', { likely: { enabled: true, threshold: 7 } });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'likely.threshold' }] } });
    await system.call('PUT', '/config/duplicates', { ...body.duplicates, likely: { enabled: false } });
    const second = await system.post(form({ contact: { name: '欧阳文静', phone: phone() }, company }));
    expect(second.body.status).toBe('received');
    await system.call('PUT', '/config/duplicates', body.duplicates);
  });
});

describe('a merge that was wrong', () => {
  beforeAll(async () => expect((await acrossAll('all-sources')).status).toBe(200));
  afterAll(async () => void (await acrossAll('other-sources')));

  it('is undone by call: a lead of its own, assigned and told; the other forgets what only it had told', async () => {
    const company = { name: '无锡大成电子' };
    const [number, email] = [phone(), `he-${phone()}@example.com`];
    const first = await system.lead(form({ contact: { name: '何静', phone: phone() }, company }));
    const second = await system.lead(form({ contact: { name: '何静', phone: number, email }, company }));
    expect((await show(first)).contact.email).toBe(email);
    const undone = await system.call('POST', `/leads/${second}/unmerge`, { reason: 'another 何静' });
    expect(undone).toMatchObject({ status: 200, body: { leadId: second, status: 'received', unmergedFrom: first } });
    await system.idle();
    const [one, other] = [await show(first), await show(second)];
    expect(other).toMatchObject({ status: 'assigned', contact: { email } });
    expect(one.contact.email).toBeUndefined();
    expect(one.touches).toMatchObject([{ leadId: first }, { leadId: second, undone: { reason: 'another 何静' } }]);
    expect(one.lastTouch.leadId).toBe(first);
    expect(types(one)).toContain('LeadUnmerged');
    expect((await system.outbox(second)).map(({ kind }) => kind)).toContain('lead-assigned');
    const { body } = await system.call<{ items: { basis: string; outcome: string }[] }>(
      'GET',
      `/leads/${second}/decisions`,
    );
    expect(body.items.map(({ basis }) => basis)).toEqual(['unmerged', 'history']);
    const again = await system.call('POST', `/leads/${second}/unmerge`, { reason: 'another 何静' });
    expect(again).toMatchObject({ status: 200, body: { unmergedFrom: first } });
    // Who posts with what only the second gave is the second's.
    expect((await system.post(form({ contact: { email } }))).body.duplicateOf).toBe(second);
    expect(await balance()).toMatchObject({ difference: 0 });
  });

  it('stays undone when a later post looks like both', async () => {
    const [number, email] = [phone(), `xu-${phone()}@example.com`];
    const first = await system.lead(form({ contact: { name: '许诺', phone: number } }));
    const second = await system.lead(form({ contact: { name: '许诺', phone: number, email } }));
    await system.call('POST', `/leads/${second}/unmerge`, { reason: 'a shared phone' });
    await system.idle();
    await system.lead(form({ contact: { name: '许诺', phone: number, email } }));
    expect((await show(second)).status).toBe('assigned');
    expect((await show(first)).status).toBe('assigned');
  });

  it('is for admins, and for the supervisor whose team has the original', async () => {
    const contact = { name: '施华', phone: phone() };
    const first = await system.lead(form({ contact, preferredRepId: 'rep-li' }));
    const second = await system.lead(form({ contact }));
    const { teamId } = (await system.show(first)).owner ?? {};
    const body = { reason: 'two projects' };
    const call = async (person: Parameters<typeof system.token>[0]) =>
      (await system.call('POST', `/leads/${second}/unmerge`, body, await system.token(person))).status;
    expect(await call({ role: 'rep', repId: 'rep-li' })).toBe(403);
    const { body: reps } = await system.call<{ items: { repId: string; teamId: string; managerId?: string }[] }>(
      'GET',
      '/reps',
    );
    const mine = reps.items.find((rep) => rep.repId === 'rep-li')?.managerId;
    const others = reps.items.find((rep) => rep.teamId !== teamId && rep.managerId)?.managerId;
    expect(await call({ role: 'supervisor', repId: String(others) })).toBe(404);
    expect(await call({ role: 'supervisor', repId: String(mine) })).toBe(200);
    expect(await call({ role: 'supervisor', repId: String(mine) })).toBe(200);
  });

  it('can be made by hand, and names what is wrong otherwise', async () => {
    const one = await system.lead(form({ contact: { name: '卫青', phone: phone() }, ...puxi }));
    const two = await system.lead(form({ contact: { name: '霍去病', phone: phone() }, ...puxi }));
    const merge = (leadId: string, into: string) =>
      system.call('POST', `/leads/${leadId}/merge`, { into, reason: 'his new number' });
    expect(await merge(one, one)).toMatchObject({ status: 409, body: { errors: [{ path: 'into' }] } });
    expect(await merge(two, 'nobody')).toMatchObject({ status: 404 });
    expect(await merge(two, one)).toMatchObject({ status: 200, body: { duplicateOf: one } });
    await system.idle();
    expect(await merge(two, one)).toMatchObject({ status: 200 });
    expect(await merge(one, two)).toMatchObject({ status: 409 });
    expect((await show(one)).touches.map(({ leadId, likeness }) => [leadId, likeness])).toEqual([
      [one, undefined],
      [two, 'by-hand'],
    ]);
    expect(await balance()).toMatchObject({ difference: 0 });
  });
});

describe('the clock of a lead whose customer posts again', () => {
  it('runs on, unless the rules say that it starts anew', async () => {
    const contact = { name: '冯唐', phone: phone() };
    const first = await system.lead(form({ contact }));
    const before = (await show(first)).sla;
    await system.lead(form({ contact }));
    expect((await show(first)).sla).toEqual(before);
    const { body } = await system.call<{ duplicates: Record<string, unknown> }>('GET', '/config/duplicates');
    await system.call('PUT', '/config/duplicates', { ...body.duplicates, restartClock: true });
    await system.call('POST', `/leads/${first}/interactions`, {
      channel: 'phone',
      minutes: 3,
      summary: 'talked',
      outcome: 'reached',
    });
    await system.advance('PT90M');
    await system.lead(form({ contact }));
    const after = await show(first);
    expect(after.status).toBe('assigned');
    expect(after.sla.firstContactAt).toBeNull();
    expect(after.sla.supervisorDueAt > before.supervisorDueAt).toBe(true);
    await system.call('PUT', '/config/duplicates', body.duplicates);
  });
});

describe('consent', () => {
  it('is kept as it was given, with its words and place; of several posts the latest counts', async () => {
    const contact = { name: '褚英', phone: phone() };
    const yes = {
      marketing: true,
      at: '2026-01-01T02:00:00.000Z',
      text: '我同意接收资讯',
      version: 'v3',
      source: '/mes',
    };
    const first = await system.lead(form({ contact, consent: yes }));
    expect((await show(first)).consent).toEqual(yes);
    await system.lead(form({ contact, consent: { marketing: false } }));
    await system.lead(form({ contact, consent: yes }));
    const lead = await show(first);
    expect(lead.consent).toMatchObject({ marketing: false });
    expect(lead.touches.map(({ consent }) => consent)).toEqual([yes, { marketing: false }, yes]);
  });
});
