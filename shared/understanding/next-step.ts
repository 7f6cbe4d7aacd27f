import type { Sentence } from './sentences.ts';
import type { Words } from './topics.ts';

/** When: 明天下午, next Tuesday. */
const WHEN =
  /明天|后天|今天(?:上午|下午|晚上)|(?:下|这|本)?(?:周|星期)[一二三四五六日天]|下周|下个?月|月底|\d{1,2}\s*[号日点]|[一二三四五六七八九十]+点|上午|下午|(?<![a-z])(?:tomorrow|tonight|this (?:afternoon|evening|week)|next (?:week|month|monday|tuesday|wednesday|thursday|friday)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|at (?:\d|noon|one|two|three|four|five|nine|ten|eleven|twelve)|on the \d)/i;
/** What will be done then. */
const WHAT =
  /见|聊|打?电话|开?会|演示|拜访|发(?:给|您|你|我|报价|方案|合同|过)|签|过去|过来|上门|谈|沟通|联系|约|试用|寄|对接|培训|碰|(?<![a-z])(?:call|meet(?:ing)?|talk|demo|send|speak|visit|sign|follow up|schedule|set up|book|catch up|show|present|review|chat|come (?:by|over)|start)(?![a-z])/i;
/** Yes, at the beginning. */
const ACCEPTS =
  /^(?:好|可以|行|没问题|嗯|成|ok|okay|收到|没事|对|是的|一言为定|sure|sounds (?:good|great|fine)|works|that works|great|perfect|yes|yeah|yep|deal|fine|absolutely|of course|see you|agreed|let's do|looking forward)(?!不|吗|么|[a-z])/i;
const DECLINES =
  /^(?:不|没空|别|再说|算了|no\b|not\b|can't|cannot|sorry|i'm afraid|maybe)|但是|不过|没时间|(?<![a-z])but(?![a-z])/i;
const ASKS_WHETHER = /[吗么?？]\s*$/;

/** Something that both sides said they would do, and when. */
export interface NextStep {
  /** The message in which it was proposed, and by whom. */
  messageId: string;
  by: 'rep' | 'customer';
  words: Words;
  /** The message that agreed to it; the same one when it answers a proposal. */
  agreedIn: string;
}

/** A message of one of the two sides, in sentences. */
export interface Turn {
  messageId: string;
  from: 'rep' | 'customer';
  sentences: Sentence[];
}

const planIn = ({ sentences }: Turn): Sentence | undefined =>
  sentences.find(({ text }) => WHEN.test(text) && WHAT.test(text));
const firstOf = ({ sentences }: Turn): string => sentences[0]?.text ?? '';
const accepts = (turn: Turn): boolean => ACCEPTS.test(firstOf(turn)) && !DECLINES.test(firstOf(turn));

/** How many messages later a proposal can still be agreed to. */
const WITHIN = 3;

/** The last thing that both sides of a thread agreed to do; undefined when there is none. */
export function nextStepIn(turns: readonly Turn[]): NextStep | undefined {
  let agreed: NextStep | undefined;
  for (const [at, turn] of turns.entries()) {
    const plan = planIn(turn);
    // 可以,周四见: what was agreed to by these very words has been told of.
    if (!plan || agreed?.agreedIn === turn.messageId) continue;
    const { text, start, end } = plan;
    const step = { messageId: turn.messageId, by: turn.from, words: { text, start, end } };
    const answer = turns.slice(at + 1, at + 1 + WITHIN).find(({ from }) => from !== turn.from);
    if (answer && accepts(answer)) agreed = { ...step, agreedIn: answer.messageId };
    // 行，那我们周四见: an answer that says what it agrees to.
    else if (at > 0 && accepts(turn) && !ASKS_WHETHER.test(text)) agreed = { ...step, agreedIn: turn.messageId };
  }
  return agreed;
}
