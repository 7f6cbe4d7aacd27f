import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attribute } from '../../../shared/attribution/attribute.ts';
import { adIds, attributed } from '../../../shared/attribution/clicks.ts';
import { conversionKinds } from '../../../shared/attribution/conversion.ts';
import { platforms } from '../../../shared/attribution/platforms/index.ts';
import { defaultConversionRules } from '../../../shared/attribution/rules.ts';
import { companyKey, contactKeys } from '../../../shared/lead/contact.ts';
import type { Form } from '../../../shared/lead/form.ts';
import { normalisePhone } from '../../../shared/lead/phone.ts';
import { webFormWith } from '../../../shared/lead/web-form.ts';

describe('where a visitor came from', () => {
  it('is read off the landing page, of which no query is kept', () => {
    expect(
      attributed({
        campaign: 'spring',
        utm: { source: 'said' },
        landingPage: 'https://a.example/x?utm_source=page&utm_medium=cpc&GCLID=Cj0&msclkid=m-1&token=secret#fragment',
      }),
    ).toEqual({
      campaign: 'spring',
      utm: { source: 'said', medium: 'cpc' },
      clickIds: { gclid: 'Cj0', msclkid: 'm-1' },
      landingPage: 'https://a.example/x',
    });
  });

  it('is whatever is left of any text: no other names, no formulas, no prototypes', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom('=1+1', '+1', '@x', '-1'));
    const name = fc.oneof(fc.string(), fc.constantFrom('gclid', '__proto__', 'utm___proto__', 'utm_constructor'));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), fc.string(), (query, rest) => {
        const landingPage = `https://a.example/?${new URLSearchParams(query)}${rest}`;
        const found = attributed({ landingPage });
        expect(Object.keys(found.clickIds ?? {}).every((key) => key in { gclid: 1 } || /^[a-z_]+$/.test(key))).toBe(
          true,
        );
        for (const id of Object.values(found.clickIds ?? {})) expect(id).toMatch(/^\w/);
        for (const key of Object.keys(found.utm ?? {})) expect(key in Object.prototype).toBe(false);
        expect(found.landingPage ?? '').not.toContain('?');
      }),
    );
    expect(attributed({ landingPage: 'javascript:alert(1)' })).toEqual({});
  });
});

describe('the ids by which a platform knows a post again', () => {
  it('are its clicks, and for Meta the form that was filled in there; never a formula', () => {
    expect(adIds({ channel: 'web', externalId: '555', clickIds: { gclid: 'g', fbclid: '=1+1' } })).toEqual({
      gclid: 'g',
    });
    expect(adIds({ channel: 'meta', externalId: '555' })).toEqual({ leadgen_id: '555' });
    expect(adIds({ channel: 'meta', externalId: 'no number' })).toEqual({});
  });

  it('go back to Meta as the number that they were', () => {
    const form: Form = { contact: {}, source: { channel: 'meta', externalId: '1234567890123456' } };
    const at = '2026-11-01T02:00:00.000Z';
    const noted = { leadId: 'l', kind: 'won' as const, at, form, posts: [{ at, form }] };
    const meta = platforms.get('meta');
    if (!meta) throw new Error('there is no such platform');
    const { conversions } = attribute(meta, [noted], defaultConversionRules);
    expect(JSON.parse(meta.write(conversions)).data).toMatchObject([{ user_data: { lead_id: 1234567890123456 } }]);
    const google = platforms.get('google-ads');
    if (!google) throw new Error('there is no such platform');
    expect(attribute(google, [noted], defaultConversionRules).conversions).toEqual([]);
  });
});

describe('what a platform is told', () => {
  it('is well formed whatever was posted', () => {
    const id = fc.stringMatching(/^\w[\w.-]{0,20}$/);
    fc.assert(
      fc.property(
        fc.constantFrom(...platforms.values()),
        fc.array(
          fc.record({ id, kind: fc.constantFrom(...conversionKinds), name: fc.string(), email: fc.emailAddress() }),
        ),
        (platform, drawn) => {
          const text = platform.write(
            drawn.map(({ id: click, kind, name, email }) => ({
              leadId: click,
              kind,
              at: '2026-11-01T02:00:00.000Z',
              name,
              currency: 'CNY',
              clickIds: Object.fromEntries(platform.clickIds.map((each) => [each, click])),
              clickedAt: '2026-11-01T02:00:00.000Z',
              email,
              phone: '+8613800138000',
            })),
          );
          expect(text).not.toContain('13800138000');
          if (drawn.every(({ name }) => !name.includes(drawn[0]?.email ?? ''))) {
            for (const { email } of drawn) expect(text).not.toContain(email);
          }
          if (platform.type === 'application/json') expect(() => JSON.parse(text)).not.toThrow();
        },
      ),
    );
  });
});

describe('how a person and a company are known', () => {
  it.each([
    '13800138000',
    '+86 13800138000',
    '８６-138-0013-8000',
    '０１３８００１３８０００',
    '0086 13800138000',
    '(+86) 138 0013 8000',
  ])('reads %s as one phone', (phone) => expect(normalisePhone(phone)).toBe('+8613800138000'));

  it('reads a full-width e-mail as the same', () => {
    const form = webFormWith(normalisePhone);
    const keys = ['wang@example.com', 'ＷＡＮＧ＠ｅｘａｍｐｌｅ．ｃｏｍ'].map((email) =>
      contactKeys(form.parse({ contact: { email } }).contact),
    );
    expect(keys[0]).toEqual(keys[1]);
  });

  it.each([
    ['苏州精工有限公司', ' 苏州精工 '],
    ['苏州精工股份有限公司', '苏州精工 Co., Ltd.'],
    ['ＡＣＭＥ　Ｉｎｃ．', 'acme'],
  ])('takes %s and %s for one company', (one, other) => expect(companyKey(one)).toBe(companyKey(other)));
});
