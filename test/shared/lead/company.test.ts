import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { companyKey, contactKeys } from '../../../shared/lead/contact.ts';

describe('a company', () => {
  it.each([
    ['苏州精工有限公司', '苏州精工'],
    ['苏州精工股份有限公司', '苏州精工'],
    ['苏州精工(集团)有限责任公司', '苏州精工'],
    [' Acme Co., Ltd. ', 'acme'],
    ['ACME LIMITED', 'Acme Inc.'],
    ['Müller & Söhne GmbH', 'Müller Söhne'],
    ['ACME', 'acme'],
    ['A-C-M-E', 'acme'],
    ['Acme Co., Limited', 'Acme Pte. Ltd.'],
    ['苏州精工Co.,Ltd', '苏州精工'],
    ['苏州精工有限公司上海分公司', '苏州精工上海分公司'],
    ['360公司', '360'],
  ])('%s is %s', (one, other) => {
    expect(companyKey(one)).toBe(companyKey(other));
    expect(companyKey(one)).toMatch(/^[0-9a-f]{40}$/);
  });

  it.each([
    ['苏州精工', '苏州精密'],
    ['Incorporate', 'orporate'],
    ['Agile', 'ile'],
    ['公司0', 'Company 0'],
    ['A公司', 'A Inc.'],
    ['Inc. 12', '12集团'],
    ['公司宝科技有限公司', '宝科技有限公司'],
    ['Limited Brands', 'Brands Inc.'],
    ['AG Barr plc', 'Barr'],
    ['Éag', 'É Ltd'],
  ])('%s is not %s', (one, other) => expect(companyKey(one)).not.toBe(companyKey(other)));

  it('called by its legal form alone is still known by it', () => {
    expect(companyKey('有限公司')).toMatch(/^[0-9a-f]{40}$/);
    expect(companyKey('有限公司')).not.toBe(companyKey('集团公司'));
  });

  it.each([undefined, '', '  ', '——', '...'])('is not known by %j', (name) => expect(companyKey(name)).toBeUndefined());
});

describe('a person’s keys', () => {
  it('are one each for what is known of them, and none for what is not', () => {
    expect(contactKeys({ name: '王芳' })).toEqual([]);
    expect(contactKeys({ phone: '', email: '', wechat: '' })).toEqual([]);
    const whole = { phone: '+8613800138000', email: 'wang@example.com', wechat: 'wf88' };
    const keys = contactKeys(whole);
    expect([
      ...contactKeys({ phone: whole.phone }),
      ...contactKeys({ email: whole.email }),
      ...contactKeys({ wechat: whole.wechat }),
    ]).toEqual(keys);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{40}$/);
  });

  it('never take a WeChat id for an e-mail or a phone', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).map((text) => `x${text}`),
        (text) => {
          const [[phone], [email], [wechat]] = [
            contactKeys({ phone: text }),
            contactKeys({ email: text }),
            contactKeys({ wechat: text }),
          ];
          expect(new Set([phone, email, wechat]).size).toBe(3);
        },
      ),
    );
  });
});
