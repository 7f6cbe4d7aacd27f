import { describe, expect, it } from 'vitest';
import { field, losslessJson, textField } from '../../../shared/intake/json.ts';
import { fieldMap, plain, testValues } from '../../../shared/intake/known-fields.ts';
import { answersOf, type FormAnswer, NotUnderstood, understand } from '../../../shared/intake/mapping.ts';
import { previewOf } from '../../../shared/intake/preview.ts';
import { defaultSourcesRules, sourcesRules } from '../../../shared/intake/sources.ts';
import { normalisePhone } from '../../../shared/lead/phone.ts';

const map = fieldMap(defaultSourcesRules, 'import');
const understood = (answers: FormAnswer[]) => understand(answers, map, normalisePhone);
const read = (...pairs: [string, string][]) =>
  understood([['phone', '13800138000'] as [string, string], ...pairs].map(([name, value]) => ({ name, value })));
const form = (...pairs: [string, string][]) => read(...pairs).form;
const why = (act: () => unknown): [string, string] => {
  try {
    act();
  } catch (error) {
    if (error instanceof NotUnderstood) return [error.path, error.message];
    throw error;
  }
  throw new Error('it was understood');
};

describe('what an answer means', () => {
  it.each([
    ['320', 320],
    ['1,200', 1200],
    ['１００-499人', 100],
    ['about 50 people', 50],
    ['1万人以上', 10_000],
    ['5千人', 5000],
    ['1.5万', 15_000],
    ['1.2k', 1200],
    ['1 200', 1200],
    ['1.200', 1200],
    ['12,500+', 12_500],
    ['1-2万人', 10_000],
    ['500-1k', 500],
    ['5千至1万', 5000],
    ['3 kids', 3],
    ['50-99', 50],
    ['0.5', 0],
  ])('of the number of employees in %s is %d', (text, employees) => {
    const { company, fields } = form(['employees', text]);
    expect([company?.employees, fields]).toEqual([employees, undefined]);
  });

  it.each([
    ['yes', true],
    ['TRUE', true],
    ['1', true],
    ['同意', true],
    ['no', false],
    ['0', false],
    ['不同意', false],
  ])('of a consent said as %s is %s', (text, marketing) =>
    expect(form(['consent', text]).consent).toEqual({ marketing }),
  );

  it('of a consent in other words is kept as it was said', () => {
    for (const words of ['perhaps', 'yes please', 'oh no'])
      expect(form(['consent', words])).toMatchObject({ fields: [{ name: 'consent', value: words }] });
  });

  it('of a name in parts counts only where no whole one is told', () => {
    const named = (...pairs: [string, string][]) => form(...pairs).contact.name;
    expect(named(['first_name', 'Lei'], ['last_name', 'Li'])).toBe('Lei Li');
    expect(named(['first_name', 'Lei'])).toBe('Lei');
    expect(named(['last_name', 'Li'])).toBe('Li');
    expect(named(['名', '雷'], ['姓', 'Li'])).toBe('Li雷');
    expect(named(['first_name', 'Lei'], ['name', 'Han Mei'])).toBe('Han Mei');
    expect(named()).toBeUndefined();
  });

  it('of an address in parts is one, Chinese without anything between, others with commas', () => {
    const at = (...parts: string[]) =>
      form(...parts.map((part): [string, string] => ['address', part])).location?.address;
    expect(at('江苏省', '苏州市', '江苏省')).toBe('江苏省苏州市');
    expect(at('12+Main+St', 'Springfield', 'IL')).toBe('12 Main St, Springfield, IL');
    expect(at('江苏省 江苏省  苏州市')).toBe('江苏省苏州市');
    expect(at('苏州', 'Suzhou', 'China')).toBe('苏州Suzhou, China');
    expect(at('Suzhou 苏州A', '星湖街')).toBe('Suzhou苏州A, 星湖街');
    expect(at(' + ', ' ')).toBeUndefined();
    expect(form()).not.toHaveProperty('location');
  });
});

