import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Form } from '../../../shared/lead/form.ts';
import { judge, judgeAgain, trusting } from '../../../shared/rubbish/judge.ts';
import { messageKey, nameKey } from '../../../shared/rubbish/repeats/texts.ts';
import { defaultRubbishRules, type RubbishRules, rubbishRules } from '../../../shared/rubbish/rules.ts';
import { type Facts, signNames } from '../../../shared/rubbish/sign.ts';
import { signsOf } from '../../../shared/rubbish/signs/index.ts';

const facts: Facts = { sameMessage: 0, sameName: 0, repeatsFrom: 3, fastestSeconds: 2 };
const form = (but: Partial<Form> = {}): Form => ({
  contact: { phone: '+8613912345670' },
  source: { channel: 'web' },
  ...but,
});
const signs = (but: Partial<Form>, known: Partial<Facts> = {}) =>
  signsOf(form(but), { ...facts, ...known }).map(({ sign }) => sign);
const rules = (but: Partial<RubbishRules>): RubbishRules => ({ ...defaultRubbishRules, ...but });

describe('what speaks against a lead', () => {
  it.each([
    ['a mailbox that lasts minutes', { contact: { email: 'x@mailinator.com' } }, ['disposable-mail']],
    ['one of its subdomains, in capitals', { contact: { email: 'x@Sub.MAILINATOR.com' } }, ['disposable-mail']],
    ['no mailbox at a domain that only begins so', { contact: { email: 'x@mailinator.com.example' } }, []],
    ['no customary mailbox', { contact: { email: 'x@163.com' } }, []],
    ['ones', { contact: { phone: '+8611111111111' } }, ['impossible-phone']],
    ['counting up', { contact: { phone: '+8612345678901' } }, ['impossible-phone']],
    ['fives in America', { contact: { phone: '+15555555555' } }, ['impossible-phone']],
    ['a lucky number, which somebody may have paid for', { contact: { phone: '+8613888888888' } }, ['made-up-phone']],
    ['zeros behind a real beginning', { contact: { phone: '+8613800000000' } }, ['made-up-phone']],
    ['eight in a row', { contact: { phone: '+8613912345678' } }, ['made-up-phone']],
    ['no number that is merely round', { contact: { phone: '+8613800138000' } }, []],
    ['no number of Beijing', { contact: { phone: '+861085310000' } }, []],
    ['no number in London', { contact: { phone: '+442079460000' } }, []],
    ['a link for a name', { contact: { name: 'Win big http://x.example' } }, ['link-in-name']],
    ['a site for a name', { contact: { name: 'best-pills.ru/now' } }, ['link-in-name']],
    ['a tag in a company', { company: { name: '<script>alert(1)</script>' } }, ['markup-in-name']],
    ['no company with a domain for its name', { company: { name: 'JD.com' } }, []],
    ['no arrow in a name', { contact: { name: 'Li <3 Mei' } }, []],
    ['a trap that was filled in', { filled: { honeypot: 'x' } }, ['honeypot']],
    ['one second for a whole form', { filled: { seconds: 1.2 } }, ['too-fast']],
    ['no time that people need', { filled: { seconds: 2 } }, []],
    [
      'keys side by side',
      { contact: { name: 'asdfgh' }, company: { name: 'qwerty' } },
      ['random-name', 'random-company'],
    ],
    ['a try-out', { contact: { name: 'Test 12' } }, ['placeholder-name']],
  ] as [string, Partial<Form>, string[]][])('is %s', (_, but, expected) => {
    expect(signs(but)).toEqual(expected);
  });

  it('is a text that enough others posted, and not fewer', () => {
    expect(signs({}, { sameMessage: 3, sameName: 2 })).toEqual(['repeated-message']);
    expect(signs({}, { sameMessage: 2, sameName: 3 })).toEqual(['repeated-name']);
  });

  it('quotes no name, no number and no mailbox', () => {
    const said = signsOf(
      form({
        contact: { name: 'asdfgh', phone: '+8611111111111', email: 'secretbox@mailinator.com' },
        company: { name: 'zxcvbn http://spam.example' },
      }),
      facts,
    ).map(({ because }) => because);
    expect(said.length).toBeGreaterThanOrEqual(4);
    for (const each of said) expect(each).not.toMatch(/asdfgh|zxcvbn|11111|secretbox|spam\.example/);
  });

  it('is found in any text whatever without falling over, in the same way each time', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 300 }));
    fc.assert(
      fc.property(text, text, text, text, (name, company, email, message) => {
        const posted = form({ contact: { name, email, phone: email }, company: { name: company }, message });
        const found = signsOf(posted, facts);
        expect(signsOf(posted, facts)).toEqual(found);
        expect(found.every(({ sign }) => signNames.includes(sign))).toBe(true);
        judge(posted, found, defaultRubbishRules, 1);
        messageKey(posted);
      }),
    );
  });
});

