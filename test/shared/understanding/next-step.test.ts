import { describe, expect, it } from 'vitest';
import { nextStepIn, type Turn } from '../../../shared/understanding/next-step.ts';
import { sentencesOf } from '../../../shared/understanding/sentences.ts';

type Said = [from: Turn['from'], text: string];
const turns = (...said: Said[]): Turn[] =>
  said.map(([from, text], n) => ({ messageId: `m${n}`, from, sentences: sentencesOf(text) }));
const step = (...said: Said[]) => nextStepIn(turns(...said));
const proposal: Said = ['rep', '我们聊得很好。周四下午给您演示,好吗?'];

describe('a step that is agreed', () => {
  it('was proposed with a time and something to do, and answered with a yes', () => {
    expect(step(proposal, ['customer', '可以'])).toEqual({
      messageId: 'm0',
      by: 'rep',
      words: { text: '周四下午给您演示,好吗?', start: 7, end: 19 },
      agreedIn: 'm1',
    });
    expect(step(['customer', 'Can you call me tomorrow?'], ['rep', 'Sure.'])).toMatchObject({ by: 'customer' });
  });

  it.each([
    '好的',
    '行',
    '没问题',
    '嗯',
    '成',
    '收到',
    '对',
    '一言为定',
    'OK',
    'Sounds good',
    'Works for me',
    'Yes, see you',
    'Perfect!',
  ])('is agreed to by “%s”', (answer) => expect(step(proposal, ['customer', answer])?.agreedIn).toBe('m1'));
  it.each([
    '好不好再说',
    '可以吗',
    '行么',
    '不行',
    '没空',
    '别了',
    '好的,但是我要出差',
    '可以,不过没时间',
    'Okayish',
    'Sure, but I may be away',
    "No, I can't",
    'Maybe',
  ])('is not agreed to by “%s”', (answer) => expect(step(proposal, ['customer', answer])).toBeUndefined());

  it.each([
    '明天给您打电话',
    '3号签合同',
    '下周发报价',
    '月底上门拜访',
    '十点开会',
    "Let's talk on Friday",
    'I will send it tonight',
    'Shall we meet at noon',
  ])('may be “%s”', (text) => expect(step(['rep', text], ['customer', '好的'])).toBeDefined());
  it.each(['明天天气不错', '给您打电话', '我们很专业', 'Friday is nice', 'I will send it', 'a monthly callback'])(
    'is not “%s”, which lacks a time or something to do',
    (text) => expect(step(['rep', text], ['customer', '好的'])).toBeUndefined(),
  );

  it('is agreed to by the other side’s next words, within three messages', () => {
    const wait: Said = ['rep', '稍等'];
    expect(step(proposal, wait, wait, ['customer', '可以'])?.agreedIn).toBe('m3');
    expect(step(proposal, wait, wait, wait, ['customer', '可以'])).toBeUndefined();
    expect(step(proposal, ['customer', '我看一下'], ['customer', '可以'])).toBeUndefined();
    expect(step(proposal, ['rep', '可以'])).toBeUndefined();
  });

  it('may be named by the answer itself, unless that asks', () => {
    const offer: Said = ['rep', '什么时候方便?'];
    expect(step(offer, ['customer', '行,那我们周四见'])).toEqual({
      messageId: 'm1',
      by: 'customer',
      words: { text: '行,那我们周四见', start: 0, end: 8 },
      agreedIn: 'm1',
    });
    expect(step(offer, ['customer', '好的,周四见行吗'])).toBeUndefined();
    expect(step(['customer', '行,那我们周四见'])).toBeUndefined();
  });

  it('is the last that was agreed, told as it was proposed', () => {
    expect(step(proposal, ['customer', '可以,周四见'])).toMatchObject({ messageId: 'm0', agreedIn: 'm1' });
    expect(
      step(proposal, ['customer', '可以'], ['customer', '改到下周五给我打电话吧'], ['rep', '没问题']),
    ).toMatchObject({ messageId: 'm2', by: 'customer', agreedIn: 'm3' });
    expect(step(proposal, ['customer', '可以'], ['rep', '明天先发报价?'], ['customer', '不用了'])?.messageId).toBe(
      'm0',
    );
  });

  it('is none where nothing was said', () => {
    expect(step()).toBeUndefined();
    expect(step(['rep', ''], ['customer', ''])).toBeUndefined();
    expect(step(proposal, ['customer', '。'])).toBeUndefined();
  });
});
