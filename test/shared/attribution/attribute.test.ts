import { describe, expect, it } from 'vitest';
import { attribute, type Noted } from '../../../shared/attribution/attribute.ts';
import { attributed } from '../../../shared/attribution/clicks.ts';
import { platforms } from '../../../shared/attribution/platforms/index.ts';
import { conversionRules, defaultConversionRules, toldAs } from '../../../shared/attribution/rules.ts';
import type { Form } from '../../../shared/lead/form.ts';

const platform = (name: string) => {
  const found = platforms.get(name);
  if (!found) throw new Error(`there is no platform ${name}`);
  return found;
};
const form = (clickIds: Record<string, string>, but: Partial<Form> = {}): Form => ({
  contact: { email: 'wang@example.com', phone: '+8613800138000' },
  source: { channel: 'web', clickIds, landingPage: `https://a.example/${Object.values(clickIds)[0]}` },
  ...but,
});
const day = (n: number) => `2026-11-0${n}T02:00:00.000Z`;
const noted = (whole: Form, ...posts: Form[]): Noted => ({
  leadId: 'lead',
  kind: 'won',
  at: day(9),
  form: whole,
  posts: posts.map((each, at) => ({ at: day(at + 1), form: each })),
});
const google = (of: Noted, rules = defaultConversionRules) => attribute(platform('google-ads'), [of], rules);

describe('a conversion', () => {
  it('is the last of the platform’s own clicks before it', () => {
    const [first, second, other] = [form({ gclid: 'g1' }), form({ gclid: 'g2' }), form({ msclkid: 'm' })];
    expect(google(noted(first, first, second, other)).conversions).toEqual([
      {
        leadId: 'lead',
        kind: 'won',
        at: day(9),
        name: 'Lead won',
        value: undefined,
        currency: 'CNY',
        clickIds: { gclid: 'g2' },
        clickedAt: day(2),
        landingPage: 'https://a.example/g2',
      },
    ]);
  });

  it('without a click of the platform’s is not the platform’s', () => {
    const other = form({ msclkid: 'm' });
    expect(google(noted(other, other))).toEqual({ conversions: [], withheld: 0 });
  });

  it('of who refused to be approached is withheld, and counted', () => {
    const refused = form({ gclid: 'g' }, { consent: { marketing: false } });
    expect(google(noted(refused, refused))).toEqual({ conversions: [], withheld: 1 });
  });

  it('tells who somebody is only of who agreed', () => {
    const silent = form({ gclid: 'g' });
    expect(google(noted(silent, silent)).conversions[0]).not.toHaveProperty('email');
    const agreed = form({ gclid: 'g' }, { consent: { marketing: true } });
    expect(google(noted(agreed, agreed)).conversions).toMatchObject([
      { email: 'wang@example.com', phone: '+8613800138000' },
    ]);
  });

  it('of a kind of which nobody is to be told is told to nobody, and not counted as withheld', () => {
    const refused = form({ gclid: 'g' }, { consent: { marketing: false } });
    expect(google({ ...noted(refused, refused), kind: 'qualified' })).toEqual({ conversions: [], withheld: 0 });
  });
});

describe('what a conversion is called', () => {
  const rules = conversionRules.parse({
    currency: 'USD',
    won: { name: 'Deal', value: 100, as: { baidu: '77' } },
    contacted: { name: 'Reached' },
  });

  it('is what the rules say for the platform, else its own name for it, else the rules’', () => {
    expect(toldAs(rules, 'baidu', 'won')).toEqual({ name: '77', value: 100, currency: 'USD' });
    expect(toldAs(rules, 'baidu', 'contacted')?.name).toBe('30');
    expect(toldAs(rules, 'google-ads', 'won')?.name).toBe('Deal');
    expect(toldAs(rules, 'unknown', 'won')?.name).toBe('Deal');
    expect(toldAs(rules, 'baidu', 'qualified')).toBeUndefined();
  });

  it.each([...platforms.values()].filter(({ names }) => names).map(({ name }) => name))(
    'has a name of its own at %s for each kind',
    (name) => {
      const { names = {} } = platform(name);
      expect(new Set(Object.values(names)).size).toBe(3);
    },
  );

  it('must be a number at Baidu, and worth no less than nothing', () => {
    for (const bad of [{ as: { baidu: 'won' } }, { as: { nobody: 'x' } }, { value: -1 }])
      expect(conversionRules.safeParse({ won: { name: 'x', ...bad } }).success).toBe(false);
    expect(conversionRules.safeParse({ currency: 'yuan' }).success).toBe(false);
  });
});

describe('where a visitor came from', () => {
  it('is nothing where nothing is said', () => {
    expect(attributed({})).toStrictEqual({});
    expect(attributed({ campaign: '', landingPage: 'no address', utm: {}, clickIds: {} })).toStrictEqual({});
    for (const landingPage of ['ftp://a.example/?gclid=x', 'xhttp://a.example/?gclid=x', 'httpsx://a/?gclid=x'])
      expect(attributed({ landingPage })).toStrictEqual({});
  });

  it('counts more where it is said by name than in the page’s address', () => {
    const landingPage = 'http://a.example/?gclid=page&utm_source=page&utm_=x&xutm_medium=x&other=y';
    expect(attributed({ landingPage, clickIds: { gclid: 'said', fbclid: '=1' } })).toEqual({
      clickIds: { gclid: 'said' },
      utm: { source: 'page' },
      landingPage: 'http://a.example/',
    });
  });

  it('is cut where it is too long to be words, and left out where it is too long to be a click', () => {
    const long = `https://a.example/?utm_Term=${'x'.repeat(400)}&gclid=${'y'.repeat(1001)}`;
    expect(attributed({ landingPage: long })).toEqual({
      utm: { term: 'x'.repeat(300) },
      landingPage: 'https://a.example/',
    });
  });
});
