import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmenterOf } from '../../../shared/platform/segmenter.ts';
import { isPartOfWord, wordsAt } from '../../../shared/understanding/segment.ts';

const cut = segmenterOf([]);
/** Whether a word, where it first stands in a text, is only a part of another. */
const isPart = (text: string, word: string): boolean => {
  const start = text.indexOf(word);
  return isPartOfWord({ text: word, start, end: start + word.length }, wordsAt(text, cut));
};

describe('text is cut into words', () => {
  it('that are the text, one after the other, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void expect(cut(text).join('')).toBe(text)));
  });

  it('with a company’s names whole, until it has others', () => {
    const text = '我们在看纷享销客和张伟的珠江新城';
    expect(cut(text)).toEqual(expect.arrayContaining(['纷', '享', '销', '客', '张', '伟', '珠江']));
    expect(segmenterOf(['纷享销客', '张伟', '珠江新城'])(text)).toEqual([
      ...['我们', '在', '看', '纷享销客', '和', '张伟', '的', '珠江新城'],
    ]);
    expect(segmenterOf(['珠江新城'])(text)).toEqual(expect.arrayContaining(['纷', '张', '珠江新城']));
  });
});

describe('a word', () => {
  it.each([
    ['我们在贵阳', '贵'],
    ['坐高铁来的', '高'],
    ['差旅费怎么报', '差'],
    ['满意度多少', '满意'],
    ['我们要专业版', '专业'],
    ['有风险投资进来', '风险'],
  ])('is only a part of another in %s: %s', (text, word) => expect(isPart(text, word)).toBe(true));

  it.each([
    ['老板嫌贵', '贵'],
    ['不贵', '贵'],
    ['年度预算没批', '预算'],
    ['服务不满意', '满意'],
    ['挺专业的', '专业'],
    ['this is 贵', '贵'],
  ])('says what it says in %s: %s', (text, word) => expect(isPart(text, word)).toBe(false));
});
