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
