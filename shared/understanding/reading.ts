import { type Hit, hitsIn, type Lexicon } from './match.ts';
import { type Denial, denialOf } from './negation.ts';
import type { Cut } from './segment.ts';
import type { Clause, Sentence } from './sentences.ts';
import type { Finding, Sense, Stance, Topic } from './topics.ts';

/** Of whom a clause speaks: of us and what we sell, of a competitor, or of neither. */
type About = 'us' | 'them' | 'open';

const US = /你们|贵公司|贵司|你家|您家|你这|您这|(?<![a-z])(?:you|your|you're|yours|this|it's)(?![a-z])/i;
/** A competitor with whom somebody is compared is not who is spoken of. */
const COMPARED =
  /(?:跟|和|与|比|同|相比|than|compared (?:to|with)|versus|vs\.?|from|like)(?:我们|你们|我|our|my|the)?\s*$/i;
/** Words that name a competitor only to compare with: than our old system. */
const COMPARING = /^(?:than|over|against|versus|vs|比|跟|和|与)(?![a-z])/i;
/** Better than we are. */
const BETTER_THAN_US =
  /比(?:你们|你家|贵司|您)|than (?:you|yours|your)(?![a-z])|(?<![a-z])(?:more|better|nicer|easier|faster)(?![a-z])/i;
/** What happened then is no plan. */
const PAST =
  /去年|前年|上个?月|上周|上个?季度|昨天|(?<![a-z])(?:ago|yesterday|last (?:week|month|quarter|year|spring|summer|autumn|fall|winter)|(?:i|we) (?:started|joined|moved|opened) (?:here|the|our|in)|founded)(?![a-z])/i;
/** A competitor whom they buy from now: trouble with it is a need. */
const CURRENT =
  /现在|目前|原来|一直用|我们(?:公司)?用|用着|current|existing|present|以前用的|our last|dropped|ditched|our (?:vendor|provider|supplier)|today|we're on|we use/i;