describe('a judgement', () => {
  const sign = fc.constantFrom(...signNames).map((name) => ({ sign: name, because: 'why' }));

  it('adds up points, and never gets milder with one more sign, or harder with a higher threshold', () => {
    const order = ['passed', 'review', 'rejected'];
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 6 }), sign, fc.nat(200), (some, more, milder) => {
        const first = judge(form(), some, defaultRubbishRules, 1);
        const second = judge(form(), [...some, more], defaultRubbishRules, 1);
        expect(first.points).toBe(first.reasons.reduce((sum, { points }) => sum + points, 0));
        expect(order.indexOf(second.verdict)).toBeGreaterThanOrEqual(order.indexOf(first.verdict));
        const lenient = rules({ rejectAt: 100 + milder, reviewAt: 60 + milder });
        expect(order.indexOf(judge(form(), some, lenient, 2).verdict)).toBeLessThanOrEqual(
          order.indexOf(first.verdict),
        );
      }),
    );
  });

  it('by the built-in rules rejects nobody for one odd thing, and holds nobody for all that is merely odd, even beside another', () => {
    const certain = new Set(['honeypot', 'blocked-word', 'blocked-domain']);
    for (const name of signNames) {
      const { verdict } = judge(form(), [{ sign: name, because: '' }], defaultRubbishRules, 1);
      if (!certain.has(name)) expect(verdict).not.toBe('rejected');
    }
    const odd = ['made-up-phone', 'placeholder-name', 'repeated-name'] as const;
    const less = ['random-name', 'random-company', 'too-fast', 'markup-in-name', 'repeated-message'] as const;
    for (const beside of [[], ...less.map((name) => [name])]) {
      const all = [...odd, ...beside].map((name) => ({ sign: name, because: '' }));
      expect(judge(form(), all, defaultRubbishRules, 1).verdict, beside.join()).toBe('passed');
    }
  });

  it('finds blocked words as whole words, Chinese ones anywhere, also in messages', () => {
    const against = (words: string[], but: Partial<Form>) =>
      judge(form(but), [], rules({ blocked: { words, domains: [] } }), 1).reasons.map(({ sign: name }) => name);
    expect(against(['ads'], { contact: { name: 'Padstow' } })).toEqual([]);
    expect(against(['ads'], { message: 'Cheap ÁDS!' })).toEqual(['blocked-word']);
    expect(against(['search engine'], { message: 'top of Search-Engine lists' })).toEqual(['blocked-word']);
    expect(against(['贷款'], { message: '低息贷款找我' })).toEqual(['blocked-word']);
    const domains = rules({ blocked: { words: [], domains: ['spam.example'] } });
    expect(judge(form({ contact: { email: 'a@mail.spam.example' } }), [], domains, 1).verdict).toBe('rejected');
  });

  it('lets pass whom the company’s own lists allow', () => {
    const allowing = rules({ allowed: { words: ['asdf gmbh'], domains: ['mailinator.com'] } });
    const [trap] = signsOf(form({ filled: { honeypot: 'x' } }), facts);
    const found = trap ? [trap] : [];
    expect(judge(form(), found, allowing, 1).verdict).toBe('rejected');
    expect(judge(form({ company: { name: 'ASDF GmbH' } }), found, allowing, 1).verdict).toBe('passed');
    expect(judge(form({ contact: { email: 'a@mailinator.com' } }), found, allowing, 1).verdict).toBe('passed');
  });

  it('made again by the same rules comes out the same, and of a trusted sender stays that they pass', () => {
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 5 }), (some) => {
        const lasting = some.filter(({ sign: name }) => !name.startsWith('blocked'));
        const first = judge(form(), lasting, defaultRubbishRules, 1);
        expect(judgeAgain(form(), first, defaultRubbishRules, 1)).toEqual(first);
        expect(judgeAgain(form(), trusting(first), defaultRubbishRules, 1).verdict).toBe('passed');
      }),
    );
    expect(judgeAgain(form(), undefined, defaultRubbishRules, 1)).toMatchObject({ verdict: 'passed', points: 0 });
  });

  it('has rules that may leave out what they do not care for', () => {
    const sparse = rubbishRules.parse({ rejectAt: 10, reviewAt: 5, points: { honeypot: 10 } });
    expect(judge(form(), [{ sign: 'disposable-mail', because: '' }], sparse, 1)).toMatchObject({
      verdict: 'passed',
      reasons: [{ sign: 'disposable-mail', points: 0 }],
    });
  });
});

describe('the key of a text', () => {
  it('is the same however it is spaced, pointed and capitalised, and none for what anybody might write', () => {
    const key = (message: string) => messageKey(form({ message }));
    expect(key('We rank your site number ONE!')).toBe(key('we  rank your site, number one'));
    expect(key('We rank your site number one')).not.toBe(key('We rank your site number two'));
    expect(key('Please call me')).toBeUndefined();
    expect(key('We rank your site number one')).toMatch(/^[0-9a-f]{40}$/);
    const asked = [{ name: 'Your message', value: 'We rank your site number one' }];
    expect(messageKey(form({ fields: asked }))).toBe(key('We rank your site number one'));
    const named = (name: string, company?: string) =>
      nameKey(form({ contact: { name }, company: company === undefined ? undefined : { name: company } }));
    expect(named('Bob Smith', 'ACME Ltd.')).toBe(named('bob smith', 'acme'));
    expect(named('Bob')).toBeUndefined();
  });
});
