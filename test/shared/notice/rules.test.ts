import { describe, expect, it } from 'vitest';
import { noticeRules } from '../../../shared/notice/rules.ts';
import { placesIn } from '../../../shared/notice/template.ts';

const wrong = (rules: object): string[] =>
  noticeRules.safeParse({ admins: ['wecom'], ...rules }).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('the rules of notices', () => {
  it('need an address as soon as the admins are told by e-mail', () => {
    expect(wrong({ admins: ['email'] })).toEqual(['adminEmail']);
    expect(wrong({ adminsInstead: ['email'] })).toEqual(['adminEmail']);
    expect(wrong({ admins: ['email'], adminEmail: 'ops@example.com' })).toEqual([]);
    expect(wrong({})).toEqual([]);
    expect(wrong({ admins: ['wecom', 'wecom'] })).toEqual(['admins']);
  });

  it('take only places in words that the kind of message has', () => {
    const words = (text: string) => ({ templates: { en: { 'lead-assigned': { title: 'x', text } } } });
    expect(wrong(words('no place'))).toEqual([]);
    expect(wrong(words('{nothing} and {no}'))).toEqual([
      'templates.en.lead-assigned.text',
      'templates.en.lead-assigned.text',
    ]);
    expect(placesIn('{one} two {three}')).toEqual(['one', 'three']);
  });
});
