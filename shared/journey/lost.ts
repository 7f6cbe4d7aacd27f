import * as z from 'zod';
import { text } from './words.ts';

/** What everything is counted under that no reason of the list names. */
export const OTHER = 'other';

/** Why deals are lost: a code by which it is counted, what people read, and other words that mean the same. */
const reason = z.strictObject({
  code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'small letters, digits and hyphens'),
  text: text(100),
  words: z.array(z.string().trim().min(1).max(60)).max(30).default([]),
});

/** The reasons for which deals are lost; each code once. */
export const lostReasons = z
  .array(reason)
  .max(50)
  .superRefine((reasons, context) => {
    reasons.forEach(({ code }, at) => {
      if (reasons.findIndex((each) => each.code === code) < at)
        context.addIssue({ code: 'custom', path: [at, 'code'], message: `${code} is listed already` });
    });
  });

/** The list of reasons. */
export type LostReasons = z.infer<typeof lostReasons>;

const named = (code: string, zh: string, en: string, ...words: string[]) => ({
  code,
  text: { 'zh-CN': zh, en },
  words,
});

/** The reasons until somebody changes them; the first that is meant counts. */
export const defaultLostReasons: LostReasons = [
  named(
    'never-interested',
    '从未有意向',
    'Never was interested',
    '虚报',
    '虚假',
    '打错',
    '空号',
    'fake',
    'wrong number',
  ),
  named('no-need', '没有需求', 'No need', '无需求', '不需要', 'no real need', 'no demand'),
  named('no-budget', '没有预算', 'No budget', '预算', '没钱', 'budget', 'no money'),
  named('price', '价格', 'Price', '太贵', '价高', '贵', 'expensive', 'cost'),
  named('competitor', '选了竞品', 'Chose a competitor', '竞品', '竞争', '对手', '别家', 'rival', 'went with'),
  named('missing-feature', '功能不满足', 'Does not do what they need', '功能', '不满足', 'feature', 'does not fit'),
  named('timing', '时机不对', 'Not now', '推迟', '暂缓', '明年', 'postponed', 'later', 'next year'),
  named('no-decision', '内部无法决定', 'Could not decide', '没决定', '决策', 'no decision'),
  named('no-reply', '失联', 'Does not answer any more', '联系不上', '不回复', 'no answer', 'ghosted'),
];

const folded = (said: string): string => said.normalize('NFKC').trim().toLowerCase();
const textsOf = ({ text: said }: LostReasons[number]): string[] =>
  typeof said === 'string' ? [said] : Object.values(said);

/** The code under which a reason is counted, whether it was said by code, by its text or in other words. */
export function codeOf(reasons: LostReasons, said: string): string {
  const given = folded(said);
  const exact = reasons.find((each) => [each.code, ...textsOf(each)].some((name) => folded(name) === given));
  const meant = reasons.find((each) => [...textsOf(each), ...each.words].some((word) => holds(given, folded(word))));
  return (exact ?? meant)?.code ?? OTHER;
}

/** Words that are written apart are found as words, others wherever they stand. */
const holds = (said: string, word: string): boolean =>
  /^[\p{Script=Latin} ]+$/u.test(word)
    ? new RegExp(`(?<![a-z])${word}(?![a-z])`, 'u').test(said.replaceAll('-', ' '))
    : said.includes(word);
