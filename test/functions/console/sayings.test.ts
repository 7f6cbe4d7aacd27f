import { describe, expect, it } from 'vitest';
import { changesIn, saidIn } from '../../../functions/console/page/sayings.ts';
import en from '../../../functions/console/page/words/en.ts';
import zh from '../../../functions/console/page/words/zh-CN.ts';
import { readImport } from '../../../shared/intake/import-file.ts';
import { understand } from '../../../shared/intake/mapping.ts';
import type { Form } from '../../../shared/lead/form.ts';
import { whyHold } from '../../../shared/org/guard.ts';
import { readRows } from '../../../shared/org/roster.ts';
import { flips } from '../../../shared/routing/flip.ts';
import type { RepSeen } from '../../../shared/routing/inputs.ts';
import { route } from '../../../shared/routing/route.ts';
import { signsOf } from '../../../shared/rubbish/signs/index.ts';
import { anyInputs, anyRep, around } from '../../histories.ts';

const inChinese = (text: string) => saidIn(zh, text);
/** Words of English that are left, apart from names of fields, ids and domains. */
const english = (text: string) => inChinese(text).match(/(?<![\w.@-])[a-z]{2,}(?![\w.@-])/g) ?? [];
const failing = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it did not fail');
};

describe('what the system says, in Chinese', () => {
  it('is why a push of HR’s is held', () => {
    const rules = { guard: { share: 0.1, people: 5, least: 1, shrink: 0.5 } };
    const size = { freezes: 9, ofActive: 9, active: 10, mode: 'full', rows: 1, lastRows: 10 } as const;
    expect(inChinese(whyHold(size, rules) ?? '')).toBe('仅 1 行,而上一份完整花名册有 10 行');
    expect(inChinese(whyHold({ ...size, mode: 'delta' }, rules) ?? '')).toBe('将一次冻结 9 人');
    expect(inChinese(whyHold({ ...size, mode: 'delta', freezes: 3, ofActive: 3 }, rules) ?? '')).toBe(
      '将一次冻结在职 10 人中的 3 人',
    );
  });

  it('is why rows of HR’s are rejected', () => {
    const rows = [
      { employeeId: 'a', name: '甲', status: 'active' },
      { employeeId: 'a', name: '乙', status: 'active' },
      { employeeId: 'b', name: '', status: 'gone', hiredAt: 'yesterday', email: 'x' },
      { name: '丙' },
    ];
    const messages = readRows(rows).rejected.map(({ message }) => message);
    expect(messages.length).toBeGreaterThan(5);
    expect(messages.map((message) => [message, inChinese(message)]).filter(([text, said]) => text === said)).toEqual(
      [],
    );
  });

  it('is why a file of leads, or a row of it, is not understood', () => {
    const file = readImport(Buffer.from('name,phone\n张三,1,2\n'), 'csv');
    expect(inChinese(file.rows[0]?.wrong ?? '')).toBe('第 2 行有 3 列,而表头有 2 列');
    expect(inChinese(failing(() => readImport(Buffer.from(''), 'csv')))).toBe('文件为空');
    expect(english(failing(() => readImport(Buffer.from('a,b;c\n'), 'csv')))).toEqual([]);
    const [line] = readImport(Buffer.from('nonsense\n'), 'jsonl').rows;
    expect(inChinese(line?.wrong ?? '')).toBe('第 1 行不是 JSON');
  });

  it('is what is wrong with a duration in rules', () => {
    expect(inChinese('at most ten years (P3650D)')).toBe('最长十年(P3650D)');
    expect(inChinese('must be shorter than supervisorAfter')).toBe('须短于「通知主管时限」');
    expect(inChinese('must not be longer than atMost')).toBe('不能长于「atMost」');
  });

  it('is what is wrong with each field of a lead that intake put aside', () => {
    const answers = [{ name: 'mail', value: 'nobody' }];
    const map = new Map([['mail', 'contact.email' as const]]);
    const error = failing(() => understand(answers, map, () => undefined));
    expect(error).toContain('contact');
    expect(english(error)).toEqual([]);
    expect(inChinese('contact.phone: not a phone number; contact.email: Invalid email address')).toBe(
      'contact.phone:不是电话号码;contact.email:不是邮箱地址',
    );
    expect(inChinese('cannot be fetched: meta answered 500')).toBe('无法取回:Meta返回 500');
    expect(inChinese('LeadOverdue failed at every try')).toBe('“通知主管”每次处理都失败');
  });

  it('is what speaks against a lead', () => {
    const facts = { sameMessage: 4, sameName: 4, repeatsFrom: 3, fastestSeconds: 2 };
    const forms: Partial<Form>[] = [
      { contact: { name: 'asdfgh', email: 'x@mailinator.com' }, company: { name: '啊啊啊啊' } },
      { contact: { name: '测试', phone: '+8611111111111' } },
      { contact: { name: 'www.example.com', phone: '+15555555555' } },
      { contact: { name: '<b>x</b>', phone: '+8613888888888' } },
    ];
    const reasons = forms.flatMap((but) =>
      signsOf({ source: { channel: 'web' }, contact: {}, ...but } as Form, facts).map(({ because }) => because),
    );
    expect(reasons.length).toBeGreaterThan(8);
    expect(reasons.flatMap(english)).toEqual([]);
  });

  it('leaves alone what a person wrote', () => {
    for (const text of ['I called them: nobody', 'spam; see above', '客户说: 以后再说', '{status.won} $1'])
      expect(inChinese(text)).toBe(text);
    expect(inChinese('selling {status.$1}')).toBe('也负责产品 {status.$1}');
  });
});

describe('what would have chosen another, of several changes', () => {
  const flipOf = (but: Partial<RepSeen>): string => {
    const reps = [anyRep('ann'), anyRep('bob', { turns: 1e6, ...but })];
    const rules = { preferences: ['fair-share' as const], order: ['territory' as const] };
    const inputs = anyInputs({ reps, territories: around('ann', 'bob'), rules, productLine: 'R and D' });
    return flips(inputs, route(inputs)).find(({ repId }) => repId === 'bob')?.change ?? '';
  };

  it('is one sentence', () => {
    const change = flipOf({
      status: 'on-leave',
      caps: { day: 2 },
      taken: { day: 2, week: 2, month: 2, good: 0 },
      productLines: ['erp'],
    });
    expect(change).toContain(' and a cap of 3 a day instead of 2 and selling R and D and ');
    expect(changesIn(en, change)).toMatch(
      /^status active instead of on-leave, a cap of 3 a day instead of 2, selling R and D and [^,]+$/,
    );
    expect(changesIn(zh, change)).toBe('在职(现为休假),日上限为 3(现为 2),也负责产品 R and D,且此前 ann 多得 1 条线索');
    expect(changesIn(zh, 'a capacity of 3 instead of 2 and 2050 leads more at ann')).toBe(
      '容量为 3(现为 2),且此前 ann 多得 2050 条线索',
    );
  });

  it('is that change alone where it is one', () => {
    expect(changesIn(zh, 'being on duty')).toBe('正在当班');
    expect(changesIn(en, 'selling bread and butter')).toBe('selling bread and butter');
  });
});
