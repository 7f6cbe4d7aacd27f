import { en } from './lexicon/en.ts';
import { zh } from './lexicon/zh.ts';
import type { UnderstandingRules } from './rules.ts';
import { type Cut, isPartOfWord, wordsAt } from './segment.ts';
import type { Clause } from './sentences.ts';
import type { Sense, Topic, Words } from './topics.ts';

/** Words of the lexicon, and what they say by themselves. */
export interface Hit extends Words {
  sense: Sense;
}

/** The lexicon with a company's own words, made ready. */
export type Lexicon = readonly { sense: Sense; pattern: RegExp; own: boolean; script?: RegExp }[];

/** What kind of thing each sense is about. */
const kindOf: Readonly<Record<Sense, string>> = {
  dear: 'price',
  cheap: 'price',
  cheaper: 'price',
  beyond: 'price',
  budget: 'money',
  unfunded: 'money',
  decides: 'who',
  defers: 'who',
  wants: 'need',
  wishes: 'need',
  pain: 'need',
  soon: 'time',
  later: 'time',
  putsOff: 'time',
  when: 'time',
  refuses: 'mood',
  doubts: 'mood',
  flaw: 'mood',
  praise: 'mood',
  rival: 'rival',
  rivals: 'rival',
  nothing: 'nothing',
};

/** Whether words within longer ones say something of their own: in 老板嫌贵 somebody decides, and it is dear. */
function bothSaid(longer: Sense, shorter: Sense): boolean {
  const [one, other] = [kindOf[longer], kindOf[shorter]];
  if (one === other || longer === 'nothing' || shorter === 'nothing') return false;
  const kinds = [one, other];
  if (yieldsTo(longer, shorter)) return true;
  return (
    kinds.includes('rival') ||
    (kinds.includes('who') && !kinds.includes('need')) ||
    (kinds.includes('money') && kinds.includes('time'))
  );
}

/** To need money, a lower price or somebody's leave is no need: 没有专门的预算, we need a discount, 得让厂长看过. */
const yieldsTo = (one: Sense, other: Sense): boolean =>
  kindOf[one] === 'need' && ['price', 'money', 'who'].includes(kindOf[other]);

/** What a company's own words of a topic say. */
const senseOf: Readonly<Record<Topic, Sense>> = {
  'price-sensitivity': 'dear',
  competitor: 'rivals',
  budget: 'budget',
  authority: 'defers',
  need: 'wants',
  timing: 'soon',
  objection: 'flaw',
  satisfaction: 'praise',
};

const literally = (word: string): string => word.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
/** Letters and digits of the Latin alphabet end at a word's end; Chinese has no such ends. */
const bounded = (source: string): RegExp => new RegExp(`(?<![a-z0-9])(?:${source})(?![a-z0-9])`, 'gi');

const CHINESE = /[\u4e00-\u9fff]/;
const LATIN = /[a-z]/i;

const builtIn: Lexicon = [zh, en].flatMap((language) =>
  Object.entries(language).flatMap(([sense, sources]) =>
    sources.map((source) => ({
      sense: sense as Sense,
      pattern: language === en ? bounded(source) : new RegExp(source, 'gi'),
      own: false,
      script: language === en ? LATIN : CHINESE,
    })),
  ),
);

const ready = new WeakMap<UnderstandingRules, Lexicon>();

/** The lexicon by these rules. */
export function lexiconOf(rules: UnderstandingRules): Lexicon {
  const known = ready.get(rules);
  if (known) return known;
  const own = (sense: Sense, words: readonly string[] = []) =>
    words.map((word) => {
      const source = literally(word);
      const [head, tail] = [
        /^[a-z0-9]/i.test(word) ? '(?<![a-z0-9])' : '',
        /[a-z0-9]$/i.test(word) ? '(?![a-z0-9])' : '',
      ];
      return { sense, pattern: new RegExp(`${head}${source}${tail}`, 'gi'), own: true };
    });
  const lexicon = [
    ...own('rival', rules.competitors),
    ...own('nothing', rules.products),
    ...Object.entries(rules.words).flatMap(([topic, words]) => own(senseOf[topic as Topic], words)),
    ...builtIn,
  ];
  ready.set(rules, lexicon);
  return lexicon;
}

const overlap = (one: Words, other: Words): boolean => one.start < other.end && other.start < one.end;

/** All names and words of a company, for the dictionary of whatever cuts text into words. */
export const ownWords = ({ competitors, products, words }: UnderstandingRules): string[] => [
  ...competitors,
  ...products,
  ...Object.values(words).flatMap((list) => list ?? []),
];

/**
 * What is said in a clause: where words overlap the longest counts, a company's own before others; in order. Chinese words that
 * are only part of others say nothing.
 */
export function hitsIn({ text, start }: Clause, lexicon: Lexicon, cut: Cut): Hit[] {
  const scripts = new Map([CHINESE, LATIN].map((script) => [script, script.test(text)]));
  const spoken = lexicon.filter(({ script }) => script === undefined || scripts.get(script));
  const found = spoken.flatMap(({ sense, pattern, own }) =>
    [...text.matchAll(pattern)].flatMap(({ 0: words, index }) =>
      words === '' ? [] : [{ sense, own, text: words, start: start + index, end: start + index + words.length }],
    ),
  );
  if (found.length === 0) return [];
  const wordAt = scripts.get(CHINESE) ? wordsAt(text, cut) : () => undefined;
  const whole = found.filter(
    (hit) => hit.own || !isPartOfWord({ ...hit, start: hit.start - start, end: hit.end - start }, wordAt),
  );
  const longestFirst = whole.sort(
    (a, b) => Number(b.own) - Number(a.own) || b.text.length - a.text.length || a.start - b.start,
  );
  const taken: (Hit & { own: boolean })[] = [];
  for (const hit of longestFirst) {
    const inTheWay = taken.some((longer) => overlap(hit, longer) && (longer.own || !bothSaid(longer.sense, hit.sense)));
    if (!inTheWay) taken.push(hit);
  }
  return taken
    .filter((hit) => !taken.some((other) => overlap(hit, other) && yieldsTo(hit.sense, other.sense)))
    .sort((a, b) => a.start - b.start)
    .map(({ own, ...hit }) => hit);
}
