import type { Words } from './topics.ts';

/** Cuts Chinese text into words: one after the other they are the text. */
export type Cut = (text: string) => readonly string[];

/** What a word may begin or end with and still say the same: 嫌贵, 不贵, 好用的. */
const BEFORE = /^(?:[太很挺最更真不没好有点也都还嫌蛮较极特超够多这那么得会再]|比较|非常|特别|相当)+/;
const AFTER = /[了的吗啊呀吧呢地得点些过着多]+$/;

/** Hits as long as this or shorter may be part of a word that says something else: 贵 of 贵阳, 满意 of 满意度. */
const SHORT = 2;

/** Which word of a text stands at each of its characters. */
export function wordsAt(text: string, cut: Cut): (at: number) => Words | undefined {
  let start = 0;
  const words = cut(text).map((word) => {
    const found = { text: word, start, end: start + word.length };
    start = found.end;
    return found;
  });
  return (at) => words.find((word) => word.start <= at && at < word.end);
}

/**
 * Whether words of a text are only a part of a longer one, which says something else. Of Chinese words the last part says what
 * they are: 年度预算 is a 预算, 满意度 is no 满意. A single character says nothing by itself wherever it stands: 高铁, 差旅费.
 */
export function isPartOfWord(hit: Words, wordAt: (at: number) => Words | undefined): boolean {
  if (hit.text.length > SHORT || !/[\u4e00-\u9fff]/.test(hit.text)) return false;
  const word = wordAt(hit.start);
  if (!word || word.end < hit.end) return false;
  const [head, tail] = [word.text.slice(0, hit.start - word.start), word.text.slice(hit.end - word.start)];
  if (tail.replace(AFTER, '') !== '') return true;
  return hit.text.length === 1 && head.replace(BEFORE, '') !== '';
}
