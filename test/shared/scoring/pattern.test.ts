import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_TEXT, refusePattern, toRegExp } from '../../../shared/scoring/pattern.ts';

describe('a pattern', () => {
  it.each([
    '(a+)+$',
    '^(a|a)*$',
    '.*.*.*x',
    '(\\w+\\s?)*$',
    '(a?){30}a{30}',
    'a?'.repeat(25),
    '(x{1,100}){1,9}',
    '([a-z]+)*@',
    '(a?)*b',
    '(|a)+b',
    '(^)+a',
    '(a*){2}b',
    '.*a.*b.*c',
    '^x|.*.*.*y',
  ])('that may take for ever is refused: %s', (pattern) => expect(refusePattern(pattern)).toMatch(/refused/));
  it.each(['(?=a)b', '(a)\\1', '(?<year>\\d)', '[', 'x'.repeat(201)])('of another kind is refused: %s', (pattern) =>
    expect(refusePattern(pattern)).toBeDefined(),
  );
  it.each([
    '^spring-\\d{4}$',
    '苏州|无锡',
    '[a-z.]+@example\\.com',
    '(foo|bar)baz?',
    '\\p{Script=Han}{2,4}',
    '(ab)*c',
    '^.*a.*b.*c',
    '(a?)?b',
    '[\\]|]{2,3}x',
    'x'.repeat(200),
    'a{3}b{2,}',
    '\\u{1F600}+',
  ])('as people write them is taken: %s', (pattern) => expect(refusePattern(pattern)).toBeUndefined());
  it('that is taken tries no text in more ways than are allowed', () => {
    const atom = fc.constantFrom('a', '.', '[ab]', '(a|b)', '(a)', '\\w');
    const times = fc.constantFrom('', '?', '*', '+', '{2}', '{0,3}', '{2,}');
    const nested = fc.tuple(fc.array(fc.tuple(atom, times), { minLength: 1, maxLength: 4 }), times);
    fc.assert(
      fc.property(fc.array(nested, { minLength: 1, maxLength: 3 }), (parts) => {
        const pattern = parts.map(([of, outer]) => `(${of.map((each) => each.join('')).join('')})${outer}`).join('');
        fc.pre(refusePattern(`${pattern}!`) === undefined);
        expect(toRegExp(`${pattern}!`).test('a'.repeat(LONGEST_TEXT))).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});
