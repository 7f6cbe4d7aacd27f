import { describe, expect, it } from 'vitest';
import { denialOf } from '../../../shared/understanding/negation.ts';

/** How a clause denies a word in it: by what, and whether that comes to a no. */
const denial = (text: string, word: string, but: string[] = []) => {
  const wordAt = (each: string) => {
    const start = 100 + text.indexOf(each);
    return { text: each, start, end: start + each.length };
  };
  const of = wordAt(word);
  const clause = { text, start: 100, end: 100 + text.length, isQuestion: false };
  return denialOf(of, clause, [of, ...but.map(wordAt)]);
};
const by = (text: string, word: string, but: string[] = []) => denial(text, word, but).by.map((each) => each.text);

describe('what denies a word', () => {
  it.each([
    ['不贵', '贵', ['不']],
    ['不太贵', '贵', ['不太']],
    ['不是特别贵', '贵', ['不是']],
    ['不会觉得贵', '贵', ['不会']],
    ['没有觉得你们的东西贵', '贵', ['没有']],
    ["it isn't that expensive", 'expensive', ["isn't"]],
    ['nobody here thinks it is expensive', 'expensive', ['nobody']],
    ['not expensive', 'expensive', ['not']],
    ['it can no more be expensive', 'expensive', ['no']],
    ['不会特别贵', '贵', ['不会']],
  ])('stands before it: %s', (text, word, words) => {
    expect(by(text, word)).toEqual(words);
    expect(denial(text, word).denied).toBe(true);
  });

  it.each([
    ['贵倒没有', '贵', ['倒没有']],
    ['贵谈不上', '贵', ['谈不上']],
    ['贵的情况不存在', '贵', ['的情况不存在']],
  ])('or after it: %s', (text, word, words) => expect(by(text, word)).toEqual(words));

  it('after it only where nothing does before', () => {
    expect(by('不贵倒没有', '贵')).toEqual(['不']);
    expect(by('贵的那个产品现在还没有', '贵')).toEqual([]);
  });

  it.each([
    ['不但贵', '贵'],
    ['差不多贵', '贵'],
    ['贵不贵', '贵'],
    ['有没有贵的', '贵'],
    ['没想到贵', '贵'],
    ['特别贵', '贵'],
    ['别人贵', '贵'],
    ['识别贵', '贵'],
    ['别提多贵', '贵'],
    ['未来贵', '贵'],
    ['无比贵', '贵'],
    ['not only expensive', 'expensive'],
    ['no doubt expensive', 'expensive'],
    ['why not expensive', 'expensive'],
    ['knot expensive', 'expensive'],
    ['notable and expensive', 'expensive'],
  ])('is nothing in what only looks like it: %s', (text, word) => expect(by(text, word)).toEqual([]));

  it('reaches as far as its kind does', () => {
    expect(by('不买因为贵', '贵')).toEqual([]);
    expect(by('没有人说过你们卖的东西贵', '贵')).toEqual(['没有人']);
    expect(by('没有人在任何地方说过你们卖的东西贵', '贵')).toEqual([]);
    expect(by('not a b c d e f g expensive', 'expensive')).toEqual(['not']);
    expect(by('not a b c d e f g h expensive', 'expensive')).toEqual([]);
  });

  it('is no part of other words that say something', () => {
    expect(by('不便宜的好用', '好用', ['不便宜'])).toEqual([]);
    expect(by('不是不满意', '满意', ['不是'])).toEqual(['不']);
  });

  it('is named with where it stands', () => {
    expect(denial('我说不贵', '贵').by).toEqual([{ text: '不', start: 102, end: 103 }]);
    expect(denial('贵谈不上', '贵').by).toEqual([{ text: '谈不上', start: 101, end: 104 }]);
  });
});

describe('what is denied twice', () => {
  it('is not denied; where there is none at all, it is a full yes', () => {
    expect(denial('不是不满意', '满意')).toMatchObject({ denied: false, isFullYes: false, by: [{}, {}] });
    expect(denial('没有不满意', '满意')).toMatchObject({ denied: false, isFullYes: true });
    expect(denial("nothing I don't like", 'like')).toMatchObject({ denied: false, isFullYes: true });
    expect(denial('没有满意', '满意')).toMatchObject({ denied: true, isFullYes: false });
  });

  it('and once more is denied', () => {
    expect(denial('没有人不是不满意', '满意')).toMatchObject({ denied: true, isFullYes: false });
  });
});
