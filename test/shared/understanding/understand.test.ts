import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHalf } from '../../../scripts/understanding/measure.ts';
import { segmenterOf } from '../../../shared/platform/segmenter.ts';
import { ownWords } from '../../../shared/understanding/match.ts';
import { understandingRules } from '../../../shared/understanding/rules.ts';
import { isCustomers, type Message, understand } from '../../../shared/understanding/understand.ts';

const rules = understandingRules.parse({ competitors: ['极云', 'Acme'], products: ['贵宝'] });
const cut = segmenterOf(ownWords(rules));

/** A conversation: who says what, in turn. */
const conversation = (...said: [from: Message['from'], text: string][]): Message[] =>
  said.map(([from, text], n) => ({ messageId: `m${n}`, at: new Date(n * 1000).toISOString(), from, text }));
const of = (...said: Parameters<typeof conversation>) => understand(conversation(...said), rules, cut);
/** What one sentence of a customer's is about, with where they stand. */
const about = (text: string): string[] =>
  (of(['customer', text]).findings.get('m0') ?? []).map(({ topic, stance }) =>
    stance === undefined ? topic : `${topic}: ${stance}`,
  );

describe('a negation', () => {
  it.each([
    ['太贵了', ['price-sensitivity']],
    ['不贵', []],
    ['一点都不贵', []],
    ['不便宜', ['price-sensitivity']],
    ['不是不贵', ['price-sensitivity']],
    ['没想到这么贵', ['price-sensitivity']],
    ['特别贵', ['price-sensitivity']],
    ['不是特别贵', []],
    ['我们特别需要', ['need']],
    ['识别很满意', ['satisfaction']],
    ['无比满意', ['satisfaction']],
    ['我们未来需要', ['need']],
    ['别贵', []],
    ['贵倒是不贵', []],
    ['很满意', ['satisfaction']],
    ['不满意', ['objection']],
    ['不太满意', ['objection']],
    ['没有不满意的地方', ['satisfaction']],
    ['不是不满意', []],
    ['我们需要这个', ['need']],
    ['我们不需要这个', ['objection: refusal']],
    ['不是没有需求', ['need']],
    ['It is expensive', ['price-sensitivity']],
    ["It's not expensive", []],
    ["I don't think it's that expensive", []],
    ['No budget yet', ['budget: lacks']],
    ["I'm happy with it", ['satisfaction']],
    ["I'm not happy with it", ['objection']],
    ["I'm not unhappy with it", []],
    ['Not only is it easy to use', ['satisfaction']],
    ['Far from satisfied', ['objection']],
    ["There's nothing I don't like", ['satisfaction']],
  ])('holds as far as it reaches: %s', (text, topics) => {
    expect(about(text)).toEqual(topics);
  });

  it('ends with its clause', () => {
    expect(about('不是贵,是今年没预算')).toEqual(['budget: lacks']);
    expect(about("It's not expensive, but I'm worried about support")).toEqual(['objection']);
    expect(about('不但便宜,而且好用')).toEqual(['satisfaction']);
  });

  it('is named beside the words that it turns around', () => {
    const [finding] = of(['customer', '说实话我不满意']).findings.get('m0') ?? [];
    expect(finding).toMatchObject({
      topic: 'objection',
      words: [{ text: '满意', start: 5, end: 7 }],
      negatedBy: [{ text: '不', start: 4, end: 5 }],
    });
  });
});

describe('a question', () => {
  it('judges nothing, unless it takes for given what it asks about', () => {
    expect(about('你们贵吗')).toEqual([]);
    expect(about('贵不贵')).toEqual([]);
    expect(about('怎么这么贵')).toEqual(['price-sensitivity']);
    expect(about('难道不贵吗')).toEqual(['price-sensitivity']);
    expect(about('Is it expensive?')).toEqual([]);
    expect(about('Why is it so expensive?')).toEqual(['price-sensitivity']);
    expect(about("Don't you think it's a bit pricey?")).toEqual(['price-sensitivity']);
    expect(about("It isn't exactly cheap, is it?")).toEqual(['price-sensitivity']);
  });

  it('of the rep’s is answered in few words', () => {
    const answered = (question: string, answer: string) =>
      (of(['rep', question], ['customer', answer]).findings.get('m1') ?? []).map(
        ({ topic, stance, answers }) => [topic, stance, answers] as const,
      );
    expect(answered('您的预算大概多少?', '三十万吧')).toEqual([['budget', 'has', '您的预算大概多少?']]);
    expect(answered('Who makes the decision?', 'The two of us')).toEqual([
      ['authority', 'others', 'Who makes the decision?'],
    ]);
    expect(answered('什么时候上线?', '十月份')).toEqual([['timing', 'soon', '什么时候上线?']]);
    expect(answered('你们有多少人?', '三十个')).toEqual([]);
  });
});

describe('who speaks, and of whom', () => {
  it('only the customer’s words are about something', () => {
    expect(of(['rep', '我们不贵,您满意吗?预算多少?']).findings.size).toBe(0);
    expect(of(['other', '太贵了']).findings.size).toBe(0);
    expect(
      understand([{ ...conversation(['customer', '太贵了'])[0], automatic: true } as Message], rules, cut).findings
        .size,
    ).toBe(0);
  });

  it('what is said of a competitor is not said of us', () => {
    expect(about('极云太贵了')).toEqual(['competitor']);
    expect(about('你们比极云便宜')).toEqual(['competitor']);
    expect(about('极云比你们便宜')).toEqual(['competitor', 'price-sensitivity']);
    expect(about('Acme is overpriced')).toEqual(['competitor']);
    expect(about("We're happy with our current vendor")).toEqual(['objection: refusal', 'competitor']);
    expect(about('Our current vendor is slow')).toEqual(['competitor', 'need']);
  });

  it('praise by hearsay is not theirs; a worry is', () => {
    expect(about('听说你们口碑不错')).toEqual([]);
    expect(about('听说你们挺贵的')).toEqual(['price-sensitivity']);
  });
});

