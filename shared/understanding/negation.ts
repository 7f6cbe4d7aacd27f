import type { Clause } from './sentences.ts';
import type { Words } from './topics.ts';

/** Words with a negation in them that negate nothing. They are read first, so that the 不 of 不但 is no 不. */
const HARMLESS = [
  '不但|不仅|不光|不只|不过|不少|不同|不如|不得不|差不多|好不容易|不妨|不管|不论|无论|不断|不然|要不|不得了|不好意思|不久|了不起|对不起|不一定|没想到|没料到|没成想|不愧|忍不住|不由得|无非|没错|不停|不时|三不五时|不知道',
  '(?<same>[\\u4e00-\\u9fff])[不没]\\k<same>|有没有|是不是|能不能|可不可以|要不要|满不满意|喜不喜欢|需不需要',
  "not only|not just|not to mention|no doubt|no wonder|no worries|no problem|why not|couldn't agree more|can't wait|couldn't be|can't complain|without a doubt|no matter|nothing but|no one knows|not sure",
].join('|');
/** Far-reaching: the whole clause after them is denied. */
const WIDE = [
  '不是|并不是|并非|没有人|没有|没觉得|不觉得|不认为|不算|没说|没|未必|未(?!来)|无(?![比限线锡微])|谈不上|算不上|称不上|说不上|哪有|哪里|毫无|从不|从未|从没|不存在|没人',
  "(?:do|does|did|is|are|was|were|has|have|had|would|could|should|ca|wo|ai)n't|not|never|nothing|nobody|none|no one|no|neither|nor|without|hardly|barely|scarcely|far from|anything but|cannot|rather than|instead of|no longer|stopped being|least|free of",
].join('|');
/** Denies what stands right after it. */
const NEAR =
  '不会|不太|不怎么|不再|不用|不必|不需要|不能|不要|不想|并不|毫不|一点不|不|(?<![特区分级个性类识差告])别(?![人家的提])|甭';
/** Between a near negation and what it denies. */
const FILLER =
  /^(?:是|会|能|太|很|怎么|那么|这么|特别|非常|算|觉得|感到|感觉|有|见得|至于|再|够|大|敢|可能|应该|要|用|想|需要|了解|[\s]){0,3}$/;
/** What a denial says of itself that there is none at all: nothing I don't like. */
const NONE_AT_ALL = /^(?:没有|没有人|没人|无|哪有|nothing|nobody|none|no one|no)$/i;

const PATTERN = new RegExp(`(?<harmless>${HARMLESS})|(?<![a-z])(?<wide>${WIDE})(?![a-z])|(?<near>${NEAR})`, 'gi');
/** n't hangs on its verb; the alphabet's boundary of the others does not hold there. */
const AFTER = /^.{0,6}?(?:谈不上|倒?没有|倒?不至于|不存在|是没有的|说不上)/;

/** How a clause denies some words in it. */
export interface Denial {
  /** The denying words, in order. */
  by: Words[];
  /** Denied an odd number of times. */
  denied: boolean;
  /** Denied twice, the outer denial being that there is none at all: meant as a full yes. */
  isFullYes: boolean;
}

const MOST_ENGLISH_WORDS = 7;
const FARTHEST = 12;

const reaches = (between: string, kind: 'wide' | 'near'): boolean => {
  if (/[a-z]/i.test(between)) return between.trim().split(/\s+/).length <= MOST_ENGLISH_WORDS;
  return kind === 'wide' ? between.length <= FARTHEST : FILLER.test(between.trim());
};

/** What denies the words `of` a clause, apart from words that are part of something said (`taken`). */
export function denialOf(of: Words, clause: Clause, taken: readonly Words[]): Denial {
  const before = clause.text.slice(0, of.start - clause.start);
  const by: Words[] = [];
  for (const { 0: text, index, groups } of before.matchAll(PATTERN)) {
    if (groups?.harmless !== undefined) continue;
    const start = clause.start + index;
    const isPartOfMore = taken.some((each) => each !== of && each.start <= start && start + text.length <= each.end);
    if (isPartOfMore) continue;
    const between = before.slice(index + text.length);
    const kind = groups?.wide === undefined ? 'near' : 'wide';
    // 不是 before 不满意: what the farther one reaches over includes the nearer.
    const bare = between.replaceAll(new RegExp(NEAR, 'g'), '');
    if (reaches(kind === 'near' ? bare : between, kind)) by.push({ text, start, end: start + text.length });
  }
  const rest = clause.text.slice(of.end - clause.start);
  const after = AFTER.exec(rest);
  if (after && by.length === 0) {
    const start = of.end;
    by.push({ text: after[0].trim(), start, end: start + after[0].length });
  }
  const [outer] = by;
  const isFullYes = by.length === 2 && outer !== undefined && NONE_AT_ALL.test(outer.text);
  return { by, denied: by.length % 2 === 1, isFullYes };
}
