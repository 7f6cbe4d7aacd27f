import { describe, expect, it } from 'vitest';
import { type HealthRow, healthOf } from '../../../shared/journey/health/health.ts';
import { codeOf, defaultLostReasons, lostReasons } from '../../../shared/journey/lost.ts';

const code = (said: string): string => codeOf(defaultLostReasons, said);

describe('why a deal was lost', () => {
  it('is counted by its code, whether it is said by code, by its text in any language, or in other words', () => {
    expect(['price', ' Price ', '价格', '客户觉得太贵了', 'too expensive for them'].map(code)).toEqual(
      Array.from({ length: 5 }, () => 'price'),
    );
    expect(code('选择了别家')).toBe('competitor');
    expect(code('no-budget')).toBe('no-budget');
    expect(code('postponed to next year')).toBe('timing');
  });

  it('counts as other when no reason names it, and no word is found inside another', () => {
    expect(['', '老板换人了', 'their boss left', 'accost', 'collateral'].map(code)).toEqual(
      Array.from({ length: 5 }, () => 'other'),
    );
  });

  it('goes by what was said exactly before what is only meant, and by the first of the list that is meant', () => {
    const list = lostReasons.parse([
      { code: 'dear', text: 'Too dear', words: ['budget'] },
      { code: 'no-budget', text: { en: 'No budget', 'zh-CN': '没有预算' } },
      { code: 'later', text: 'Later', words: ['budget next year'] },
    ]);
    expect(
      ['no budget', '没有预算', 'no-budget', 'the budget is gone', 'budget next year'].map((said) =>
        codeOf(list, said),
      ),
    ).toEqual(['no-budget', 'no-budget', 'no-budget', 'dear', 'dear']);
  });

  it('is found in any spelling: full-width letters, capitals, hyphens', () => {
    const [plain] = lostReasons.parse([{ code: 'dear', text: 'Far too dear' }]);
    expect(codeOf(plain ? [plain] : [], 'it is FAR too dear for us')).toBe('dear');
    expect(codeOf(defaultLostReasons, '预算(budget)')).toBe('no-budget');
    expect(['ＰＲＩＣＥ', 'TOO-EXPENSIVE', 'the cost-question'].map(code)).toEqual(['price', 'price', 'price']);
  });

  it('said in the words of former times adds up under the same name', () => {
    const row: HealthRow = {
      ...{ day: '2026-11-02', source: 'web', teamId: 'east', repId: 'rep-li', productLine: 'mes' },
      ...{ stage: 'first-contact', left: new Map(), stayed: 0, to: new Map(), cycles: new Map(), cycled: 0 },
      ...{ contacts: 0, ineffective: 0 },
      lostFor: new Map([
        ['too expensive', 2],
        ['price', 1],
        ['boss left', 1],
      ]),
    };
    const { lostReasons: counted } = healthOf([row], { stage: () => null, cycle: null, lostReason: code });
    expect(counted).toEqual([
      { reason: 'price', deals: 3 },
      { reason: 'other', deals: 1 },
    ]);
  });

  it('stands on a list that names each code once', () => {
    const [first] = defaultLostReasons;
    expect(lostReasons.safeParse([first, first]).error?.issues[0]?.path).toEqual([1, 'code']);
    expect(lostReasons.safeParse([{ code: 'Too Dear', text: 'x' }]).error?.issues[0]?.path).toEqual([0, 'code']);
  });
});
