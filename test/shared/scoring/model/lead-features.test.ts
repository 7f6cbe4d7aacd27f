import { describe, expect, it } from 'vitest';
import { rowOf } from '../../../../shared/scoring/model/lead-features.ts';

/** A Monday evening in Shanghai, a Monday noon in Greenwich. */
const MONDAY = '2026-11-23T12:30:00.000Z';
const zone = 'Asia/Shanghai';
const bare = { contact: {}, source: { channel: 'web' as const } };

describe('what a model may know of a lead', () => {
  it('is all that was posted, but not who it is: of names and ways to reach somebody only whether there are any', () => {
    const form = {
      contact: { name: '王芳', phone: '+8613800138000', email: 'wang@example.com' },
      company: { name: '苏州精工', employees: 320, industry: 'manufacturing' },
      location: { address: '江苏省苏州市工业园区星湖街328号', postcode: '215123' },
      productLine: 'mes',
      preferredRepId: 'rep-li',
      behavior: { siteSeconds: 420, downloads: 2 },
      source: {
        channel: 'google-ads' as const,
        campaign: 'spring',
        formId: 'f1',
        utm: { source: 'baidu', medium: 'cpc' },
      },
      consent: { marketing: true },
    };
    const row = rowOf(form, MONDAY, zone);
    expect(row).toEqual({
      'behavior.siteSeconds': 420,
      'behavior.downloads': 2,
      'source.channel': 'google-ads',
      'source.campaign': 'spring',
      'source.formId': 'f1',
      'source.utm.source': 'baidu',
      'source.utm.medium': 'cpc',
      'source.utm.campaign': undefined,
      'source.utm.term': undefined,
      'source.utm.content': undefined,
      'company.employees': 320,
      'company.industry': 'manufacturing',
      'company.name': 'yes',
      productLine: 'mes',
      preferredRepId: 'yes',
      'contact.phone': 'yes',
      'contact.email': 'yes',
      'contact.wechat': 'no',
      'consent.marketing': true,
      'location.province': '江苏省',
      'location.city': '苏州市',
      'location.postcode': '21',
      'received.weekday': 'Mon',
      'received.hour': 20,
    });
    expect(JSON.stringify(row)).not.toMatch(/王芳|13800138000|wang@|苏州精工|rep-li|星湖街/);
  });

  it('is empty where nothing was said', () => {
    const said = Object.entries(rowOf(bare, MONDAY, zone)).filter(([, cell]) => cell !== undefined && cell !== 'no');
    expect(Object.fromEntries(said)).toEqual({
      'source.channel': 'web',
      'received.weekday': 'Mon',
      'received.hour': 20,
    });
    expect(rowOf({ ...bare, company: { name: '' } }, MONDAY, zone)['company.name']).toBe('no');
  });

  it('has the place only where the address can mean but one: a district of that name in two cities tells the province, in two provinces neither', () => {
    const placeOf = (address: string) => {
      const row = rowOf({ ...bare, location: { address } }, MONDAY, zone);
      return [row['location.province'], row['location.city']];
    };
    expect(placeOf('江苏省鼓楼区中山北路1号')).toEqual(['江苏省', undefined]);
    expect(placeOf('鼓楼区')).toEqual([undefined, undefined]);
    expect(placeOf('江苏省')).toEqual(['江苏省', undefined]);
    expect(placeOf('somewhere')).toEqual([undefined, undefined]);
  });

  it('has the day of the week by its name', () => {
    const days = ['23', '24', '25', '26', '27', '28', '29'].map((day) =>
      rowOf(bare, `2026-11-${day}T04:00:00.000Z`, zone),
    );
    expect(days.map((row) => row['received.weekday'])).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
  });

  it('has the hour and the day of the zone', () => {
    const row = rowOf(bare, '2026-11-22T23:59:00.000Z', zone);
    expect([row['received.weekday'], row['received.hour']]).toEqual(['Mon', 7]);
    const there = rowOf(bare, '2026-11-22T23:59:00.000Z', 'Europe/London');
    expect([there['received.weekday'], there['received.hour']]).toEqual(['Sun', 23]);
  });
});