it('only a customer’s own words are a customer’s', () => {
  const own = (from: Message['from'], automatic?: boolean) =>
    isCustomers({ messageId: 'm', at: '', from, text: '', automatic });
  expect([own('customer'), own('customer', true), own('rep'), own('other')]).toEqual([true, false, false, false]);
});

describe('words', () => {
  it('within other words are none', () => {
    for (const text of ['贵公司在哪', '我们在贵阳', '这机会很宝贵', '满意度调查', '我是跟贵宝的客户'])
      expect(about(text)).toEqual([]);
    for (const text of [
      '我们在高铁站旁边',
      '满意度多少分',
      '专业版多少钱',
      '差旅费怎么报',
      '你们是低代码平台',
      '稳定性怎么样',
    ])
      expect(about(text)).toEqual([]);
    expect(about('The incapable acmes of breakfast')).toEqual([]);
  });

  it('are found where they stand in the message, whatever stands around them', () => {
    const word = fc.constantFrom(
      '太贵了',
      '预算不够',
      '很满意',
      "it's too expensive",
      'no budget',
      '用极云',
      '怎么这么贵?',
    );
    const filler = fc.constantFrom('', ' ', '您好。', '嗯,', '\n', 'Well, ', '😀 ', '“”', 'ABC 123. ');
    fc.assert(
      fc.property(fc.array(fc.tuple(filler, word, filler), { minLength: 1, maxLength: 8 }), (parts) => {
        const text = parts.map((part) => part.join(' ')).join('。');
        const findings = of(['customer', text]).findings.get('m0') ?? [];
        expect(findings.length).toBeGreaterThan(0);
        for (const { words, negatedBy = [] } of findings)
          for (const { text: said, start, end } of [...words, ...negatedBy])
            expect(text.slice(start, end).replaceAll('’', "'")).toBe(said);
      }),
    );
  });

  it('of any kind are read without an error, and in moments', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => void of(['customer', text])));
    const long = '不是没有不贵的但是你们跟的比不满意'.repeat(235);
    expect(of(['customer', long.slice(0, 4000)]).talk).toEqual({ rep: 0, customer: 1 });
  });
});

describe('a conversation', () => {
  const whole = conversation(
    ['rep', '您好,想了解什么?'],
    ['customer', '我们想找一套系统,下个月就要上线'],
    ['rep', '预算大概多少?'],
    ['customer', '三十万以内吧'],
    ['rep', '周四下午给您演示,好吗?'],
    ['customer', '可以,周四见'],
  );

  it('has an intent with its reasons, shares of talk, questions, and a next step', () => {
    expect(understand(whole, rules, cut)).toMatchObject({
      intent: {
        grade: 'high',
        reasons: [
          { reason: 'need named', weight: 2, messageId: 'm1' },
          { reason: 'budget there', weight: 2, messageId: 'm3' },
          { reason: 'soon', weight: 2, messageId: 'm1' },
          { reason: 'next step agreed', weight: 2, messageId: 'm5' },
        ],
      },
      questions: { rep: 3, customer: 0 },
      nextStep: { messageId: 'm4', by: 'rep', agreedIn: 'm5' },
    });
  });

  it('of refusals has a low one; small talk has none', () => {
    expect(of(['customer', '我们不需要,也不考虑了']).intent?.grade).toBe('low');
    expect(of(['customer', '你好,在吗']).intent).toBeUndefined();
    expect(of().intent).toBeUndefined();
  });

  it('counts what was said last of where they stand', () => {
    const budget = (...texts: string[]) =>
      of(...texts.map((text): ['customer', string] => ['customer', text])).intent?.reasons.map(({ reason }) => reason);
    expect(budget('预算没问题', '预算被砍了')).toEqual(['no budget']);
    expect(budget('预算被砍了', '预算批了三十万')).toEqual(['budget there']);
  });

  it('agrees to no step that was only proposed, or declined', () => {
    expect(of(['rep', '周四下午给您演示?'], ['customer', '周四没空']).nextStep).toBeUndefined();
    expect(of(['rep', 'Shall we talk on Friday?'], ['customer', 'Sure, but I may be away']).nextStep).toBeUndefined();
    expect(of(['rep', 'Shall we talk on Friday?'], ['customer', 'Sounds good']).nextStep).toMatchObject({ by: 'rep' });
  });

  it('is the same in whatever order its messages are told', () => {
    const messages = readHalf('development')
      .slice(0, 60)
      .map(({ speaker, sentence }, n) => ({
        messageId: `s${n}`,
        at: new Date(Math.floor(n / 2) * 1000).toISOString(),
        from: speaker,
        text: sentence,
        threadId: `t${n % 3}`,
      }));
    const asTold = understand(messages, rules, cut);
    fc.assert(
      fc.property(fc.shuffledSubarray(messages, { minLength: messages.length }), (shuffled) => {
        const { findings, ...rest } = understand(shuffled, rules, cut);
        expect(rest).toEqual({ ...asTold, findings: undefined });
        expect(Object.fromEntries(findings)).toEqual(Object.fromEntries(asTold.findings));
      }),
      { numRuns: 20 },
    );
  });
});
