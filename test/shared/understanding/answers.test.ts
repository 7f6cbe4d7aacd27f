import { describe, expect, it } from 'vitest';
import { answered } from '../../../shared/understanding/answers.ts';
import { sentencesOf } from '../../../shared/understanding/sentences.ts';
import type { Finding } from '../../../shared/understanding/topics.ts';

const answer = (question: string | undefined, text: string, known: Finding[] = []) =>
  answered(question, sentencesOf(text)[0], known).map(({ topic, stance }) => [topic, stance]);

describe('an answer', () => {
  it.each([
    ['您的预算大概多少?', '三十万吧', 'has'],
    ['费用准备投入多少?', '5万左右', 'has'],
    ['打算花多少?', '¥ 3000', 'has'],
    ['有经费吗?', '没有', 'lacks'],
    ['有预算吗?', '还没批', 'lacks'],
    ['有预算吗?', '有的', 'has'],
    ['What is your budget?', 'about 20k', 'has'],
    ['How much are you planning to spend?', 'twenty thousand', 'has'],
    ['Is there a budget?', 'Not yet', 'lacks'],
    ['Is there a budget?', 'Yes', 'has'],
  ])('to “%s” says of money: %s', (question, text, stance) => {
    expect(answer(question, text)).toEqual([['budget', stance]]);
  });

  it.each([
    ['您能拍板吗?', '可以', 'self'],
    ['您能做主吗?', '不行', 'others'],
    ['谁来决定?', '老板', 'others'],
    ['谁签字?', '我', 'self'],
    ['谁来定?', '王总', 'others'],
    ['Who decides?', 'Me', 'self'],
    ['Who signs off?', 'My boss', 'others'],
    ['Are you the one to authorise it?', 'No', 'others'],
    ['Whose decision is it?', 'Just me', 'self'],
  ])('to “%s” says who decides: %s', (question, text, stance) => {
    expect(answer(question, text)).toEqual([['authority', stance]]);
  });

  it.each([
    ['什么时候上线?', '十月份', 'soon'],
    ['时间计划是?', '明年吧', 'later'],
    ['多久能定?', '尽快', 'soon'],
    ['什么时候要?', '春节以后再说', 'later'],
    ['When do you want to start?', 'next month', 'soon'],
    ['When would you like to start?', 'Next year', 'later'],
    ['What is the timeline?', 'Q3', 'soon'],
    ['How soon?', 'not before spring', 'later'],
  ])('to “%s” says when: %s', (question, text, stance) => {
    expect(answer(question, text)).toEqual([['timing', stance]]);
  });

  it('stands on the words that answer, and on what was asked', () => {
    const [sentence] = sentencesOf('嗯三十万以内');
    const question = '预算多少?';
    expect(answered(question, sentence && { ...sentence, start: 10, end: 16 }, [])).toEqual([
      {
        topic: 'budget',
        stance: 'has',
        sentence: 0,
        words: [{ text: '三十万', start: 11, end: 14 }],
        answers: question,
      },
    ]);
  });

  it('is none without a question, or to another question', () => {
    expect(answer(undefined, '三十万')).toEqual([]);
    expect(answered('预算多少?', undefined, [])).toEqual([]);
    expect(answer('你们有多少人?', '三十个')).toEqual([]);
    expect(answer('预算多少?', '我想想')).toEqual([]);
  });

  it('asks nothing, and says little more', () => {
    expect(answer('预算多少?', '三十万够吗?')).toEqual([]);
    expect(answer('预算多少?', `三十万${'呀'.repeat(17)}`)).toHaveLength(1);
    expect(answer('预算多少?', `三十万${'呀'.repeat(18)}`)).toEqual([]);
    expect(answer('Any budget?', 'we got about twenty thousand for it I think')).toHaveLength(1);
    expect(answer('Any budget?', 'we got about twenty thousand for it as I think')).toEqual([]);
  });

  it('is not told twice where its first sentence says so by itself', () => {
    const known = (but: Partial<Finding>): Finding => ({ topic: 'budget', sentence: 0, words: [], ...but });
    expect(answer('预算多少?', '预算三十万', [known({})])).toEqual([]);
    expect(answer('预算多少?', '三十万', [known({ sentence: 1 })])).toHaveLength(1);
    expect(answer('预算多少?', '三十万', [known({ topic: 'need' })])).toHaveLength(1);
  });
});
