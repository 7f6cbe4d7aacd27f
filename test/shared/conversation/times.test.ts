import { describe, expect, it } from 'vitest';
import { readCopied, sidesOf, timed } from '../../../shared/conversation/copied.ts';
import { firstContactIn, type Said } from '../../../shared/conversation/message.ts';

const read = (text: string) => readCopied(text, { day: '2026-11-02', zone: 'Asia/Shanghai' });

describe('times in copied text', () => {
  it.each(['李雷 2026-13-40 10:00', '李雷 2026-11-02 25:00', '李雷 10:61'])(
    'that no clock shows (%s) are not told',
    (line) => {
      expect(read(`${line}\n您好`)).toEqual([{ name: '李雷', at: undefined, text: '您好' }]);
    },
  );

  it('without seconds are whole minutes, and a heading may have blanks and a colon around it', () => {
    expect(read('  李雷   (9:05):  \n\n  您好  \n')).toEqual([
      { name: '李雷', at: '2026-11-02T01:05:00.000Z', text: '您好' },
    ]);
  });

  it('of who said nothing are left out', () => {
    expect(read('李雷 10:00\n王芳 10:01\n你好')).toEqual([
      { name: '王芳', at: '2026-11-02T02:01:00.000Z', text: '你好' },
    ]);
    expect(read('李雷:\n王芳: 你好').map(({ name }) => name)).toEqual(['王芳']);
  });
});

describe('copied messages', () => {
  const one = (text: string, at?: string) => ({ name: '李雷', at, text });
  const [was, at] = ['2026-11-02T02:00:00.000Z', '2026-11-02T03:00:00.000Z'];

  it('count when they say, or when they were; those of one moment one after the other', () => {
    const messages = [one('a'), one('b', at), one('c'), one('d', at), one('e', at)];
    expect(timed(messages, was).map(({ text, when }) => [text, when.slice(11, 23)])).toEqual([
      ['a', '02:00:00.000'],
      ['b', '03:00:00.000'],
      ['c', '02:00:00.001'],
      ['d', '03:00:00.001'],
      ['e', '03:00:00.002'],
    ]);
    expect(timed(messages, was)[1]).toMatchObject(one('b', at));
  });

  it('of two speakers, neither or both of whom are known, stay as they are', () => {
    const sides = (names: string[], reps: string[]) =>
      Object.fromEntries(sidesOf(names, { reps, customer: undefined }));
    expect(sides(['甲', '乙'], ['甲', '乙'])).toEqual({ 甲: 'rep', 乙: 'rep' });
    expect(sides(['甲', '客户', '丙'], [])).toEqual({ 甲: 'other', 客户: 'customer', 丙: 'other' });
    expect(sides(['乙', 'sales'], [])).toEqual({ 乙: 'customer', sales: 'rep' });
    expect(sides(['seller', '甲', '丙'], ['甲'])).toEqual({ seller: 'rep', 甲: 'rep', 丙: 'other' });
    expect(sides(['甲', '甲'], ['甲'])).toEqual({ 甲: 'rep' });
  });

  it('are a contact from the moment at which the lead came in', () => {
    const said = { messageId: '1', at, from: 'rep', text: '您好' } as Said;
    expect(firstContactIn([said], at)).toBe(at);
  });
});
