import type { Sentence } from './sentences.ts';
import type { Finding, Stance, Topic, Words } from './topics.ts';

/** What the other side asks about, and what an answer to it looks like when it does not name the thing itself: 三十万以内吧. */
interface Asking {
  topic: Topic;
  asks: RegExp;
  answer: RegExp;
  stance: (answer: string) => Stance;
}

const NO = /^(?:不|没|还没|no\b|not\b|nope|i can't|we don't|none)|不行|不能|定不了/i;

const askings: readonly Asking[] = [
  {
    topic: 'budget',
    asks: /预算|经费|打算(?:花|投)多少|(?:费用|钱|准备|投入|花|投).{0,8}多少|budget|how much (?:can|are|would|do) you (?:spend|planning to spend|want to spend)/i,
    answer:
      /(?:[\d一二三四五六七八九十百几两][\d一二三四五六七八九十百]*\s*(?:来|多)?\s*(?:万|千|百|块|元|w\b|k\b))|[$€£¥]\s?\d|\d[\d,.]*\s*(?:k|thousand|grand|million|dollars|euros|a (?:month|year))?\b|(?:ten|twenty|thirty|forty|fifty|hundred|thousand|million)|^(?:没有|还没|有的?|no\b|not\b|yes\b|none)/i,
    stance: (answer) => (NO.test(answer) ? 'lacks' : 'has'),
  },
  {
    topic: 'authority',
    asks: /拍板|做主|谁(?:来)?(?:定|决定|负责|签)|能定|决策|decision|who (?:decides|signs|approves)|sign(?:s)? off|authori[sz]e/i,
    answer:
      /^(?:对|是的?|可以|能|我|老板|领导|[\u4e00-\u9fff]{0,2}总|不是|不行|不能|得|要)|^(?:yes|yeah|yep|no|nope|me|i am|i do|i can|that's me|it's me|just (?:me|my|our|the)|my|our|the)\b/i,
    stance: (answer) =>
      NO.test(answer) || /老板|领导|[\u4e00-\u9fff]总|上级|my (?:boss|manager)|our |the /i.test(answer)
        ? 'others'
        : 'self',
  },
  {
    topic: 'timing',
    asks: /什么时候|何时|几月|时间(?:计划|安排|节点|点)|多久|when\b|time ?(?:line|frame)|how soon|deadline/i,
    answer:
      /(?:[\d一二三四五六七八九十]+\s*(?:月|号|周|天|个月))|月底|月初|年底|年前|年后|以后|之后|节后|国庆|春节|元旦|五一|十一|开春|下个?月|下周|明年|今年|季度|尽快|越快|january|february|march|april|may|june|july|august|september|october|november|december|next|this (?:month|week|quarter|year)|soon|asap|q[1-4]|weeks?|months?|(?:spring|summer|autumn|fall|winter)|end of/i,
    stance: (answer) =>
      /明年|年后|以后|再说|next year|later|not (?:before|until)|someday/i.test(answer) ? 'later' : 'soon',
  },
];

/** An answer says little more than what was asked for. */
const LONGEST_CHINESE = 20;
const MOST_WORDS = 9;
const isShort = (text: string): boolean =>
  /[\u4e00-\u9fff]/.test(text) ? text.length <= LONGEST_CHINESE : text.split(/\s+/).length <= MOST_WORDS;

/** What a message's first sentence says as an answer to the question before it, beside what it says by itself (`known`). */
export function answered(
  question: string | undefined,
  sentence: Sentence | undefined,
  known: readonly Finding[],
): Finding[] {
  if (question === undefined || sentence === undefined || sentence.isQuestion || !isShort(sentence.text)) return [];
  return askings.flatMap(({ topic, asks, answer, stance }) => {
    if (!asks.test(question) || known.some((finding) => finding.topic === topic && finding.sentence === 0)) return [];
    const found = answer.exec(sentence.text);
    if (!found) return [];
    const start = sentence.start + found.index;
    const words: Words = { text: found[0], start, end: start + found[0].length };
    return [{ topic, stance: stance(sentence.text), sentence: 0, words: [words], answers: question }];
  });
}
