import { describe, expect, it } from 'vitest';
import { comparisonsOf } from '../../../shared/scoring/check.ts';
import { behaved, type Facts, factsOf, newestOf, readerOf, scoredAt } from '../../../shared/scoring/facts.ts';
import { fieldNamed, fields, nearestField } from '../../../shared/scoring/fields.ts';

const monday = '2026-11-02T02:30:00.000Z';
const facts = (form: Partial<Facts['form']> = {}, but: Partial<Facts> = {}): Facts => ({
  form: { contact: { phone: '+8613800138000' }, source: { channel: 'web' }, ...form },
  receivedAt: monday,
  ...but,
});
const counted = (counts: Record<string, { sum: number; lastAt: number }>) =>
  ({ counts }) as unknown as Facts['behavior'];
const read = (field: string, of: Facts) => readerOf(field)(of);

describe('a field of a lead', () => {
  it('is compared as its values can be', () => {
    expect(comparisonsOf('number')).toEqual(
      expect.arrayContaining(['at-least', 'at-most', 'between', 'equal', 'given']),
    );
    expect(comparisonsOf('number')).not.toContain('containing');
    expect(comparisonsOf('number')).not.toContain('matching');
    for (const type of ['text', 'list'] as const) {
      expect(comparisonsOf(type)).toEqual(expect.arrayContaining(['containing', 'matching', 'one-of', 'none-of']));
      expect(comparisonsOf(type)).not.toContain('between');
    }
    expect(comparisonsOf('boolean')).toEqual(['equal', 'not-equal', 'one-of', 'none-of', 'given', 'missing']);
  });

  it('is known with its type, its values and whether it says who somebody is', () => {
    const typed = (field: string) => fieldNamed(field)?.type;
    expect(['company.employees', 'productLine', 'consent.marketing', 'location.divisions'].map(typed)).toEqual([
      'number',
      'text',
      'boolean',
      'list',
    ]);
    expect(fieldNamed('customer.known')?.values).toEqual(['person', 'company']);
    expect(fieldNamed('productLine')).toEqual({
      field: 'productLine',
      type: 'text',
      words: 'the product that was asked for',
    });
    expect(fieldNamed('contact.email')?.personal).toBe(true);
    expect(fields.find(({ field }) => field === 'source.utm.<name>')?.names).toContain('campaign');
  });

  it('may be named by whoever posts it, but not be without a name', () => {
    expect(fieldNamed('fields.budget')).toMatchObject({ field: 'fields.<name>', personal: true });
    expect(fieldNamed('behavior.anything')?.type).toBe('number');
    expect(
      ['behavior.', 'behavior', 'source.utm', 'behavior.<name>', 'nothing'].map((each) => typeof fieldNamed(each)),
    ).toEqual(['undefined', 'undefined', 'undefined', 'object', 'undefined']);
  });

  it.each([
    ['company.employes', 'company.employees'],
    ['employees', 'company.employees'],
    ['comapny.industry', 'company.industry'],
    ['Company.Industry', 'company.industry'],
    ['productline', 'productLine'],
    ['source.utm.campain', 'source.utm.campaign'],
    ['behavior.pageView', 'behavior.pageViews'],
    ['gclid', 'source.clickIds.gclid'],
    ['source.channle', 'source.channel'],
    ['prodcutLine', 'productLine'],
    ['company.employment', 'company.employees'],
  ])('that is written wrong is guessed: %s is %s', (wrong, right) => expect(nearestField(wrong)).toBe(right));
  it.each(['budget', 'x', 'the weather in Suzhou'])('that is like none is not guessed: %s', (wrong) =>
    expect(nearestField(wrong)).toBeUndefined(),
  );
});

