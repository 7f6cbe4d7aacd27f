import { describe, expect, it } from 'vitest';
import { marksOf } from '../../../shared/person/marks.ts';

const holds = marksOf([{ name: '王芳', phone: '+8613912340077', email: 'wang.fang@example.com', wechat: 'wf88' }]);

describe('a person in a text', () => {
  it('is found by phone, however it is written, and by e-mail, also in a form’s body', () => {
    for (const text of [
      '{"phone":"13912340077"}',
      '+86 139 1234 0077',
      'tel=139-1234-0077&x=1',
      '8613912340077',
      'Wang.Fang@Example.com',
      'email=wang.fang%40example.com',
    ])
      expect([text, holds(text)]).toEqual([text, true]);
  });

  it('is not found in others’ numbers and addresses, nor by what is too short to tell', () => {
    for (const text of [
      '139123400771',
      '9913912340077',
      'xwang.fang@example.com',
      'wf88',
      '王芳',
      'wangXfang@example.com',
    ])
      expect([text, holds(text)]).toEqual([text, false]);
    expect(marksOf([{}])('anything')).toBe(false);
  });

  it('is found by a WeChat id of five characters, in a form’s body with spaces, and where a % is no code', () => {
    const byWechat = marksOf([{ wechat: 'wf.88' }]);
    expect(byWechat('加我 wf.88')).toBe(true);
    expect(byWechat('wfx88')).toBe(false);
    expect(holds('tel=139+1234+0077')).toBe(true);
    expect(holds('100% 13912340077')).toBe(true);
    expect(holds('50%')).toBe(false);
  });

  it('is found by any one of what they gave', () => {
    expect(marksOf([{ email: 'a@b.c' }, { phone: '12345' }])('12-345')).toBe(true);
    expect(marksOf([{ phone: '12345' }])('a@b.c')).toBe(false);
    expect(marksOf([{ phone: '1234' }])('1234')).toBe(false);
    expect(marksOf([{ name: '王芳' }])('Stryker was here')).toBe(false);
    expect(marksOf([{ email: 'wang@example.com' }])('Stryker was here')).toBe(false);
  });

  it('behind a switchboard is found with their own extension, and never by another’s or without', () => {
    const behind = marksOf([{ phone: '+8651267891234;ext=801' }]);
    const switchboard = marksOf([{ phone: '+8651267891234' }]);
    for (const text of ['0512-67891234-801', '(0512) 67891234 分机801', '051267891234x801', '+8651267891234;ext=801'])
      expect([text, behind(text), switchboard(text)]).toEqual([text, true, false]);
    for (const text of ['0512-67891234', '"tel":"051267891234","n":5', '0512-67891234,3'])
      expect([text, behind(text), switchboard(text)]).toEqual([text, false, true]);
    for (const text of ['0512-67891234-802', '0512-67891234-8012'])
      expect([text, behind(text), switchboard(text)]).toEqual([text, false, false]);
  });
});
