import { describe, expect, it } from 'vitest';
import { conversedBy, type Found, intentOf } from '../../../shared/understanding/intent.ts';
import type { NextStep } from '../../../shared/understanding/next-step.ts';

let said = 0;
const found = (topic: Found['topic'], stance?: Found['stance'], but: Partial<Found> = {}): Found => {
  said += 1;
  return { topic, ...(stance ? { stance } : {}), sentence: 0, words: [], messageId: `m${said}`, ...but };
};
const step: NextStep = { messageId: 'm', by: 'rep', words: { text: '', start: 0, end: 0 }, agreedIn: 'agreed' };
const reasons = (findings: Found[], next?: NextStep, questions = 0) =>
  intentOf(findings, next, questions)?.reasons.map(({ reason, weight }) => [reason, weight]);
const grade = (findings: Found[], next?: NextStep, questions = 0) => intentOf(findings, next, questions)?.grade;

describe('how likely it sounds that they buy', () => {
  it('is known by what speaks for it and against it', () => {
    expect(
      reasons([
        found('need'),
        found('satisfaction'),
        found('budget', 'has'),
        found('authority', 'self'),
        found('timing', 'soon'),
      ]),
    ).toEqual([
      ['need named', 2],
      ['pleased', 1],
      ['budget there', 2],
      ['decides', 1],
      ['soon', 2],
    ]);
    expect(reasons([found('budget', 'lacks'), found('timing', 'later'), found('objection', 'refusal')])).toEqual([
      ['no budget', -2],
      ['later', -2],
      ['refuses', -3],
    ]);
    expect(reasons([found('timing'), found('objection')])).toEqual([
      ['asks when', 1],
      ['objects', -1],
    ]);
  });

  it('is high from four on, low below nothing, and middle between', () => {
    expect(grade([found('budget', 'has'), found('timing', 'soon')])).toBe('high');
    expect(grade([found('budget', 'has'), found('authority', 'self')])).toBe('middle');
    expect(grade([found('price-sensitivity')])).toBe('middle');
    expect(grade([found('objection')])).toBe('low');
    expect(grade([found('objection'), found('timing')])).toBe('middle');
  });

  it('counts a need once, and where they stand by what was said last', () => {
    expect(reasons([found('need'), found('need')])).toEqual([['need named', 2]]);
    expect(reasons([found('timing', 'later'), found('timing', 'soon')])).toEqual([['soon', 2]]);
    expect(reasons([found('budget', 'has'), found('budget')])).toEqual([]);
    expect(reasons([found('authority', 'others')])).toEqual([]);
  });

  it('names the message in which each was said: a need’s first, a stance’s last', () => {
    const all = ['first', 'second'].flatMap((messageId) => [
      found('need', undefined, { messageId }),
      found('budget', 'has', { messageId }),
    ]);
    expect(intentOf(all, step, 0)?.reasons.map(({ messageId }) => messageId)).toEqual(['first', 'second', 'agreed']);
  });

  it('does not count what others are said to say', () => {
    expect(intentOf([found('need', undefined, { hearsay: true })], undefined, 0)).toBeUndefined();
  });

  it('rises by an agreed step and by many questions, which alone say nothing', () => {
    expect(reasons([], step)).toEqual([['next step agreed', 2]]);
    expect(reasons([found('competitor')], undefined, 3)).toEqual([['asks a lot', 1]]);
    expect(reasons([found('competitor')], undefined, 2)).toEqual([]);
    expect(intentOf([], undefined, 9)).toBeUndefined();
  });
});

describe('what a conversation counts for a score', () => {
  const points = { high: 10, middle: 4, low: -6 };
  it('is what the rules say of its intent, with the reasons', () => {
    const graded = intentOf([found('budget', 'has'), found('timing', 'soon')], undefined, 0);
    expect(conversedBy(graded, points)).toEqual({
      intent: 'high',
      points: 10,
      because: 'high intent: budget there, soon',
    });
    const plain = intentOf([found('competitor')], undefined, 0);
    expect(conversedBy(plain, points)).toEqual({
      intent: 'middle',
      points: 4,
      because: 'middle intent: talks with us',
    });
  });
  it('is nothing where nothing was said', () => {
    expect(conversedBy(undefined, points)).toBeUndefined();
  });
});
