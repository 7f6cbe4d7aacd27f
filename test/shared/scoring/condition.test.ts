import { describe, expect, it } from 'vitest';
import { checked, fieldsOf, isGiven } from '../../../shared/scoring/condition.ts';
import type { Facts } from '../../../shared/scoring/facts.ts';
import { LONGEST_TEXT } from '../../../shared/scoring/pattern.ts';
import type { Condition } from '../../../shared/scoring/rules.ts';

const lead = (form: object = {}): Facts => ({
  form: {
    contact: { phone: '+8613800138000', email: 'wang@example.com' },
    source: { channel: 'web', utm: { medium: 'cpc' } },
    company: { employees: 300, name: '苏州精工' },
    productLine: 'MES Pro',
    location: { address: '苏州市工业园区' },
    ...form,
  },
  receivedAt: '2026-11-02T02:00:00.000Z',
});
const holds = (condition: Condition, of = lead()) => checked(condition).holds(of);
const because = (condition: Condition, of = lead()) => {
  const said = checked(condition).because;
  return typeof said === 'string' ? said : said(of);
};

describe('a condition on a field', () => {
  it.each([
    ['equal to its very value', { field: 'productLine', is: 'equal', value: 'MES Pro' }, { value: 'MES' }],
    ['one of them', { field: 'productLine', is: 'one-of', values: ['ERP', 'MES Pro'] }, { values: ['ERP'] }],
    ['from so many', { field: 'company.employees', is: 'at-least', value: 300 }, { value: 301 }],
    ['up to so many', { field: 'company.employees', is: 'at-most', value: 300 }, { value: 299 }],
    ['between, from below', { field: 'company.employees', is: 'between', from: 300, to: 400 }, { from: 301 }],
    ['between, from above', { field: 'company.employees', is: 'between', from: 200, to: 300 }, { to: 299 }],
    ['containing, whatever the case', { field: 'productLine', is: 'containing', value: 'mes P' }, { value: 'mesp' }],
    ['matching, whatever the case', { field: 'productLine', is: 'matching', value: '^mes' }, { value: '^pro' }],
    ['any of a list', { field: 'location.divisions', is: 'containing', value: '江苏' }, { value: '浙江' }],
  ] as [string, Condition, object][])('holds where it is %s', (_, condition, but) => {
    expect(holds(condition)).toBe(true);
    expect(holds({ ...condition, ...but } as Condition)).toBe(false);
  });

  it('denies only what was given', () => {
    const not = (field: string): Condition => ({ field, is: 'not-equal', value: 'ERP' });
    expect([holds(not('productLine')), holds(not('source.campaign'))]).toEqual([true, false]);
    expect(holds({ field: 'productLine', is: 'not-equal', value: 'MES Pro' })).toBe(false);
    expect(holds({ field: 'productLine', is: 'none-of', values: ['MES Pro'] })).toBe(false);
    expect(holds({ field: 'productLine', is: 'none-of', values: ['ERP'] })).toBe(true);
    expect(holds({ field: 'source.campaign', is: 'missing' })).toBe(true);
    expect(holds({ field: 'productLine', is: 'missing' })).toBe(false);
    expect([undefined, null, '', 0, false].map(isGiven)).toEqual([false, false, false, true, true]);
  });

  it('compares numbers with numbers and texts with texts, whatever was posted', () => {
    const posted = lead({ company: { employees: '300' }, productLine: 7 });
    for (const is of ['at-least', 'at-most'] as const)
      expect(holds({ field: 'company.employees', is, value: 300 }, posted)).toBe(false);
    expect(holds({ field: 'company.employees', is: 'between', from: 1, to: 999 }, posted)).toBe(false);
    expect(holds({ field: 'productLine', is: 'containing', value: '7' }, posted)).toBe(false);
    expect(holds({ field: 'productLine', is: 'matching', value: '7' }, posted)).toBe(false);
  });

  it('looks at the beginning of a long text', () => {
    const long = lead({ productLine: `${'x'.repeat(LONGEST_TEXT)}y` });
    expect(holds({ field: 'productLine', is: 'matching', value: 'x$' }, long)).toBe(true);
    expect(holds({ field: 'productLine', is: 'matching', value: 'y' }, long)).toBe(false);
  });

  it.each([
    [{ field: 'productLine', is: 'given' }, 'productLine given'],
    [{ field: 'source.campaign', is: 'missing' }, 'source.campaign not given'],
    [{ field: 'productLine', is: 'equal', value: 'MES Pro' }, 'productLine is MES Pro'],
    [{ field: 'productLine', is: 'containing', value: 'pro' }, 'productLine contains pro'],
    [{ field: 'productLine', is: 'matching', value: '^mes' }, 'productLine matches ^mes'],
    [{ field: 'company.employees', is: 'at-least', value: 5 }, 'company.employees is 300'],
    [{ field: 'contact.email', is: 'equal', value: 'wang@example.com' }, 'contact.email is as the rule says'],
    [{ field: 'contact.email', is: 'matching', value: 'wang' }, 'contact.email is as the rule says'],
    [{ field: 'contact.email', is: 'not-equal', value: 'li' }, 'contact.email is as the rule says'],
    [{ field: 'contact.email', is: 'given' }, 'contact.email given'],
    [{ field: 'budget.of.old', is: 'matching', value: 'x' }, 'budget.of.old matches x'],
    [{ field: 'budget.of.old', is: 'containing', value: 'x' }, 'budget.of.old contains x'],
    [{ field: 'budget.of.old', is: 'at-least', value: 1 }, 'budget.of.old is undefined'],
  ] as [Condition, string][])('says why it held: %j', (condition, words) => expect(because(condition)).toBe(words));
});

describe('conditions together', () => {
  const [yes, no]: Condition[] = [
    { field: 'productLine', is: 'given' },
    { field: 'productLine', is: 'missing' },
  ];
  const large: Condition = { field: 'company.employees', is: 'at-least', value: 5 };
  const group = (is: 'all' | 'any' | 'none', ...of: (Condition | undefined)[]): Condition => ({
    is,
    of: of.flatMap((each) => each ?? []),
  });

  it('hold all, any or none', () => {
    const made = (is: 'all' | 'any' | 'none') =>
      [group(is, yes, yes), group(is, yes, no), group(is, no, no)].map((each) => holds(each));
    expect([made('all'), made('any'), made('none')]).toEqual([
      [true, false, false],
      [true, true, false],
      [false, false, true],
    ]);
  });

  it('say why: of all, each; of any, the first that held; of none, what was asked', () => {
    expect(because(group('all', yes, { field: 'source.campaign', is: 'missing' }))).toBe(
      'productLine given and source.campaign not given',
    );
    expect(because(group('all', yes, large, yes))).toBe(
      'productLine given and company.employees is 300 and productLine given',
    );
    expect(because(group('any', no, large, yes))).toBe('company.employees is 300');
    expect(because(group('none', no, group('all', no, large)))).toBe(
      'none of what is asked of productLine, company.employees',
    );
  });

  it('look at each field once', () => {
    expect(fieldsOf(group('any', yes, no, group('all', large, yes)))).toEqual(['productLine', 'company.employees']);
  });
});
