import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { developmentSecrets } from '../../scripts/demo/secrets.ts';
import { form, nowhere, useSystem } from '../running-system.ts';

const system = useSystem();
const alerts = async (leadId: string) =>
  (await system.outbox(leadId)).filter(({ kind }) => kind === 'assignment-failed');
const fault = (target: string) => system.call('POST', '/_local/faults', { target, fault: 'error', rate: 1 });
const mend = () => system.call('DELETE', '/_local/faults');

describe('alerts to the admins', () => {
  it('go by each channel that the rules name, in its own wire format', async () => {
    const admins = ['wecom', 'dingtalk', 'feishu', 'webhook'];
    expect((await system.call('PUT', '/config/notices', { admins })).status).toBe(200);
    const leadId = await system.lead(form(nowhere));
    const sent = await alerts(leadId);
    expect(sent.map(({ channel }) => channel).sort()).toEqual([...admins].sort());
    const body = (channel: string) => sent.find((each) => each.channel === channel)?.body as Record<string, unknown>;
    expect(body('dingtalk')).toMatchObject({ msgtype: 'markdown', markdown: { title: '线索分配失败,已转人工' } });
    const { timestamp, sign } = body('feishu') as { timestamp: string; sign: string };
    expect(sign).toBe(
      createHmac('sha256', `${timestamp}\n${developmentSecrets('').feishuRobotSecret}`)
        .update('')
        .digest('base64'),
    );
    expect(body('webhook')).toMatchObject({ type: 'assignment-failed', data: { leadId } });
    for (const bad of [{ admins: [] }, { admins: ['pigeon'] }, { admins: ['wecom', 'wecom'] }, {}])
      expect((await system.call('PUT', '/config/notices', bad)).status).toBe(400);
    await system.call('PUT', '/config/notices', { admins: ['wecom'] });
  });
});

describe('a channel that is down for hours', () => {
  it('loses nothing: what waited is sent once each, in order, when it is up', async () => {
    await fault('channel:wecom');
    const leads: string[] = [];
    for (let n = 0; n < 3; n += 1) leads.push(await system.lead(form(nowhere)));
    await system.advance('PT3H');
    for (const leadId of leads) expect(await alerts(leadId)).toEqual([]);
    await mend();
    await system.advance('PT20M');
    const sent = (await system.outbox()).filter(
      ({ kind, leadId }) => kind === 'assignment-failed' && leads.includes(leadId ?? ''),
    );
    expect(sent.map(({ leadId }) => leadId)).toEqual(leads);
    const { body } = await system.call<{ items: unknown[] }>('GET', '/quarantine');
    expect(body.items).toEqual([]);
  });

  it('delays no other channel', async () => {
    await fault('channel:sms');
    const leadId = await system.lead(form());
    expect((await system.outbox(leadId)).map(({ channel }) => channel)).toEqual(['push']);
    await mend();
    await system.advance('PT3M');
    expect((await system.outbox(leadId)).map(({ channel }) => channel)).toEqual(['push', 'sms']);
  });
});

/** What a person is told of one lead, by channel. */
const told = async (leadId: string, kind: string) =>
  (await system.outbox(leadId)).filter((message) => message.kind === kind);
const notices = (rules: Record<string, unknown>) =>
  system.call('PUT', '/config/notices', { admins: ['wecom'], ...rules });

