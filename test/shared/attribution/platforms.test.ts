import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Conversion } from '../../../shared/attribution/conversion.ts';
import { platforms } from '../../../shared/attribution/platforms/index.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const won: Conversion = {
  leadId: 'lead',
  kind: 'won',
  at: '2026-11-02T02:00:00.900Z',
  name: 'Lead won',
  currency: 'CNY',
  clickIds: {},
  clickedAt: '2026-11-01T02:00:00.000Z',
};
const at = 1793584800;
const worth = { value: 1200.5 };
const page = { landingPage: 'https://a.example/x' };
const person = { email: ' Wang@Example.com ', phone: '+8613800138000' };
const written = (platform: string, ...conversions: Partial<Conversion>[]): string =>
  platforms.get(platform)?.write(conversions.map((but) => ({ ...won, ...but }))) ?? 'there is no such platform';
const told = (platform: string, but: Partial<Conversion>): unknown => JSON.parse(written(platform, but));

describe('Google Ads', () => {
  it('gets a file of clicks with times in UTC, a worth only where there is one, and nothing of a person', () => {
    const file = written(
      'google-ads',
      { clickIds: { gclid: 'Cj0' }, ...worth, ...person },
      { clickIds: { gclid: 'Cj1' }, name: 'won, "big"' },
      { clickIds: {}, name: 'two\nlines' },
    );
    expect(file.split('\r\n')).toEqual([
      'Parameters:TimeZone=+0000',
      'Google Click ID,Conversion Name,Conversion Time,Conversion Value,Conversion Currency',
      'Cj0,Lead won,2026-11-02 02:00:00,1200.5,CNY',
      'Cj1,"won, ""big""",2026-11-02 02:00:00,,',
      ',"two\nlines",2026-11-02 02:00:00,,',
      '',
    ]);
  });
});

describe('Meta', () => {
  const event = { event_name: 'Lead won', event_time: at, event_id: 'lead-won', action_source: 'system_generated' };
  const crm = { event_source: 'crm', lead_event_source: 'Leadkeeper' };

  it('gets the form that was filled in there as a number, and who agreed as hashes', () => {
    expect(told('meta', { clickIds: { leadgen_id: '1234567890123456' }, ...worth, ...person })).toEqual({
      data: [
        {
          ...event,
          user_data: {
            lead_id: 1234567890123456,
            em: [sha256('wang@example.com')],
            ph: [sha256('8613800138000')],
          },
          custom_data: { ...crm, value: 1200.5, currency: 'CNY' },
        },
      ],
    });
  });

  it('gets a click as its own cookie would say it, the cookie’s first', () => {
    const clicked = (clickIds: Record<string, string>) => told('meta', { clickIds });
    const saying = (user_data: object) => ({ data: [{ ...event, user_data, custom_data: crm }] });
    expect(clicked({ fbclid: 'abc' })).toEqual(saying({ fbc: 'fb.1.1793498400000.abc' }));
    expect(clicked({ fbc: 'fb.1.2.abc', fbclid: 'xyz' })).toEqual(saying({ fbc: 'fb.1.2.abc' }));
    expect(clicked({ leadgen_id: '99999999999999999999' })).toEqual(saying({ lead_id: '99999999999999999999' }));
  });
});

describe('TikTok', () => {
  it('gets the click, the page, and who agreed as hashes: of the phone with its plus', () => {
    expect(told('tiktok', { clickIds: { ttclid: 't1' }, ...worth, ...page, ...person })).toEqual({
      event_source: 'crm',
      data: [
        {
          event: 'Lead won',
          event_time: at,
          event_id: 'lead-won',
          user: { ttclid: 't1', email: sha256('wang@example.com'), phone: sha256('+8613800138000') },
          page: { url: 'https://a.example/x' },
          properties: { value: 1200.5, currency: 'CNY' },
        },
      ],
    });
    expect(told('tiktok', { clickIds: { ttclid: 't1' } })).toEqual({
      event_source: 'crm',
      data: [{ event: 'Lead won', event_time: at, event_id: 'lead-won', user: { ttclid: 't1' }, properties: {} }],
    });
  });
});

describe('巨量引擎', () => {
  it('gets a call a conversion, in milliseconds', () => {
    const call = { event_type: 'Lead won', context: { ad: { callback: 'c1' } }, timestamp: at * 1000 + 900 };
    expect(told('ocean-engine', { clickIds: { clickid: 'c1' } })).toEqual([call]);
    expect(told('ocean-engine', { clickIds: { clickid: 'c1' }, ...worth })).toEqual([
      { ...call, properties: { pay_amount: 1200.5 } },
    ]);
  });
});

describe('百度', () => {
  it('gets the page with the click, its number of the type, and the worth in hundredths', () => {
    const type = { newType: 10, convertTime: at };
    expect(told('baidu', { name: '10', clickIds: { bd_vid: 'b 1' }, ...page, ...worth })).toEqual({
      conversionTypes: [{ ...type, logidUrl: 'https://a.example/x?bd_vid=b%201', convertValue: 120050 }],
    });
    expect(told('baidu', { name: '10', clickIds: { bd_vid: 'b1' } })).toEqual({
      conversionTypes: [{ ...type, logidUrl: 'https://unknown.invalid/?bd_vid=b1' }],
    });
    expect(told('baidu', { name: '10' })).toEqual({
      conversionTypes: [{ ...type, logidUrl: 'https://unknown.invalid/?bd_vid=' }],
    });
  });
});

describe('腾讯广告', () => {
  it('gets the click by whichever name it came, the page and the worth', () => {
    const action = { action_time: at, action_type: 'Lead won', outer_action_id: 'lead-won' };
    expect(told('tencent-ads', { clickIds: { qz_gdt: 'q', gdt_vid: 'g' }, ...page, ...worth })).toEqual({
      actions: [{ ...action, url: page.landingPage, trace: { click_id: 'q' }, action_param: { value: 1200.5 } }],
    });
    for (const clickIds of [{ gdt_vid: 'g', click_id: 'c' }, { click_id: 'g' }] as Record<string, string>[])
      expect(told('tencent-ads', { clickIds })).toEqual({ actions: [{ ...action, trace: { click_id: 'g' } }] });
  });
});
