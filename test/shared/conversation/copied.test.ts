import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCopied, sidesOf } from '../../../shared/conversation/copied.ts';
import { firstContactIn, isContact, type Said } from '../../../shared/conversation/message.ts';

const read = (text: string, day = '2026-11-02') => readCopied(text, { day, zone: 'Asia/Shanghai' });

describe('text copied out of a chat', () => {
  it('is read as WeChat and WeCom copy it: a line with name and time, then what was said', () => {
    expect(read('李雷 2026-11-02 10:00:05\n您好,我是李雷\n看到您的留言\n\n王芳 2026/11/2 10:03\n你好')).toEqual([
      { name: '李雷', at: '2026-11-02T02:00:05.000Z', text: '您好,我是李雷\n看到您的留言' },
      { name: '王芳', at: '2026-11-02T02:03:00.000Z', text: '你好' },
    ]);
  });

  it('is read line by line, with Chinese and English colons, times or none', () => {
    expect(read('李雷:您好\n客户: 你好,多少钱?\n[10:05] Li Lei: 20万\n2026年11月3日 9:00 客户:贵了')).toEqual([
      { name: '李雷', at: undefined, text: '您好' },
      { name: '客户', at: undefined, text: '你好,多少钱?' },
      { name: 'Li Lei', at: '2026-11-02T02:05:00.000Z', text: '20万' },
      { name: '客户', at: '2026-11-03T01:00:00.000Z', text: '贵了' },
    ]);
  });

  it('takes no address and no time of day for a speaker', () => {
    expect(read('客户: 看这里\nhttps://example.com/a\n10:30 开会可以吗')).toEqual([
      { name: '客户', at: undefined, text: '看这里\nhttps://example.com/a\n10:30 开会可以吗' },
    ]);
    expect(read('没有人说话的一段文字')).toEqual([]);
  });

  it('never fails, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 400 }),
          fc.string({ unit: fc.constantFrom(':', ':', '\n', '1', 'a', '客', ' ', '[', ']', '/', '-'), maxLength: 300 }),
        ),
        (text) => {
          for (const { name, at, text: said } of read(text)) {
            expect(name).not.toBe('');
            expect(said).not.toBe('');
            if (at !== undefined) expect(new Date(at).toISOString()).toBe(at);
          }
        },
      ),
    );
  });

  it('counts by the zone’s own clock, where it is changed too', () => {
    const at = (text: string) => readCopied(text, { day: '2026-03-29', zone: 'Europe/Berlin' })[0]?.at;
    expect(at('Ann 2026-03-29 01:59\nx')).toBe('2026-03-29T00:59:00.000Z');
    expect(at('Ann 2026-03-29 03:00\nx')).toBe('2026-03-29T01:00:00.000Z');
  });
});

describe('the sides of a conversation', () => {
  it('are known by what speakers are called, by name, or by there being two', () => {
    const sides = (names: string[], reps: string[] = [], customer?: string) =>
      Object.fromEntries(sidesOf(names, { reps, customer }));
    expect(sides(['销售', '客户'])).toEqual({ 销售: 'rep', 客户: 'customer' });
    expect(sides(['李雷', '王芳'], ['李雷'])).toEqual({ 李雷: 'rep', 王芳: 'customer' });
    expect(sides(['甲', '王芳'], [], '王芳')).toEqual({ 甲: 'rep', 王芳: 'customer' });
    expect(sides(['甲', '乙'])).toEqual({ 甲: 'other', 乙: 'other' });
    expect(sides(['李雷', '王芳', '丙'], ['李雷'])).toEqual({ 李雷: 'rep', 王芳: 'other', 丙: 'other' });
  });
});

describe('contact in a conversation', () => {
  const said = (minute: number, but: Partial<Said> = {}): Said => ({
    messageId: String(minute),
    at: new Date(Date.UTC(2026, 10, 2, 2, minute)).toISOString(),
    from: 'rep',
    text: '您好',
    ...but,
  });
  const received = said(10).at;

  it('is the earliest message of either side after the lead came in', () => {
    expect(firstContactIn([said(40), said(30, { from: 'customer' }), said(5)], received)).toBe(said(30).at);
    expect(firstContactIn([said(5)], received)).toBeUndefined();
  });

  it.each([
    '[自动回复] 您好,我现在有事不在',
    'Automatic reply: out of office',
    '我通过了你的朋友验证请求,现在我们可以开始聊天了',
  ])('is not what a machine says: %s', (text) =>
    expect(isContact({ from: 'rep', text, automatic: undefined })).toBe(false),
  );

  it('is not what is said to be automatic, nor by nobody knows whom', () => {
    expect(isContact({ from: 'customer', text: '好', automatic: true })).toBe(false);
    expect(isContact({ from: 'customer', text: '自动回复怎么设置?', automatic: false })).toBe(true);
    expect(isContact({ from: 'other', text: '好', automatic: undefined })).toBe(false);
  });
});
