import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadFormula, formula } from '../../../shared/appraisal/formula.ts';

const known = new Set(['won', 'closed', 'days']);
const of = (text: string, values: Record<string, number> = { won: 3, closed: 12, days: 20 }) =>
  formula(text, known).value(values);

describe('a formula', () => {
  it('is reckoned as one reads it', () => {
    expect(of('won / closed')).toBe(0.25);
    expect(of('1 + 2 * 3 - 4 / 2')).toBe(5);
    expect(of('-(won - 5) * 2')).toBe(4);
    expect(of('won > 2 && closed < 20 ? max(won, closed) : 0')).toBe(12);
    expect(of('min(won, 2) + abs(won - closed)')).toBe(11);
    expect(formula('won / closed * won', known).names).toEqual(['won', 'closed']);
  });

  it.each([
    ['won < 3', 0],
    ['won < 4', 1],
    ['won <= 3', 1],
    ['won <= 2', 0],
    ['won > 3', 0],
    ['won > 2', 1],
    ['won >= 3', 1],
    ['won >= 4', 0],
    ['won == 3', 1],
    ['won == 4', 0],
    ['won > 2 && closed > 2', 1],
    ['won > 3 && closed > 2', 0],
    ['won > 2 && closed > 99', 0],
    ['won > 2 || closed > 99', 1],
    ['won > 3 || closed > 2', 1],
    ['won > 3 || closed > 99', 0],
  ])('is yes (1) or no (0): %s is %d', (text, value) => expect(of(text)).toBe(value));

  it.each([
    'won / closed < 1',
    '1 > won / closed',
    'won / closed > 1',
    'max(1, won / closed)',
    'won / closed ? 1 : 2',
    '-(won / closed) < 1',
  ])('asks nothing of what there is not: %s', (text) =>
    expect(of(text, { won: 3, closed: 0, days: 0 })).toBeUndefined(),
  );

  it('may divide by what is zero at times', () => {
    expect(of('won / (won > 500)', { won: 501, closed: 1, days: 1 })).toBe(501);
    expect(of('closed / (won > 500)')).toBeUndefined();
  });

  it('says nothing where there is nothing to divide by, and never infinity', () => {
    expect(of('won / closed', { won: 3, closed: 0, days: 0 })).toBeUndefined();
    expect(of('1 + won / closed', { won: 3, closed: 0, days: 0 })).toBeUndefined();
    expect(of('closed > 0 ? won / closed : 0', { won: 3, closed: 0, days: 0 })).toBe(0);
    expect(of('won * 1e308 * 10')).toBeUndefined();
  });

  it('that names no fact, divides by zero or is none is refused with what is wrong', () => {
    for (const [text, why] of [
      ['wonn / closed', 'there is no fact wonn'],
      ['won / 0', 'divides by zero'],
      ['won / (closed - closed)', 'divides by zero'],
      ['won / (0 * days)', 'divides by zero'],
      ['won +', 'Expected expression'],
      ['won closed', 'is not one formula'],
      ['won; closed', 'is not one formula'],
      ['', 'is not one formula'],
      ["'a' + won", 'is not a number'],
      ['sqrt(won)', 'there is no function sqrt'],
      ['abs(won, 2)', 'too few or many'],
      ['max()', 'too few or many'],
      ['this', 'ThisExpression is no part'],
      ['won % 2', '% is no part'],
      ['!won', '! is no part'],
    ])
      expect(() => formula(text ?? '', known), text).toThrow(why);
    expect(() => formula(`${'('.repeat(60)}won${')'.repeat(60)}`, known)).not.toThrow();
    expect(() => formula(`won${'+won'.repeat(40)}`, known)).not.toThrow();
    expect(() => formula(`won${'+won'.repeat(41)}`, known)).toThrow('too deeply');
  });

  it('reaches nothing but numbers: no property, no constructor, no code', () => {
    for (const text of [
      'won.constructor',
      "won['constructor']",
      'constructor',
      '__proto__',
      'this',
      'toString()',
      'won.constructor("return process")()',
      'won = 3',
      '(() => 1)()',
      'max.constructor("return 1")()',
      '[won]',
      '`won`',
    ])
      expect(() => formula(text, known), text).toThrow(BadFormula);
  });

  it('of any text is a number, nothing, or refused', () => {
    const piece = fc.constantFrom(
      'won',
      'closed',
      'days',
      '1',
      '0',
      '+',
      '-',
      '*',
      '/',
      '(',
      ')',
      '?',
      ':',
      ',',
      'max',
      '.',
      ' ',
      '<',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 40 }),
          fc.array(piece, { maxLength: 14 }).map((all) => all.join('')),
        ),
        (text) => {
          try {
            const value = of(text);
            expect(value === undefined || Number.isFinite(value)).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(BadFormula);
          }
        },
      ),
    );
  });
});
