/** What is listened for in what customers say. */
export const topics = [
  'price-sensitivity',
  'competitor',
  'budget',
  'authority',
  'need',
  'timing',
  'objection',
  'satisfaction',
] as const;

/** One of them. */
export type Topic = (typeof topics)[number];

/** Some words of a text: where they begin and end in it. */
export interface Words {
  text: string;
  start: number;
  end: number;
}

/**
 * What kind of thing some words say, before it is known whether they are negated, asked, or said of somebody else:
 * - `dear`, `cheap`: a judgement of the price; `cheaper`: a wish that it were lower.
 * - `budget`, `unfunded`: money set aside; that there is none. `beyond`: dearer than that.
 * - `decides`, `defers`: who decides: the speaker; somebody else.
 * - `wants`, `pain`: what they would like; what hurts today. `wishes`: whether there is something of the kind.
 * - `soon`, `later`, `when`: the time of buying or of starting. `putsOff`: some other time, if ever.
 * - `refuses`, `doubts`, `flaw`: a no, a worry, a fault. `praise`: a liking.
 * - `rival`, `rivals`: a competitor by name; others of the trade, as such.
 * - `nothing`: words that only look like one of these.
 */
export type Sense =
  | 'dear'
  | 'cheap'
  | 'cheaper'
  | 'budget'
  | 'unfunded'
  | 'beyond'
  | 'decides'
  | 'defers'
  | 'wants'
  | 'wishes'
  | 'pain'
  | 'soon'
  | 'later'
  | 'putsOff'
  | 'when'
  | 'refuses'
  | 'doubts'
  | 'flaw'
  | 'praise'
  | 'rival'
  | 'rivals'
  | 'nothing';

/** How a topic is spoken of: money is there or not, the speaker decides or somebody else, soon or later. */
export const stances = ['has', 'lacks', 'self', 'others', 'soon', 'later', 'refusal'] as const;

/** One of them. */
export type Stance = (typeof stances)[number];

/** A topic in a sentence, with the words that it stands on. Offsets are those of the message's text. */
export interface Finding {
  topic: Topic;
  stance?: Stance;
  /** The sentence of its message, from 0. */
  sentence: number;
  words: Words[];
  /** Words that turn the meaning around, such as 不 or not. */
  negatedBy?: Words[];
  /** Said as a question. */
  asked?: true;
  /** Others are said to say so. */
  hearsay?: true;
  /** The answer to this, which the other side asked just before. */
  answers?: string;
}