describe('what is read of a lead', () => {
  it('is what the form says, or what follows from it', () => {
    const lead = facts({
      contact: { email: 'Wang@Mail@Example.COM' },
      source: { channel: 'web', utm: { source: 'news' }, clickIds: { gclid: 'g1' } },
      fields: [{ name: 'budget', value: '50' }],
      location: { address: '苏州市工业园区星湖街328号', point: { lng: 1, lat: 2, crs: 'WGS84' } },
    });
    expect(read('contact.emailDomain', lead)).toBe('example.com');
    expect(read('location.divisions', lead)).toEqual(['苏州工业园区', '江苏省', '苏州市']);
    expect(read('location.point', lead)).toBe(true);
    expect([read('source.utm.source', lead), read('source.clickIds.gclid', lead), read('fields.budget', lead)]).toEqual(
      ['news', 'g1', '50'],
    );
  });

  it('is nothing where the form says nothing', () => {
    for (const { field } of fields) {
      if (['source.channel', 'contact.phone'].includes(field) || field.startsWith('received.')) continue;
      expect(read(field.replace('<name>', 'toString'), facts()), field).toBeUndefined();
    }
    expect(read('location.divisions', facts({ location: { address: 'Main Street' } }))).toBeUndefined();
    expect(read('source.utm.toString', facts({ source: { channel: 'web', utm: {} } }))).toBeUndefined();
    expect(read('contact.toString', facts())).toBeUndefined();
    expect(read('contact.phone.length', facts())).toBeUndefined();
  });

  it('is told by the clock of the company', () => {
    expect([read('received.hour', facts()), read('received.weekday', facts())]).toEqual([2, 1]);
    const there = facts({}, { zone: 'America/New_York' });
    expect([read('received.hour', there), read('received.weekday', there)]).toEqual([21, 7]);
  });

  it('of what the customer did is what was posted and what was counted since', () => {
    const lead = facts(
      { behavior: { downloads: 2, pageViews: 1 } },
      { behavior: counted({ downloads: { sum: 3, lastAt: 0 }, mailClicks: { sum: 4, lastAt: 0 } }) },
    );
    expect(
      ['downloads', 'pageViews', 'mailClicks', 'chatsStarted'].map((name) => read(`behavior.${name}`, lead)),
    ).toEqual([5, 1, 4, undefined]);
    expect(behaved(lead)).toEqual({ downloads: 5, pageViews: 1, mailClicks: 4 });
    expect(behaved(facts())).toEqual({});
  });
});

describe('when a lead is scored', () => {
  const later = '2026-11-09T02:30:00.000Z';

  it('is now, or when it came in', () => {
    expect(scoredAt(facts())).toBe(Date.parse(monday));
    expect(scoredAt(facts({}, { at: later }))).toBe(Date.parse(later));
    const { form } = facts();
    const known = { receivedAt: monday, previousBy: 'company' as const, conversed: { points: 4, because: 'x' } };
    expect(factsOf(known, form, undefined, { at: new Date(later), zone: 'Asia/Shanghai' })).toEqual({
      ...{ form, receivedAt: monday, behavior: undefined, known: 'company', at: later, zone: 'Asia/Shanghai' },
      conversation: { points: 4, because: 'x' },
    });
  });

  it('the newest of what is looked at counts, and never what is older than the lead', () => {
    const behavior = counted({
      downloads: { sum: 1, lastAt: Date.parse(later) },
      pageViews: { sum: 1, lastAt: Date.parse(later) + 1 },
      mailClicks: { sum: 1, lastAt: 0 },
    });
    const newest = (...names: string[]) => newestOf(names)(facts({}, { behavior })) - Date.parse(monday);
    const week = 7 * 24 * 3600_000;
    expect([newest('behavior.downloads'), newest('behavior.downloads', 'behavior.pageViews')]).toEqual([
      week,
      week + 1,
    ]);
    expect([newest('behavior.mailClicks'), newest('behavior.chatsStarted'), newest('productLine')]).toEqual([0, 0, 0]);
    expect(newestOf(['behavior.downloads'])(facts())).toBe(Date.parse(monday));
  });
});
