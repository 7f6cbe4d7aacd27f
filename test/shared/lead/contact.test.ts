import { describe, expect, it } from 'vitest';
import { contactKeys, ownPhone } from '../../../shared/lead/contact.ts';
import { normalisePhone, normaliseTextable } from '../../../shared/lead/phone.ts';

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

  it.each([
    '0512-67891234-801',
    '0512-67891234*801',
    '0512-67891234转801',
    '0512-67891234 转分机：801',
    '0512-67891234（转801）',
    '(0512) 67891234 分机801',
    '０５１２－６７８９１２３４－８０１',
    '+86 512 6789 1234 ext. 801',
    '051267891234x801',
    '+8651267891234;ext=801',
  ])('reads %s as an extension of a switchboard', (text) =>
    expect(normalisePhone(text)).toBe('+8651267891234;ext=801'),
  );

  it.each([
    ['0512-6789-1234', '+8651267891234'],
    ['138-0013-8000', '+8613800138000'],
    ['+49 89 1234567-12', '+4989123456712'],
    ['010-62345678-0801', '+861062345678;ext=0801'],
    ['13800138000-1', '+8613800138000;ext=1'],
    ['+86 138 0013 8000 - 12', '+8613800138000;ext=12'],
    ['400-820-8820-1', '+864008208820;ext=1'],
    ['010-62345678-1', '+861062345678;ext=1'],
    ['0755-12345678-12', '+8675512345678;ext=12'],
    ['010-6234-5678', '+861062345678'],
    ['+86-755-1234-5678', '+8675512345678'],
    ['400-820-8820', '+864008208820'],
    ['4008-208-820', '+864008208820'],
    ['13800138000;13900139000', undefined],
    ['13800138000-13900139000', undefined],
    ['0512-67891234-67891235', undefined],
    ['0512-67891234-801-2', undefined],
    [`0512-67891234${' '.repeat(100_000)}x`, undefined],
  ])('takes no more than an extension for one: %s', (text, expected) => expect(normalisePhone(text)).toBe(expected));

  it.each(['13800138000.0', '8613800138000.00', '+8613800138000.0'])(
    'reads %s, as a spreadsheet has it, for what it was',
    (text) => expect(normalisePhone(text)).toBe('+8613800138000'),
  );

  it('knows two extensions of a switchboard, and the switchboard itself, for different people', () => {
    const phones = ['+8651267891234;ext=801', '+8651267891234;ext=802', '+8651267891234'];
    expect(new Set(phones.flatMap((phone) => contactKeys({ phone }))).size).toBe(3);
    expect(phones.map((phone) => ownPhone({ phone }))).toEqual([undefined, undefined, '+8651267891234']);
    expect(normaliseTextable('0512-67891234-801')).toBeUndefined();
    expect(normaliseTextable('138 0013 8000')).toBe('+8613800138000');
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
