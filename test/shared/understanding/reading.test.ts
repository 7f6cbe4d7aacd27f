import { describe, expect, it } from 'vitest';
import { hitsIn, lexiconOf } from '../../../shared/understanding/match.ts';
import { readingOf } from '../../../shared/understanding/reading.ts';
import { understandingRules } from '../../../shared/understanding/rules.ts';
import { sentencesOf } from '../../../shared/understanding/sentences.ts';

const rules = understandingRules.parse({
  competitors: ['极云', 'Acme', 'C++ Soft'],
  products: ['便宜云'],
  words: { need: ['报工'], objection: ['卡顿'] },
});
/** Of rules that were not read before. */
const fresh = () => lexiconOf({ ...rules });
/** Each character by itself: no word is part of another. */
const cut = (text: string) => [...text];
const found = (text: string) =>
  sentencesOf(text).flatMap((sentence, index) => readingOf({ sentence, index }, fresh(), cut));
const about = (text: string) =>
  found(text).map(({ topic, stance }) => (stance === undefined ? topic : `${topic}: ${stance}`));
const hits = (text: string) => {
  const [clause] = sentencesOf(text)[0]?.clauses ?? [];
  return clause ? hitsIn(clause, fresh(), cut).map((hit) => [hit.sense, hit.text]) : [];
};

describe('what is said of a competitor', () => {
  it.each([
    ['极云便宜', ['competitor', 'price-sensitivity']],
    ['极云不便宜', ['competitor']],
    ['极云贵', ['competitor']],
    ['极云很好用', ['competitor']],
    ['极云比你们好用', ['competitor', 'objection']],
    ['现在用的极云很好用', ['competitor', 'objection: refusal']],
    ['现在用的极云不好用', ['competitor', 'need']],
    ['极云不好用', ['competitor']],
    ['极云比你们贵', ['competitor']],
    ['现在用的极云不太满意', ['competitor', 'need']],
    ['极云不太满意', ['competitor']],
    ['现在用的极云太慢', ['competitor', 'need']],
    ['极云太慢', ['competitor']],
    ['Acme is better and easy to use', ['competitor', 'objection']],
  ])('says of us what follows from it: %s', (text, topics) => expect(about(text)).toEqual(topics));

  it.each([
    ['你们比极云贵', ['price-sensitivity', 'competitor']],
    ['跟极云相比你们好用', ['competitor', 'satisfaction']],
    ['极云贵，你们好用', ['competitor', 'satisfaction']],
    ['你们好用，极云贵', ['satisfaction', 'competitor']],
    ['极云不错，但是太慢', ['competitor']],
  ])('is not said of us, nor what is said of us of them: %s', (text, topics) =>
    expect(about(text).sort()).toEqual([...topics].sort()),
  );

  it('does not make others of what we refuse', () => {
    expect(about('我们已经用极云了，不需要')).toContain('objection: refusal');
  });
});

describe('what is asked, and what others say', () => {
  it('is marked so', () => {
    expect(found('有预算吗')).toMatchObject([{ topic: 'budget', asked: true }]);
    expect(found('有预算')).not.toMatchObject([{ asked: true }]);
    expect(found('听说你们太贵')).toMatchObject([{ topic: 'price-sensitivity', hearsay: true }]);
    expect(found('你们太贵')[0]).not.toHaveProperty('hearsay');
    expect(found('不满意')[0]?.negatedBy?.map(({ text }) => text)).toEqual(['不']);
    expect(found('满意')[0]).not.toHaveProperty('negatedBy');
  });

  it.each([
    ['听说你们好用', []],
    ['听说你们不好用', ['objection']],
    ['好用吗', []],
    ['为什么这么贵', ['price-sensitivity']],
    ['难道不满意吗', ['satisfaction']],
  ])('counts as far as it says something: %s', (text, topics) => expect(about(text)).toEqual(topics));
});

describe('when', () => {
  it('is no plan where it is past', () => {
    expect(about('我们下个月上线')).toEqual(['timing: soon']);
    expect(about('我们去年上线的')).toEqual([]);
    expect(about('we went live last month')).toEqual([]);
  });
});

describe('a topic', () => {
  it('is told once in a sentence, with all the words that it stands on, and the first stance that is known', () => {
    const [budget, ...others] = found('预算多少,预算三十万');
    expect(others.filter(({ topic }) => topic === 'budget')).toEqual([]);
    expect(budget?.words.length).toBeGreaterThan(1);
    expect(found('太贵了。太贵了').map(({ sentence }) => sentence)).toEqual([0, 1]);
  });
});

describe('the words of a company', () => {
  it('are found whatever is in them, as words of their own', () => {
    expect(hits('我们用 c++ soft')).toContainEqual(['rival', 'c++ soft']);
    expect(hits('we had acme before')).toContainEqual(['rival', 'acme']);
    expect(hits('the acmes were good')).not.toContainEqual(['rival', 'acme']);
    expect(hits('我们在看极云的东西')).toContainEqual(['rival', '极云']);
  });

  it('come before all that is known, and their products say nothing', () => {
    expect(hits('便宜云')).toEqual([['nothing', '便宜云']]);
    expect(about('便宜云')).toEqual([]);
    expect(about('报工')).toEqual(['need']);
    expect(about('卡顿')).toEqual(['objection']);
    expect(about('不卡顿')).toEqual([]);
  });

  it('are read once for all texts', () => {
    expect(lexiconOf(rules)).toBe(lexiconOf(rules));
    expect(fresh()).not.toBe(lexiconOf(rules));
  });
});

describe('of words that overlap', () => {
  it('the longest says what is meant, and all are told in order', () => {
    expect(hits('老板嫌贵').map(([sense]) => sense)).toEqual(['defers', 'dear']);
    for (const text of ['我们需要便宜点', '没有专门的预算', 'we need a discount', '预算太贵但便宜'])
      expect(hits(text).map(([, words]) => text.indexOf(words ?? ''))).toEqual(
        hits(text)
          .map(([, words]) => text.indexOf(words ?? ''))
          .toSorted((a, b) => a - b),
      );
    expect(about('')).toEqual([]);
  });
});
