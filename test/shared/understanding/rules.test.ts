import { describe, expect, it } from 'vitest';
import { ownWords } from '../../../shared/understanding/match.ts';
import { defaultUnderstandingRules, understandingRules } from '../../../shared/understanding/rules.ts';

const wrong = (of: object) =>
  understandingRules.safeParse(of).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe('the words of a company', () => {
  it('are none until it names some', () => {
    expect(understandingRules.parse({})).toEqual(defaultUnderstandingRules);
    expect(ownWords(defaultUnderstandingRules)).toEqual([]);
  });

  it('each stand for one thing, whatever their case', () => {
    expect(wrong({ competitors: ['Acme', '极云'], products: ['贵宝'], words: { need: ['看板'] } })).toEqual([]);
    expect(wrong({ competitors: ['Acme', 'acme'] })).toEqual(['competitors.1: acme stands in competitors already']);
    expect(wrong({ competitors: ['Acme'], products: ['ACME'] })).toEqual([
      'products.0: ACME stands in competitors already',
    ]);
    expect(wrong({ words: { need: ['看板'], timing: ['看板'] } })).toEqual([
      'words.timing.0: 看板 stands in words.need already',
    ]);
  });

  it('have two characters at least, one of them a letter or a digit', () => {
    expect(wrong({ competitors: [' A '] })).toHaveLength(1);
    expect(wrong({ competitors: ['--'] })).toHaveLength(1);
    expect(wrong({ competitors: ['4S'] })).toEqual([]);
    expect(wrong({ competitors: ['x'.repeat(61)] })).toHaveLength(1);
  });

  it('are all told to whatever cuts text into words', () => {
    const rules = understandingRules.parse({
      competitors: ['极云'],
      products: ['贵宝'],
      words: { need: ['看板', '报工'], timing: ['年中'] },
    });
    expect(ownWords(rules)).toEqual(['极云', '贵宝', '看板', '报工', '年中']);
  });
});

describe('the rules by which conversations are understood', () => {
  it('count a conversation for twenty points at most, either way', () => {
    expect(wrong({ points: { high: 20, middle: 0, low: -20 } })).toEqual([]);
    expect(wrong({ points: { high: 21, middle: 0, low: -20 } })).toHaveLength(1);
  });

  it('name a model, and languages of recordings, that there are', () => {
    expect(wrong({ bedrock: { modelId: 'amazon.nova-lite-v1:0' }, transcribe: { languages: ['zh-CN'] } })).toEqual([]);
    expect(wrong({ bedrock: { modelId: 'a model' } })).toHaveLength(1);
    expect(wrong({ transcribe: { languages: [] } })).toHaveLength(1);
    expect(wrong({ transcribe: { languages: ['xx'] } })).toHaveLength(1);
  });
});