describe('answers', () => {
  it('that are empty or to be ignored are left out, and repeated ones count once', () => {
    const { fields, company } = form(['预算', ' '], ['company', ' ACME '], ['公司', 'ACME'], ['color', 'red']);
    expect(company).toEqual({ name: 'ACME' });
    expect(fields).toEqual([{ name: 'color', value: 'red' }]);
  });

  it('of one field count first come first, and the others are kept', () => {
    const { company, fields } = form(['company', 'ACME'], ['公司', 'Other']);
    expect([company, fields]).toEqual([{ name: 'ACME' }, [{ name: '公司', value: 'Other' }]]);
  });

  it('tell the sender’s own id, which is no answer', () => {
    expect(read(['lead_id', ' 42 '])).toMatchObject({ externalId: '42' });
    expect(read(['lead_id', '42']).form).not.toHaveProperty('fields');
    expect(read().externalId).toBeUndefined();
  });

  it('are as many and as long as forms have them, and no more', () => {
    const many = (count: number) => Array.from({ length: count }, (_, n): [string, string] => [`q${n}`, 'x']);
    expect(form(...many(499)).fields).toHaveLength(499);
    expect(why(() => form(...many(500)))).toEqual(['body', 'more than 500 fields']);
    expect(form(['q'.repeat(200), 'x']).fields).toHaveLength(1);
    expect(why(() => form(['q'.repeat(201), 'x']))[0]).toBe('body');
    expect(form(['q', 'x'.repeat(5000)]).fields).toHaveLength(1);
    expect(why(() => form(['q', 'x'.repeat(5001)]))).toEqual(['q', 'longer than 5000 characters']);
    const large = (last: number) =>
      [...Array.from({ length: 7 }, (_, n) => n), 7].map((n): [string, string] => [
        `q${n}`,
        'x'.repeat(n < 7 ? 4094 : last),
      ]);
    expect(form(...large(4094)).fields).toHaveLength(8);
    expect(why(() => form(...large(4095)))).toEqual(['body', 'more than 32768 characters of answers']);
  });

  it('that cannot be held are each kept, and the others stay where they belong', () => {
    const { company, fields, contact } = form(
      ['company', 'x'.repeat(301)],
      ['industry', 'textile'],
      ['email', 'no mail'],
    );
    expect(company).toEqual({ industry: 'textile' });
    expect(contact).toEqual({ phone: '+8613800138000' });
    expect(fields?.map(({ name }) => name).sort()).toEqual(['company', 'email']);
  });

  it('by which nobody can be reached say what was wrong, the first field first', () => {
    const none = (...pairs: [string, string][]) =>
      why(() => understood(pairs.map(([name, value]) => ({ name, value }))));
    expect(none()).toEqual(['contact', 'contact: a phone, an e-mail or a WeChat id is needed']);
    const [path, message] = none(['phone', 'x'], ['email', 'y']);
    expect(path).toBe('contact.phone');
    expect(message).toBe('contact.phone: not a phone number; contact.email: not an e-mail address');
  });
});

describe('what names stand for', () => {
  it('is the customer’s own first, of the form before the source, whatever their case and hyphens', () => {
    const rules = sourcesRules.parse({
      web: { fields: { firma: 'company.name', NAME: 'company.name' } },
      forms: { demo: { fields: { name: 'contact.name', 'Ihre-Firma': 'company.name' } } },
    });
    expect(fieldMap(rules, 'web').get('name')).toBe('company.name');
    expect(fieldMap(rules, 'web', 'demo').get('name')).toBe('contact.name');
    expect(fieldMap(rules, 'web', 'demo').get(plain('ihre firma'))).toBe('company.name');
    for (const unknown of ['other', 'constructor', undefined])
      expect(fieldMap(rules, 'web', unknown).get('name')).toBe('company.name');
    expect(fieldMap(rules, 'import').get('name')).toBe('contact.name');
    expect(plain('＊Full -_ Name：')).toBe('fullname');
  });

  it('may be places of a lead only', () => {
    const valid = (target: unknown) => sourcesRules.safeParse({ web: { fields: { x: target } } }).success;
    for (const good of ['contact.phone', 'keep', 'source.utm.term', 'source.clickIds.my_click-id'])
      expect(valid(good)).toBe(true);
    for (const bad of [
      'contact',
      7,
      'x.source.utm.y',
      'source.utm.',
      'source.utm.a b',
      'source.utm.1',
      'source.other.x',
    ])
      expect(valid(bad)).toBe(false);
  });

  it('is a test where a platform or the customer says so', () => {
    const rules = sourcesRules.parse({ tiktok: { tests: { 'Is Test': ['ja'], city: ['Testville'] } } });
    const tests = testValues(rules, 'tiktok');
    expect(tests.get('istest')).toEqual(new Set(['true', '1', 'ja']));
    expect(tests.get('city')).toEqual(new Set(['Testville']));
    expect(testValues(rules, 'web')).toEqual(new Map());
  });
});

