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
});
