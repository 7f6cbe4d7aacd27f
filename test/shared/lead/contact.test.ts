import { describe, expect, it } from 'vitest';
import { contactKeys } from '../../../shared/lead/contact.ts';
import { normalisePhone } from '../../../shared/lead/phone.ts';

describe('recognising a person', () => {
  it.each([
    '13800138000',
    '+8613800138000',
    '+86 138 0013 8000',
    '0086-138-0013-8000',
    '86 13800138000',
    '(+86)138-00138000',
    '+86138００138000',
  ])('reads %s as one and the same phone', (text) => expect(normalisePhone(text)).toBe('+8613800138000'));

  it.each(['not-a-phone', '123', '', '+86', '138001380001380013800'])('takes %j for no phone', (text) => {
    expect(normalisePhone(text)).toBeUndefined();
  });

  it('keeps the country of a foreign number', () => {
    expect(normalisePhone('+1 415 555 2671')).toBe('+14155552671');
  });

  it('knows people by phone, e-mail and WeChat, however the latter are written, and shows none of them', () => {
    const keys = contactKeys({ phone: '+8613800138000', email: 'Wang@Example.com ', wechat: 'WF88' });
    expect(keys).toEqual(contactKeys({ phone: '+8613800138000', email: 'wang@example.com', wechat: 'wf88' }));
    expect(keys).toHaveLength(3);
    expect(keys.join()).not.toMatch(/138|wang|wf88/);
  });
});
