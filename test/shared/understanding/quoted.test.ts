import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotedFindings } from '../../../shared/understanding/quoted.ts';
import { stances, topics } from '../../../shared/understanding/topics.ts';
import type { Message } from '../../../shared/understanding/understand.ts';

const text = '预算三十万。老板说 it is too expensive!';
const messages: Message[] = (['customer', 'rep', 'customer'] as const).map((from, n) => ({
  messageId: `m${n}`,
  at: String(n),
  from,
  text,
}));

describe('what a model claims', () => {
  it('counts only in customers’ messages, with words that stand there, each topic once in a sentence', () => {
    const quote = fc.oneof(
      fc.tuple(fc.nat(text.length - 1), fc.integer({ min: 1, max: 6 })).map(([at, long]) => text.slice(at, at + long)),
      fc.string({ minLength: 1, maxLength: 5 }),
    );
    const claim = fc.record({
      message: fc.nat(4),
      topic: fc.constantFrom(...topics),
      stance: fc.option(fc.constantFrom(...stances)),
      words: fc.array(quote, { minLength: 1, maxLength: 3 }),
      negatedBy: fc.option(fc.array(quote, { maxLength: 2 })),
      asked: fc.option(fc.boolean()),
    });
    fc.assert(
      fc.property(fc.array(claim, { maxLength: 10 }), (findings) => {
        const found = quotedFindings(messages, JSON.stringify({ findings }));
        for (const [messageId, those] of found) {
          expect(['m0', 'm2']).toContain(messageId);
          const once = those.map(({ topic, sentence }) => `${topic} ${sentence}`);
          expect(new Set(once).size).toBe(once.length);
          for (const { words, negatedBy = [] } of those)
            for (const { text: quoted, start, end } of [...words, ...negatedBy])
              expect(text.slice(start, end)).toBe(quoted);
        }
      }),
    );
  });

  it('is refused as a whole when it is not what was asked for, and never anything but refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (answer) => {
        try {
          expect(quotedFindings(messages, answer).size).toBe(0);
        } catch (error) {
          expect((error as Error).name).toMatch(/^(SyntaxError|ZodError)$/);
        }
      }),
    );
  });

  const found = (findings: object[], asked = messages) =>
    Object.fromEntries(quotedFindings(asked, `Here it is: ${JSON.stringify({ findings })} That is all.`));

  it('is a finding where its words stand, in the sentence in which the first of them do', () => {
    const claims = [
      { message: 0, topic: 'budget', stance: 'has', words: ['预算', '三十万'] },
      { message: 0, topic: 'price-sensitivity', words: ['expensive'], hearsay: true, asked: false },
      { message: 2, topic: 'authority', stance: 'others', words: ['老板'], negatedBy: ['说'], asked: true },
    ];
    expect(found(claims)).toEqual({
      m0: [
        {
          topic: 'budget',
          stance: 'has',
          sentence: 0,
          words: [
            { text: '预算', start: 0, end: 2 },
            { text: '三十万', start: 2, end: 5 },
          ],
        },
        { topic: 'price-sensitivity', sentence: 1, words: [{ text: 'expensive', start: 20, end: 29 }], hearsay: true },
      ],
      m2: [
        {
          topic: 'authority',
          stance: 'others',
          sentence: 1,
          words: [{ text: '老板', start: 6, end: 8 }],
          negatedBy: [{ text: '说', start: 8, end: 9 }],
          asked: true,
        },
      ],
    });
  });

  it('is dropped where one of its words stands nowhere, or who wrote them is no customer', () => {
    const claim = { message: 0, topic: 'budget', words: ['预算'] };
    expect(found([{ ...claim, words: ['预算', 'five'] }])).toEqual({});
    expect(found([{ ...claim, negatedBy: ['没有'] }])).toEqual({});
    expect(found([{ ...claim, message: 1 }])).toEqual({});
    expect(found([{ ...claim, message: 7 }])).toEqual({});
    expect(
      found(
        [claim],
        messages.map((each) => ({ ...each, automatic: true })),
      ),
    ).toEqual({});
  });

  it('has a stance only where its topic has such a one', () => {
    const stance = (topic: string, of: string) =>
      found([{ message: 0, topic, stance: of, words: ['预算'] }]).m0?.[0]?.stance;
    expect(stance('budget', 'lacks')).toBe('lacks');
    expect(stance('budget', 'soon')).toBeUndefined();
    expect(stance('need', 'has')).toBeUndefined();
  });

  it('counts once for a topic in a sentence, the first time', () => {
    const claim = (words: string[], topic = 'budget') => ({ message: 0, topic, words });
    const texts = found([claim(['预算']), claim(['三十万']), claim(['too']), claim(['三十万'], 'need')]).m0?.map(
      ({ words }) => words[0]?.text,
    );
    expect(texts).toEqual(['预算', 'too', '三十万']);
  });
});