describe('a field of JSON', () => {
  it('is its own and not its prototype’s', () => {
    expect(field({ a: 1 }, 'a')).toBe(1);
    for (const [of, name] of [
      [{ a: 1 }, 'toString'],
      [null, 'a'],
      [['x'], 'length'],
      ['text', 'length'],
    ] as const)
      expect(field(of, name)).toBeUndefined();
  });

  it('as text is what it says, trimmed', () => {
    const of = { text: ' x ', number: 7, empty: ' ', yes: true, list: ['x'] };
    expect(['text', 'number', 'empty', 'yes', 'list', 'none'].map((name) => textField(of, name))).toEqual([
      'x',
      '7',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('keeps texts, truths and nothings as they are', () => {
    expect(losslessJson('["9223372036854775807",true,null,-1,1.0e400]')).toEqual([
      '9223372036854775807',
      true,
      null,
      -1,
      '1.0e400',
    ]);
  });
});

describe('JSON as answers', () => {
  const names = (value: unknown) => answersOf(value).map(({ name, value: said }) => [name, said]);

  it('names lists by place, and pairs of name and value by their name', () => {
    expect(names({ a: [{ b: 1 }, { c: [true, null, 'x'] }], d: [[1, 2], [{ e: 3 }]] })).toEqual([
      ['a.0.b', '1'],
      ['a.1.c', 'true, x'],
      ['d.0', '1, 2'],
      ['d.1.0.e', '3'],
    ]);
    const list = [
      { name: 'q', value: 7 },
      { name: 'r', values: ['x', 'y'] },
    ];
    expect(names({ f: list })).toEqual([
      ['q', '7'],
      ['r', 'x, y'],
    ]);
    const others = [{ name: 7, value: 'x' }, { name: 'inner', value: { y: 1 } }, { name: 'alone' }];
    expect(names({ f: others })).toEqual([
      ['f.0.name', '7'],
      ['f.0.value', 'x'],
      ['f.1.name', 'inner'],
      ['f.1.value.y', '1'],
      ['f.2.name', 'alone'],
    ]);
    expect(names({ none: null, list: [] })).toEqual([['list', '']]);
  });

  it('is eight deep at most', () => {
    const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
    expect(names(deep(8))).toEqual([['a.a.a.a.a.a.a.a', '1']]);
    expect(why(() => names(deep(9)))).toEqual(['a.a.a.a.a.a.a.a.a', 'nested more than 8 deep']);
    const long = { [`${'k'.repeat(300)}`]: deep(9) };
    expect(why(() => names(long))[0]).toHaveLength(200);
  });
});

describe('a preview', () => {
  const preview = (text: string) => previewOf(Buffer.from(text));

  it('shows names, and of each value its first character', () => {
    expect(preview('{"a":"王芳","b" : "x","n":-1234.56,"s":12,"l":["one", "two"],"e":""}')).toBe(
      '{"a":"王…","b" : "x…","n":-…,"s":12,"l":["o…", "t…"],"e":""}',
    );
    expect(preview(' [ "abc", 12345 ]')).toBe(' [ "a…", 1… ]');
    expect(preview('{"a":"say \\"secret\\" x","cut":"secr')).toBe('{"a":"s…","cut":"s…"');
    expect(preview('name=secret&x=&y=1')).toBe('name=s…&x=&y=1…');
  });

  it('of what is neither JSON nor a form is its first character', () => {
    for (const text of ['secret', 'two words=x', 'a=b\nsecret', '=secret', 'a&b=c {"x":1}'])
      expect(preview(text)).toBe(`${text[0]}…`);
    expect(preview('')).toBe('');
  });

  it('is short', () => {
    expect(preview(`{"${'k'.repeat(2000)}":1}`)).toHaveLength(500);
    expect(preview(`${'k'.repeat(2000)}=1`)).toHaveLength(500);
  });
});
