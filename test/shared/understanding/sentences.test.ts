import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentencesOf } from '../../../shared/understanding/sentences.ts';

const texts = (message: string) => sentencesOf(message).map(({ text }) => text);
const clauses = (message: string) => sentencesOf(message).flatMap((each) => each.clauses.map(({ text }) => text));
const asks = (message: string) => sentencesOf(message)[0]?.isQuestion;

describe('the sentences of a message', () => {
  it('end with a mark or a line, not with the point in a number or a name', () => {
    expect(texts('太贵了。能便宜吗？行！好;再说；')).toEqual(['太贵了。', '能便宜吗？', '行！', '好;', '再说；']);
    expect(texts('It costs 1.5k at example.com. Fine?! Yes...\nOk')).toEqual([
      'It costs 1.5k at example.com.',
      'Fine?!',
      'Yes...',
      'Ok',
    ]);
  });

  it('say something: marks alone are none', () => {
    expect(texts('...。 ! 😀\n-- ?')).toEqual([]);
    expect(texts('  7 ')).toEqual(['7']);
  });

  it('are where they stand in it, one after the other, and so are their clauses', () => {
    const piece = fc.constantFrom(
      '太贵了',
      ' ',
      '，',
      '。',
      '但是',
      'it’s dear',
      ' but ',
      ', ',
      '.',
      '\n',
      '5.5',
      '?',
      '吗',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const message = pieces.join('');
        const plain = message.replaceAll('’', "'");
        let last = 0;
        for (const sentence of sentencesOf(message)) {
          expect(sentence.start).toBeGreaterThanOrEqual(last);
          expect(plain.slice(sentence.start, sentence.end)).toBe(sentence.text);
          let from = sentence.start;
          for (const clause of sentence.clauses) {
            expect(clause.start).toBeGreaterThanOrEqual(from);
            expect(plain.slice(clause.start, clause.end)).toBe(clause.text);
            expect(clause.text).toBe(clause.text.trim());
            from = clause.end;
          }
          expect(from).toBeLessThanOrEqual(sentence.end);
          last = sentence.end;
        }
      }),
    );
  });
});

describe('the clauses of a sentence', () => {
  it('go from one pause or turn to the next', () => {
    expect(clauses('功能不错，但是价格贵：超预算')).toEqual(['功能不错', '价格贵', '超预算']);
    expect(clauses('虽然好用、可是贵—不过可以谈')).toEqual(['好用', '贵', '可以谈']);
    expect(clauses("It's good but dear, however we like it so we buy and then pay")).toEqual([
      "It's good",
      'dear',
      'we like it',
      'we buy',
      'pay',
    ]);
    expect(clauses('I like it because it works, although slowly')).toEqual(['I like it', 'it works', 'slowly']);
  });

  it('do not end within a word, nor where nothing turns', () => {
    expect(clauses('The butter is so good and sound')).toEqual(['The butter is so good and sound']);
    expect(clauses('就是说贵')).toEqual(['就是说贵']);
    expect(clauses('我就是老板')).toEqual(['我就是老板']);
  });

  it('are cut where nobody pauses', () => {
    const long = clauses('贵'.repeat(450));
    expect(long.map(({ length }) => length)).toEqual([200, 200, 50]);
    expect(clauses('贵'.repeat(200))).toHaveLength(1);
  });
});

describe('a question', () => {
  it.each([
    '贵吗',
    '贵么?',
    '怎么卖',
    '什么时候上线',
    '多少钱',
    '为什么',
    '哪家便宜',
    '谁来定',
    '是否含税',
    '贵不贵',
    '有没有试用',
    '能不能便宜',
    '价格是?',
  ])('is asked: %s', (text) => expect(asks(text)).toBe(true));
  it.each(['贵', '不怎么贵', '没什么问题', '谁都知道', '什么也没有', '我要买', '没多少'])('is not asked: %s', (text) =>
    expect(asks(text)).toBe(false),
  );
  it.each([
    'is it dear',
    'So do you have it',
    "isn't that much",
    'what does it cost',
    'how about Friday',
    'how much',
    'when can you start',
    "what's the price",
    'why',
    'any discount?',
    'and could we pay later',
    'who is it',
  ])('is asked: %s', (text) => expect(asks(text)).toBe(true));
  it.each([
    'it is dear',
    'what we need is time',
    'this does it',
    'the answer is how we do it',
    'we know what to do',
    'any discount',
  ])('is not asked: %s', (text) => expect(asks(text)).toBe(false));

  it('asked only in its tag, asks nothing of what is said before', () => {
    for (const text of ["It isn't cheap, is it?", "It's dear, right?", '挺贵的,对吧?', '有点贵，是不是'])
      expect(asks(text), text).toBe(false);
    expect(asks('贵吗,对吧?')).toBe(true);
  });

  it('makes one of its sentence, wherever in it it is asked', () => {
    expect(asks('我想问一下,多少钱,谢谢')).toBe(true);
    expect(sentencesOf('我想问一下,多少钱,谢谢')[0]?.clauses.map(({ isQuestion }) => isQuestion)).toEqual([
      false,
      true,
      false,
    ]);
  });
});