describe('the staff', () => {
  it('are told of a new lead with what to say, what to do and where to see more', async () => {
    const leadId = await system.lead(form());
    const [push] = (await told(leadId, 'lead-assigned')).filter(({ channel }) => channel === 'push');
    const words = String((push?.body as { Message: string } | undefined)?.Message);
    for (const part of ['话术', '任务', `/console/leads/${leadId}`]) expect(words).toContain(part);
    const sms = (await told(leadId, 'lead-assigned')).find(({ channel }) => channel === 'sms');
    expect(String((sms?.body as { Message: string } | undefined)?.Message)).toContain(`/console/leads/${leadId}`);
  });

  it('are told by whichever channels the rules name, each in its own format, and in their own language', async () => {
    const { owner } = await system.show(await system.lead(form()));
    const repId = owner?.repId ?? '';
    const rep = (await system.call<{ channels: object }>('GET', `/reps/${repId}`)).body;
    await system.call('PUT', `/reps/${repId}`, { channels: { ...rep.channels, wecomUserId: 'Wang.Li' } });
    const mine = await system.token({ role: 'rep', repId });
    expect((await system.call('PUT', `/reps/${repId}/reading`, { language: 'en' }, mine)).body).toMatchObject({
      language: 'en',
    });
    const first = ['push', 'sms-aliyun', 'wecom-app'];
    expect((await notices({ staff: { first, instead: [] } })).status).toBe(200);
    const leadId = await system.lead(form({ preferredRepId: repId }));
    const sent = await told(leadId, 'lead-assigned');
    expect(sent.map(({ channel }) => channel).sort()).toEqual(['push', 'sms', 'wecom']);
    expect(sent.find(({ channel }) => channel === 'wecom')?.body).toMatchObject({ touser: 'Wang.Li', msgtype: 'text' });
    expect(JSON.stringify(sent.find(({ channel }) => channel === 'wecom')?.body)).toContain('Talk track');
    expect(sent.find(({ channel }) => channel === 'sms')?.body).toMatchObject({ TemplateCode: 'SMS_0000001' });
    await system.call('PUT', `/reps/${repId}/reading`, { language: null }, mine);
    await notices({});
  });

  it('are told by the next channel when one is not to be had, and the lead’s timeline says so', async () => {
    const { owner } = await system.show(await system.lead(form()));
    const employeeId = owner?.repId ?? '';
    await system.hr({ employeeId, name: owner?.name, status: 'active', email: 'rep@example.com' });
    await notices({ staff: { first: ['web-push'], instead: ['email'] } });
    const leadId = await system.lead(form({ preferredRepId: employeeId }));
    const { timeline, notices: made } = await system.show(leadId);
    expect(await told(leadId, 'lead-assigned')).toMatchObject([{ channel: 'email', to: 'rep@example.com' }]);
    expect(made.map(({ channel, state }) => `${channel} ${state}`).sort()).toEqual(['email sent', 'web-push failed']);
    const tries = timeline
      .filter(({ type }) => type.startsWith('Message'))
      .map(({ type, detail }) => ({ type, detail }));
    expect(tries).toEqual([
      { type: 'MessageNotTaken', detail: { about: 'LeadAssigned', channel: 'web-push', code: 'no-subscription' } },
      { type: 'MessageSent', detail: { about: 'LeadAssigned', channel: 'email' } },
    ]);
    await notices({});
  });

  it('are left alone in their quiet hours, but for a new lead of their own; what was overtaken meanwhile is not said', async () => {
    const { owner } = await system.show(await system.lead(form()));
    const repId = owner?.repId ?? '';
    const { body: rep } = await system.call<{ managerId: string }>('GET', `/reps/${repId}`);
    const { body: clock } = await system.call<{ now: string }>('POST', '/_local/clock', { advance: 'PT1M' });
    const hour = (later: number) =>
      new Date(Date.parse(clock.now) + (8 + later) * 3600_000).toISOString().slice(11, 16);
    const quietHours = { from: hour(-1), to: hour(6) };
    for (const person of [repId, rep.managerId])
      expect((await system.call('PUT', `/reps/${person}/reading`, { quietHours })).status).toBe(200);
    const [waits, called] = [
      await system.lead(form({ preferredRepId: repId })),
      await system.lead(form({ preferredRepId: repId })),
    ];
    expect(await told(waits, 'lead-assigned')).not.toEqual([]);
    await system.advance('PT2H1M');
    expect(await told(waits, 'lead-overdue')).toEqual([]);
    await system.call('POST', `/leads/${called}/interactions`, {
      channel: 'phone',
      minutes: 5,
      summary: 'spoke',
      outcome: 'interested',
    });
    await system.advance('PT4H30M');
    expect((await told(waits, 'lead-overdue')).map(({ channel }) => channel).sort()).toEqual(['push', 'sms']);
    expect(await told(called, 'lead-overdue')).toEqual([]);
    for (const person of [repId, rep.managerId])
      await system.call('PUT', `/reps/${person}/reading`, { quietHours: null });
  });

  it('get messages in a browser that they subscribe, at most ten; what is no subscription is refused', async () => {
    const { owner } = await system.show(await system.lead(form()));
    const repId = owner?.repId ?? '';
    const mine = await system.token({ role: 'rep', repId });
    const { vapidPublicKey } = (await system.call<{ vapidPublicKey: string }>('GET', '/push-key', undefined, mine))
      .body;
    expect(Buffer.from(vapidPublicKey, 'base64url')).toHaveLength(65);
    const endpoint = `${system.runtime.url}/_local/channels/push/browser`;
    const keys = { p256dh: vapidPublicKey, auth: Buffer.alloc(16, 1).toString('base64url') };
    const browsers = `/reps/${repId}/browsers`;
    const { status, body } = await system.call('POST', browsers, { endpoint, keys }, mine);
    expect(status).toBe(201);
    await notices({ staff: { first: ['web-push'], instead: [] } });
    const leadId = await system.lead(form({ preferredRepId: repId }));
    expect(await told(leadId, 'lead-assigned')).toMatchObject([
      { channel: 'push', to: 'browser', body: { encrypted: expect.any(String) } },
    ]);
    await notices({});
    expect((await system.call('DELETE', `${browsers}/${body.browserId}`, undefined, mine)).status).toBe(200);
    for (const bad of [{ endpoint: 'x', keys }, { endpoint, keys: { ...keys, auth: 'short' } }, {}])
      expect((await system.call('POST', browsers, bad, mine)).status).toBe(400);
    const { items } = (await system.call<{ items: { repId: string }[] }>('GET', '/reps')).body;
    const stranger = await system.token({ role: 'rep', repId: items.find((rep) => rep.repId !== repId)?.repId ?? '' });
    expect((await system.call('POST', browsers, { endpoint, keys }, stranger)).status).toBe(404);
  });
});
