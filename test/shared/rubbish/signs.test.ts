import { describe, expect, it } from 'vitest';
import type { Form } from '../../../shared/lead/form.ts';
import { domainsOf } from '../../../shared/rubbish/domain.ts';
import { folded } from '../../../shared/rubbish/fold.ts';
import { judge, judgeAgain, trusting } from '../../../shared/rubbish/judge.ts';
import { messageKey, messageOf, nameKey } from '../../../shared/rubbish/repeats/texts.ts';
import { defaultRubbishRules, rubbishRules } from '../../../shared/rubbish/rules.ts';
import { none, shareOf } from '../../../shared/rubbish/share/share.ts';
import { signsOf } from '../../../shared/rubbish/signs/index.ts';
import { whyRandom } from '../../../shared/rubbish/signs/typed-at-random.ts';

const facts = { sameMessage: 0, sameName: 0, repeatsFrom: 3, fastestSeconds: 2 };
const form = (but: Partial<Form> = {}): Form => ({ contact: {}, source: { channel: 'web' }, ...but });
const signs = (contact: Form['contact']) => signsOf(form({ contact }), facts).map(({ sign }) => sign);

describe('a name', () => {
  it.each([
    ['asdf', 'keys that lie side by side'],
    ['qwertz', 'keys that lie side by side'],
    ['asdqwe', 'keys that lie side by side'],
    ['aaa', 'the same letters over and over'],
    ['xyxyxy', 'the same letters over and over'],
    ['bcd bcd', 'the same letters over and over'],
    ['fjdksl', 'keys under the resting fingers'],
    ['BrvLzwQoTnXe', 'capitals at random'],
    ['bcdfgk', 'letters that make no sound'],
    ['12345', 'digits only'],
    ['啊啊', 'exclamations'],
    ['阿斯顿', 'keys that lie side by side'],
    ['王王王', 'the same letters over and over'],
    ['...', 'no letters'],
    ['bcdfgk 王 bcdfgk', 'letters that make no sound'],
  ])('%s shows %s', (name, why) => expect(whyRandom(name)).toBe(why));

  it.each([
    undefined,
    ' ',
    'asd',
    'Nana',
    'Lulu',
    'iii',
    'Dallas',
    'McDonald',
    'IBM',
    'BCDFG',
    '123',
    '王芳',
    '王王',
    '😀',
    'Schmidt',
    'Ann bcdfgk',
    'MacDougall-McIntyre',
    'Иван',
  ])('%s shows nothing', (name) => expect(whyRandom(name)).toBeUndefined());
});

describe('a number', () => {
  it.each([
    ['+8610123456789', ['impossible-phone']],
    ['+8612012301230', ['impossible-phone']],
    ['+8613012301230', []],
    ['+8613987654321', ['made-up-phone']],
    ['+4498765432', ['made-up-phone']],
    ['+12345678', ['made-up-phone']],
    ['+1234567', []],
    ['+15551234567', []],
  ])('%s is %j', (phone, expected) => expect(signs({ phone })).toEqual(expected));

  it('that nobody can have counts little where there is another way to reach them', () => {
    for (const more of [{ email: 'wang@example.com' }, { wechat: 'wf88' }])
      expect(signs({ phone: '+8611111111111', ...more })).toEqual(['made-up-phone']);
    expect(signs({})).toEqual([]);
  });
});

describe('texts as they are compared', () => {
  it('have width, case, accents and letters of their own folded away', () => {
    expect(folded(' ＡÉđŁøß́́ ')).toBe('aedloss');
    expect(folded('가')).toBe('가');
  });

  it('are what was written in one’s own words, wherever it was asked for', () => {
    const asked = (name: string) =>
      messageOf(
        form({
          fields: [
            { name: 'Budget', value: '7' },
            { name, value: 'hello' },
          ],
        }),
      );
    for (const name of ['Message', 'Your comments', '备注', 'Notes:']) expect(asked(name)).toBe('hello');
    for (const name of ['Message ID', 'No comment']) expect(asked(name)).toBeUndefined();
    expect(messageOf(form({ message: 'own', fields: [{ name: 'message', value: 'other' }] }))).toBe('own');
    expect(messageOf(form())).toBeUndefined();
  });

  it('have keys from twenty letters on, and of a name only with its company', () => {
    const key = (length: number) => messageKey(form({ message: 'x'.repeat(length) }));
    expect([key(19), key(20)?.length]).toEqual([undefined, 40]);
    expect(messageKey(form())).toBeUndefined();
    const named = (name?: string, company?: string) => nameKey(form({ contact: { name }, company: { name: company } }));
    expect(named('Bob', 'ACME')).toMatch(/^[0-9a-f]{40}$/);
    expect(new Set([named('Bob', 'ACME'), named('Ann', 'ACME'), named('Bob', 'Other')]).size).toBe(3);
    for (const [name, company] of [
      ['Bob', undefined],
      [undefined, 'ACME'],
      ['..', 'ACME'],
      ['Bob', '.'],
    ] as const)
      expect(named(name, company)).toBeUndefined();
  });

  it('of addresses are the domain and those above it', () => {
    expect(domainsOf(' x@y@A.b.Example ')).toEqual(['a.b.example', 'b.example']);
    for (const nothing of [undefined, '', 'x@localhost']) expect(domainsOf(nothing)).toEqual([]);
  });
});