/** Others say so. Colleagues are no others. */
const HEARSAY =
  /听说|据说|听(?:.{1,4})?(?:说|讲)|网上(?:说|都说|有人)|有人说|(?:朋友|同行|别人|隔壁.{0,4}|他们|外面)(?:都)?(?:说|讲|反映)|口碑|传言|(?<![a-z])(?:i|we)(?:'ve| have)? (?:hear|heard|read)(?![a-z])|people say|they say|reviews? says?|apparently|rumou?r|word is|a friend (?:of mine )?(?:said|says|told)/i;
/** Questions that take what they ask about for given: 怎么这么贵, why is it so expensive. */
const PRESUMING = /怎么(?:这么|那么|还这么|又|还|老|总)|为什么|为何|凭什么|(?<![a-z])(?:why|how come)(?![a-z])/i;
/** Denials that ask for a yes: 不是很贵吗, isn't it pricey? */
const RHETORICAL =
  /难道|(?:不是|不就|这不|不觉得).{0,12}?(?:[吗么嘛]\s*[?？]?|[?？])$|^(?:so |but |and )*(?:don't|doesn't|isn't|aren't|wasn't|won't|wouldn't|can't|haven't|hasn't) (?:you|it|that|this|there|they|we)\b/i;

interface Read {
  topic: Topic;
  stance?: Stance;
}
const read = (topic: Topic, stance?: Stance): Read[] => [{ topic, ...(stance === undefined ? {} : { stance }) }];
const none: Read[] = [];
const dear = read('price-sensitivity');
const flaw = read('objection');
const refusal = read('objection', 'refusal');
const praise = read('satisfaction');

/** What words say of us: as they are, denied, and asked. */
const readings: Readonly<Record<Exclude<Sense, 'nothing'>, { said: Read[]; denied: Read[]; asked: Read[] }>> = {
  dear: { said: dear, denied: none, asked: none },
  cheap: { said: none, denied: dear, asked: none },
  cheaper: { said: dear, denied: none, asked: dear },
  budget: { said: read('budget', 'has'), denied: read('budget', 'lacks'), asked: read('budget') },
  unfunded: { said: read('budget', 'lacks'), denied: read('budget'), asked: read('budget') },
  beyond: {
    said: [...read('price-sensitivity'), ...read('budget', 'lacks')],
    denied: read('budget', 'has'),
    asked: read('budget'),
  },
  decides: { said: read('authority', 'self'), denied: read('authority', 'others'), asked: none },
  defers: { said: read('authority', 'others'), denied: read('authority'), asked: none },
  wants: { said: read('need'), denied: refusal, asked: none },
  wishes: { said: read('need'), denied: read('need'), asked: read('need') },
  pain: { said: read('need'), denied: refusal, asked: none },
  soon: { said: read('timing', 'soon'), denied: read('timing', 'later'), asked: read('timing') },
  later: { said: read('timing', 'later'), denied: read('timing'), asked: read('timing') },
  putsOff: {
    said: [...read('timing', 'later'), ...read('objection')],
    denied: read('timing'),
    asked: read('timing'),
  },
  when: { said: read('timing'), denied: read('timing'), asked: read('timing') },
  refuses: { said: refusal, denied: none, asked: none },
  doubts: { said: flaw, denied: none, asked: flaw },
  flaw: { said: flaw, denied: none, asked: none },
  praise: { said: praise, denied: flaw, asked: none },
  rival: { said: read('competitor'), denied: read('competitor'), asked: read('competitor') },
  rivals: { said: read('competitor'), denied: none, asked: read('competitor') },
};

/** What is said of a competitor says of us, if anything: theirs is cheaper, they are pleased with theirs, or vexed by it. */
function ofThem(sense: Sense, { denied }: Denial, isCurrent: boolean, isBetter: boolean): Read[] {
  if (sense === 'cheap') return denied ? none : dear;
  if (sense === 'praise' && denied) return isCurrent ? read('need') : none;
  if (sense === 'praise' && isBetter) return flaw;
  if (sense === 'praise') return isCurrent ? refusal : none;
  if (sense === 'flaw' || sense === 'pain') return isCurrent && !denied ? read('need') : none;
  return none;
}
const ABOUT_THEM: readonly Sense[] = ['cheap', 'dear', 'praise', 'flaw', 'pain', 'refuses', 'doubts'];
/** Refusals that name no product: they are ours, whoever was spoken of. */
const STANDS_BY_ITSELF =
  /换|需要|用不着|已经(?:有|在用)|选定|敲定|签了|already|need|reason|locked|the job|does |covers?|签|signed|gone|went|someone|别人|tied|stick|stay|pass|想|考虑考虑|think/i;

/** Of whom a clause speaks; a clause without a subject goes on with the one before. */
function aboutIn(clause: Clause, hits: readonly Hit[], before: About): About {
  const them = hits.find(
    ({ sense, start, text }) =>
      (sense === 'rival' || sense === 'rivals') &&
      !COMPARING.test(text) &&
      !COMPARED.test(clause.text.slice(0, start - clause.start)),
  );
  // 比你们: we are only what somebody is compared with.
  const us = US.exec(
    clause.text.replaceAll(/(?:比|than )(?:你们|你家|贵司|贵公司|yours|you)/gi, (found) => '-'.repeat(found.length)),
  );
  if (them && us) return them.start - clause.start < us.index ? 'them' : 'us';
  if (them) return 'them';
  return us ? 'us' : before;
}

interface Context {
  sentence: Sentence;
  index: number;
}

/** The topics of a sentence by the words in it, as one who buys says them. */
export function readingOf({ sentence, index }: Context, lexicon: Lexicon, cut: Cut): Finding[] {
  const findings: Finding[] = [];
  const isHearsay = HEARSAY.test(sentence.text);
  const isRhetorical = RHETORICAL.test(sentence.text);
  const isPresuming = PRESUMING.test(sentence.text);
  const isCurrent = CURRENT.test(sentence.text);
  const isBetter = BETTER_THAN_US.test(sentence.text);
  let about: About = 'open';
  for (const clause of sentence.clauses) {
    const hits = hitsIn(clause, lexicon, cut);
    about = aboutIn(clause, hits, about);
    for (const hit of hits) {
      if (hit.sense === 'soon' && PAST.test(clause.text)) continue;
      const found = denialOf(hit, clause, hits);
      const denial = isRhetorical ? { ...found, denied: false, by: [] } : found;
      const isAsked = clause.isQuestion && !isRhetorical && !isPresuming;
      for (const each of readHit(hit, { denial, isAsked, isHearsay, isCurrent, isBetter, about })) {
        const known = findings.find(({ topic }) => topic === each.topic);
        const { text, start, end } = hit;
        if (known) {
          known.words.push({ text, start, end });
          if (each.stance !== undefined && known.stance === undefined) known.stance = each.stance;
          continue;
        }
        findings.push({
          ...each,
          sentence: index,
          words: [{ text, start, end }],
          ...(denial.by.length > 0 ? { negatedBy: denial.by } : {}),
          ...(isAsked ? { asked: true as const } : {}),
          ...(isHearsay ? { hearsay: true as const } : {}),
        });
      }
    }
  }
  return findings;
}

interface Circumstances {
  denial: Denial;
  isAsked: boolean;
  isHearsay: boolean;
  isCurrent: boolean;
  /** Somebody is better than we are. */
  isBetter: boolean;
  about: About;
}

function readHit(
  { sense, text }: Hit,
  { denial, isAsked, isHearsay, isCurrent, isBetter, about }: Circumstances,
): Read[] {
  if (sense === 'nothing') return none;
  if (about === 'them' && ABOUT_THEM.includes(sense) && !(sense === 'refuses' && STANDS_BY_ITSELF.test(text)))
    return ofThem(sense, denial, isCurrent, isBetter);
  const { said, denied, asked } = readings[sense];
  if (sense === 'praise' && !isAsked) {
    // Others' praise is not theirs; and whoever is not dissatisfied is not yet satisfied.
    if (isHearsay && !denial.denied) return none;
    if (denial.by.length > 1 && !denial.denied && !denial.isFullYes) return none;
  }
  if ((sense === 'flaw' || sense === 'doubts') && denial.denied && denial.isFullYes) return none;
  if (isAsked) return asked;
  return denial.denied ? denied : said;
}
