import type { Words } from './topics.ts';

/** A part of a sentence in which a negation holds: from one comma or but to the next. */
export interface Clause extends Words {
  /** Asked and not stated: with a question mark at its end, or with words that only questions have. */
  isQuestion: boolean;
}

/** A sentence of a message. Offsets are the message's. */
export interface Sentence extends Words {
  clauses: Clause[];
  /** One of its clauses is a question. */
  isQuestion: boolean;
}

const END = /[^。！？!?;；\n.]*(?:\.(?=\S)[^。！？!?;；\n.]*)*(?:[。！？!?;；\n.]+|$)/g;
const BREAK =
  /[,，、:：—]+|(?:但是|但|可是|不过|然而|只不过|就是(?!说|我|想|老板)|只是|而是|因为|所以|如果|虽然)|\b(?:but|however|because|although|though|so(?= (?:i|we|they|it|you|that)\b)|while|whereas|except|and then|and (?=i\b|we\b|they\b|it\b|nobody\b))\b/gi;

const ASKED_ZH =
  /[吗么]\s*[?？。]?\s*$|(?<![不没无别].{0,4})(?:怎么|什么|多少|为什么|为何|凭什么|哪[个些里家儿]|谁|何时|几时|是否|多久|多大)(?!.{0,4}[都也])/;
const A_NOT_A = /([\u4e00-\u9fff])[不没]\1|有没有|是不是|能不能|可不可以|满不满意|喜不喜欢|需不需要/;
const ASKED_EN =
  /^(?:and |so |but |well |ok |okay |then )*(?:(?:is|are|am|was|were|do|does|did|can|could|would|will|have|has|should)(?:n't)? (?:i|you|we|they|it|he|she|this|that|there|these|those|your|our|the|my|any|anyone|people)\b|(?:don't|can't|won't) (?:i|you|we|they|it)\b|(?:what(?! (?:i|we|my|our) )|when|where|who|why|how)(?: \w+){0,3}? (?:is|are|was|do|does|did|can|could|would|will|should|have|has)\b(?! if)|(?:what|who|where|how|when)'s\b|(?:how|what) (?:about|long|much|many|soon|else)\b|why\b|any\b.*\?)/i;

/** Curly apostrophes as straight ones, so that there is one way to write don't; as long as before. */
const plain = (text: string): string => text.replaceAll(/[’‘]/g, "'");

const trimmed = (text: string, start: number): Words => {
  const from = start + (text.length - text.trimStart().length);
  const inner = text.trim();
  return { text: inner, start: from, end: from + inner.length };
};

const MARK = /[?？]\s*$/;
const asks = (text: string): boolean =>
  MARK.test(text) || ASKED_ZH.test(text) || A_NOT_A.test(text) || ASKED_EN.test(text);

/** Characters of a clause, at most. */
const LONGEST = 200;

function clausesOf({ text, start }: Words): Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  const add = (to: number): void => {
    // Nobody says so much without a pause; and looking for what denies what takes the square of it.
    for (; to - from > LONGEST; from += LONGEST) addPart(from + LONGEST);
    addPart(to);
  };
  const addPart = (to: number): void => {
    const clause = trimmed(text.slice(from, to), start + from);
    if (clause.text !== '') clauses.push({ ...clause, isQuestion: asks(clause.text) });
  };
  for (const found of text.matchAll(BREAK)) {
    add(found.index);
    from = found.index + found[0].length;
  }
  add(text.length);
  return clauses;
}

/** A tag at the end makes no question of what is said before it: isn't cheap, is it? */
const TAG =
  /[,，]\s*(?:(?:is|isn't|are|aren't|does|doesn't|do|don't|did|didn't|was|wasn't|can|can't)\s+(?:it|you|they|that|we|i)|right|对吧|是吧|对不对|是不是)\s*[?？]?\s*$/i;

/** The sentences of a message. */
export function sentencesOf(message: string): Sentence[] {
  const sentences: Sentence[] = [];
  for (const found of plain(message).matchAll(END)) {
    const sentence = trimmed(found[0], found.index);
    if (!/[\p{L}\p{N}]/u.test(sentence.text)) continue;
    const clauses = clausesOf({ ...sentence, text: sentence.text.replace(TAG, '') });
    sentences.push({ ...sentence, clauses, isQuestion: clauses.some(({ isQuestion }) => isQuestion) });
  }
  return sentences;
}