describe('a judgement', () => {
  const sign = (name: 'honeypot' | 'disposable-mail' | 'random-name') => ({ sign: name, because: 'why' });
  const verdict = (reviewAt: number, rejectAt: number) =>
    judge(form(), [sign('disposable-mail')], { ...defaultRubbishRules, reviewAt, rejectAt }, 1).verdict;

  it('rejects and holds from the very points that the rules name', () => {
    expect([verdict(60, 61), verdict(61, 61), verdict(59, 60), verdict(60, 60)]).toEqual([
      'review',
      'passed',
      'rejected',
      'rejected',
    ]);
  });

  it('made again looks at the company’s own lists as they are now', () => {
    const blocking = { ...defaultRubbishRules, blocked: { words: ['casino'], domains: ['spam.example'] } };
    const posted = form({ contact: { name: 'Casino', email: 'a@spam.example' } });
    const before = judge(posted, [sign('random-name')], blocking, 1);
    expect(before.reasons.map(({ sign: name }) => name)).toEqual(['random-name', 'blocked-word', 'blocked-domain']);
    expect(judgeAgain(posted, before, blocking, 2)).toEqual({ ...before, version: 2 });
    const again = judgeAgain(posted, before, defaultRubbishRules, 2);
    expect(again.reasons.map(({ sign: name }) => name)).toEqual(['random-name']);
    expect(again).not.toHaveProperty('trusted');
    expect(judgeAgain(posted, trusting(before), blocking, 2)).toEqual({
      ...before,
      version: 2,
      verdict: 'passed',
      trusted: true,
    });
  });

  it('finds words of the lists in names, companies and messages, whatever stands between', () => {
    const blocks = (word: string, but: Partial<Form>) =>
      judge(form(but), [], { ...defaultRubbishRules, blocked: { words: [word], domains: [] } }, 1).verdict ===
      'rejected';
    expect(blocks('a--b', { message: 'x a ... b y' })).toBe(true);
    expect(blocks('top 10', { message: 'the TOP 10.' })).toBe(true);
    expect(blocks('top 10', { message: 'the top 100' })).toBe(false);
    expect(blocks('加微信x', { message: '请加微信x1' })).toBe(true);
    expect(blocks('x贷款', { message: 'ax贷款' })).toBe(true);
    expect(blocks('lee acme', { contact: { name: 'Lee' }, company: { name: 'Acme' } })).toBe(true);
    expect(blocks('undefined', {})).toBe(false);
  });
});

describe('the rules of rubbish', () => {
  const valid = (but: object) => rubbishRules.safeParse({ ...defaultRubbishRules, ...but }).success;

  it('hold no later than they reject, name each word once, and remember texts for a month at most', () => {
    expect([valid({ reviewAt: 100 }), valid({ reviewAt: 101 })]).toEqual([true, false]);
    expect(valid({ blocked: { words: ['ads', 'Ads'], domains: [] } })).toBe(false);
    expect(valid({ blocked: { words: ['ads', 'seo'], domains: ['a.example', 'b.example'] } })).toBe(true);
    expect(valid({ blocked: { words: [], domains: ['example'] } })).toBe(false);
    const within = (text: string) => valid({ repeats: { others: 3, within: text } });
    expect([within('P30D'), within('P31D'), within('PT0S'), within('soon')]).toEqual([true, false, false, false]);
  });
});

describe('the share of rubbish', () => {
  it('is what was held, rejected, or rejected by hand, less what was accepted, of all that was judged', () => {
    const day = { passed: 5, review: 2, rejected: 1, accepted: 1, rejectedByHand: 1 };
    expect(shareOf([day])).toEqual({ leads: 8, ...day, share: 0.375 });
    expect(shareOf([day, { ...none, passed: 1 }])).toMatchObject({ leads: 9, passed: 6, share: 0.3333 });
    expect(shareOf([{ ...none, passed: 1, accepted: 5 }]).share).toBe(0);
    expect(shareOf([])).toEqual({ leads: 0, ...none, share: null });
  });
});
