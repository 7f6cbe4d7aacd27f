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
});
