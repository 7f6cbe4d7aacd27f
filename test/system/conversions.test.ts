import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { stages } from '../../shared/journey/stages.ts';
import { form, useSystem } from '../running-system.ts';

const system = useSystem();

const clicks = {
  gclid: 'Cj0KCQ-1',
  fbclid: 'IwAR0',
  ttclid: 'E.C.P.x',
  clickid: 'B.abc',
  bd_vid: '9032',
  qz_gdt: 'wx0a',
};
const agreed = { marketing: true, at: '2026-01-01T02:00:00.000Z' };
const sha = (text: string) => createHash('sha256').update(text).digest('hex');

async function file(
  platform: string,
  query = '',
): Promise<{ status: number; type: string; withheld: string; text: string }> {
  const answer = await fetch(`${system.runtime.url}/exports/conversions?platform=${platform}${query}`, {
    headers: await system.token({ role: 'admin' }),
  });
  const header = (name: string) => answer.headers.get(name) ?? '';
  return {
    status: answer.status,
    type: header('content-type'),
    withheld: header('x-withheld'),
    text: await answer.text(),
  };
}

const won = async (leadId: string) => {
  const contact = { channel: 'phone', minutes: 5, summary: 'talked', outcome: 'reached' };
  expect((await system.call('POST', `/leads/${leadId}/interactions`, contact)).status).toBe(201);
  for (const to of stages.slice(1)) {
    expect((await system.call('POST', `/leads/${leadId}/stage`, { to })).status).toBe(200);
  }
};

/** A lead that came by these clicks and was won. */
async function wonLead(clickIds: Record<string, string>, consent?: object, contact: object = {}): Promise<string> {
  const posted = form({
    source: { clickIds, landingPage: 'https://example.com/mes' },
    ...(consent ? { consent } : {}),
  });
  const leadId = await system.lead({ ...posted, contact: { ...(posted.contact as object), ...contact } });
  await won(leadId);
  return leadId;
}

describe('what ads have led to', () => {
  let leadId = '';
  let phone = '';
  beforeAll(async () => {
    leadId = await wonLead(clicks, agreed, { email: ' Wang@Example.com ' });
    phone = (await system.show(leadId)).contact.phone ?? '';
    await wonLead({}, agreed);
  });

  it('is a file that Google Ads takes', async () => {
    const { status, type, text } = await file('google-ads');
    expect([status, type]).toEqual([200, 'text/csv; charset=utf-8']);
    const [parameters, heading, row, end] = text.split('\r\n');
    expect(parameters).toBe('Parameters:TimeZone=+0000');
    expect(heading).toBe('Google Click ID,Conversion Name,Conversion Time,Conversion Value,Conversion Currency');
    expect(row).toMatch(/^Cj0KCQ-1,Lead won,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,,$/);
    expect(end).toBe('');
  });

  it('is events for Meta and TikTok, who the customer is hashed as each wants it', async () => {
    const facebook = JSON.parse((await file('meta')).text) as { data: Record<string, Record<string, unknown>>[] };
    expect(facebook.data).toHaveLength(1);
    expect(facebook.data[0]).toMatchObject({
      event_name: 'Lead won',
      event_id: `${leadId}-won`,
      action_source: 'system_generated',
      user_data: { em: [sha('wang@example.com')], ph: [sha(phone.slice(1))] },
      custom_data: { event_source: 'crm' },
    });
    expect(facebook.data[0]?.user_data?.fbc).toMatch(/^fb\.1\.\d{13}\.IwAR0$/);
    expect(Number(facebook.data[0]?.event_time)).toBeLessThan(10_000_000_000);
    const { event_source, data } = JSON.parse((await file('tiktok')).text);
    expect(event_source).toBe('crm');
    expect(data).toMatchObject([
      { event: 'CompletePayment', user: { ttclid: 'E.C.P.x', email: sha('wang@example.com'), phone: sha(phone) } },
    ]);
  });

  it('is calls for Ocean Engine, Baidu and Tencent, by their own ids and names', async () => {
    expect(JSON.parse((await file('ocean-engine')).text)).toMatchObject([{ context: { ad: { callback: 'B.abc' } } }]);
    expect(JSON.parse((await file('baidu')).text)).toMatchObject({
      conversionTypes: [{ logidUrl: 'https://example.com/mes?bd_vid=9032', newType: 10 }],
    });
    expect(JSON.parse((await file('tencent-ads')).text)).toMatchObject({
      actions: [{ action_type: 'PURCHASE', trace: { click_id: 'wx0a' } }],
    });
  });

  it('says who somebody is only if they agreed, and nothing at all if they refused', async () => {
    await wonLead({ fbclid: 'SaidNothing' });
    await wonLead({ fbclid: 'Refused' }, { marketing: false });
    const { text, withheld } = await file('meta');
    expect(withheld).toBe('1');
    expect(text).not.toContain('Refused');
    const { data } = JSON.parse(text) as { data: { user_data: Record<string, unknown> }[] };
    const silent = data.find(({ user_data }) => String(user_data.fbc).endsWith('SaidNothing'));
    expect(Object.keys(silent?.user_data ?? {})).toEqual(['fbc']);
  });

  it('counts the last click before, of whichever post it was', async () => {
    const posted = form({ source: { clickIds: { gclid: 'first-click' } } });
    const first = await system.lead(posted);
    await system.lead({ ...posted, source: { landingPage: 'https://example.com/?gclid=second-click' } });
    await won(first);
    const { text } = await file('google-ads');
    expect(text).toContain('second-click');
    expect(text).not.toContain('first-click');
  });

  it('is also who was reached or understood, once the rules say so, with what it is worth', async () => {
    const rules = { currency: 'CNY', contacted: { name: 'Reached' }, won: { name: 'Won', value: 1200.5 } };
    expect((await system.call('PUT', '/config/conversions', rules)).status).toBe(200);
    const { text } = await file('google-ads');
    expect(text).toMatch(/^Cj0KCQ-1,Reached,[^,]+,,$/m);
    expect(text).toMatch(/^Cj0KCQ-1,Won,[^,]+,1200\.5,CNY$/m);
    const wrong = await system.call('PUT', '/config/conversions', { won: { name: 'Won', as: { baidu: 'won' } } });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'won.as' }] } });
  });

  it('is for admins, of the days asked for, and keeps formulas out', async () => {
    await wonLead({ gclid: '=HYPERLINK("http://x")' }, agreed);
    expect((await file('google-ads')).text).not.toContain('HYPERLINK');
    expect((await file('google-ads', '&from=2020-01-01&to=2020-01-02')).text.split('\r\n')).toHaveLength(3);
    expect((await file('google-ads', '&from=2020-01-01&to=2020-06-01')).status).toBe(400);
    expect((await file('nobody')).status).toBe(400);
    const supervisor = await system.token({ role: 'supervisor', teamId: 'east' });
    const refused = await system.call('GET', '/exports/conversions?platform=meta', undefined, supervisor);
    expect(refused.status).toBe(403);
  });
});
