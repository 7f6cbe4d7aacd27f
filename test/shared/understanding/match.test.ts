import { describe, expect, it } from 'vitest';
import { hitsIn, type Lexicon } from '../../../shared/understanding/match.ts';
import type { Sense } from '../../../shared/understanding/topics.ts';

const word = (sense: Sense, source: string, own = false): Lexicon[number] => ({
  sense,
  pattern: new RegExp(source, 'gi'),
  own,
});
const hits = (text: string, ...lexicon: Lexicon[number][]) =>
  hitsIn({ text, start: 0, end: text.length, isQuestion: false }, lexicon, (each) => [...each]).map(
    ({ sense, text: said }) => [sense, said],
  );
/** What remains of a sense in `abcd` and another in the `bc` within. */
const within = (longer: Sense, shorter: Sense) =>
  hits('abcd', word(shorter, 'bc'), word(longer, 'abcd')).map(([sense]) => sense);

describe('of words within longer ones', () => {
  it.each([
    ['dear', 'cheap'],
    ['nothing', 'decides'],
    ['nothing', 'rival'],
    ['decides', 'nothing'],
    ['decides', 'wants'],
    ['wants', 'soon'],
    ['budget', 'praise'],
    ['soon', 'praise'],
    ['praise', 'soon'],
  ] as [Sense, Sense][])('the longer alone counts: %s, %s', (longer, shorter) =>
    expect(within(longer, shorter)).toEqual([longer]),
  );
  it.each([
    ['rival', 'dear'],
    ['praise', 'rivals'],
    ['decides', 'dear'],
    ['dear', 'defers'],
    ['budget', 'soon'],
    ['soon', 'unfunded'],
  ] as [Sense, Sense][])('both count where they are about different things: %s, %s', (longer, shorter) =>
    expect(within(longer, shorter)).toEqual([longer, shorter]),
  );
  it.each([
    ['wants', 'budget'],
    ['pain', 'dear'],
    ['wishes', 'decides'],
  ] as [Sense, Sense][])('a need of money, a price or somebody’s leave is none: %s, %s', (longer, shorter) =>
    expect(within(longer, shorter)).toEqual([shorter]),
  );
});

describe('words', () => {
  it('beside each other all count, in order', () => {
    expect(hits('abcd', word('cheap', 'cd'), word('dear', 'ab'))).toEqual([
      ['dear', 'ab'],
      ['cheap', 'cd'],
    ]);
    expect(hits('abab', word('dear', 'ab'))).toHaveLength(2);
  });

  it('of a company count before longer ones of others', () => {
    expect(hits('abcd', word('praise', 'abcd'), word('dear', 'bc', true))).toEqual([['dear', 'bc']]);
    expect(hits('abcd', word('rival', 'abcd'), word('dear', 'bc', true))).toEqual([['dear', 'bc']]);
  });

  it('of the same length count by where they stand', () => {
    expect(hits('abc', word('dear', 'bc'), word('cheap', 'ab'))).toEqual([['cheap', 'ab']]);
  });

  it('that match nothing are none', () => {
    expect(hits('abc', word('dear', 'x*'))).toEqual([]);
  });

  it('stand where they do in the message', () => {
    const clause = { text: '很贵', start: 7, end: 9, isQuestion: false };
    expect(hitsIn(clause, [word('dear', '贵')], (text) => [...text])).toEqual([
      { sense: 'dear', text: '贵', start: 8, end: 9 },
    ]);
    expect(hitsIn({ ...clause, text: '去贵阳' }, [word('dear', '贵')], () => ['去', '贵阳'])).toEqual([]);
    expect(hitsIn({ ...clause, text: '去贵阳' }, [word('dear', '贵', true)], () => ['去', '贵阳'])).toHaveLength(1);
  });
});
