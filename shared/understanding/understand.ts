import { answered } from './answers.ts';
import { type Found, type Graded, intentOf } from './intent.ts';
import { type Lexicon, lexiconOf } from './match.ts';
import { type NextStep, nextStepIn, type Turn } from './next-step.ts';
import { readingOf } from './reading.ts';
import type { UnderstandingRules } from './rules.ts';
import type { Cut } from './segment.ts';
import { sentencesOf } from './sentences.ts';
import type { Finding } from './topics.ts';

/** A message, as far as it is looked at. */
export interface Message {
  messageId: string;
  at: string;
  from: 'rep' | 'customer' | 'other';
  text: string;
  automatic?: boolean | undefined;
  threadId?: string | undefined;
}

/** What was understood of a conversation. */
export interface Understood {
  /** By message, those in which something was found. */
  findings: Map<string, Finding[]>;
  intent: Graded | undefined;
  /** The share of the letters that each side said; 0 and 0 when nobody said anything. */
  talk: { rep: number; customer: number };
  questions: { rep: number; customer: number };
  nextStep: NextStep | undefined;
}

const inOrder = (one: Message, other: Message): number =>
  one.at < other.at ? -1 : one.at > other.at ? 1 : one.messageId < other.messageId ? -1 : 1;

const lettersIn = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((100 * part) / whole) / 100);

/** The turns of a thread: what people of the two sides said, in order. */
const turnsOf = (messages: readonly Message[]): Turn[] =>
  messages.flatMap(({ messageId, from, text, automatic }) =>
    from === 'other' || automatic ? [] : [{ messageId, from, sentences: sentencesOf(text) }],
  );

/** What is found in a customer's turn, given what was asked just before it. */
function findingsOf({ sentences }: Turn, before: Turn | undefined, lexicon: Lexicon, cut: Cut): Finding[] {
  const said = sentences.flatMap((sentence, index) => readingOf({ sentence, index }, lexicon, cut));
  const question = before?.from === 'rep' ? before.sentences.findLast(({ isQuestion }) => isQuestion) : undefined;
  return [...said, ...answered(question?.text, sentences[0], said)];
}

/** The messages of each thread; those of none are one. */
const threadsOf = (messages: readonly Message[]): Message[][] => [
  ...Map.groupBy([...messages].sort(inOrder), ({ threadId = '' }) => threadId).values(),
];

/** Whether a message is a customer's own: what others say is about nothing. */
export const isCustomers = ({ from, automatic }: Message): boolean => from === 'customer' && !automatic;

/** What customers' messages are about by words and grammar, by message. */
export function findingsIn(messages: readonly Message[], rules: UnderstandingRules, cut: Cut): Map<string, Finding[]> {
  const lexicon = lexiconOf(rules);
  const findings = new Map<string, Finding[]>();
  for (const turns of threadsOf(messages).map(turnsOf))
    for (const [at, turn] of turns.entries()) {
      if (turn.from !== 'customer') continue;
      const found = findingsOf(turn, turns[at - 1], lexicon, cut);
      if (found.length > 0) findings.set(turn.messageId, found);
    }
  return findings;
}

/** What a conversation comes to by what its messages are about, whoever found that. */
export function concluded(messages: readonly Message[], findings: Map<string, Finding[]>): Understood {
  const threads = threadsOf(messages).map(turnsOf);
  const turns = threads.flat();
  const of = (side: Turn['from']): Turn[] => turns.filter(({ from }) => from === side);
  const letters = (side: Turn['from']): number =>
    of(side).reduce((sum, { sentences }) => sum + sentences.reduce((some, { text }) => some + lettersIn(text), 0), 0);
  const asked = (side: Turn['from']): number =>
    of(side).reduce((sum, { sentences }) => sum + sentences.filter(({ isQuestion }) => isQuestion).length, 0);
  const [rep, customer] = [letters('rep'), letters('customer')];
  const questions = { rep: asked('rep'), customer: asked('customer') };
  const steps = threads.flatMap((thread) => nextStepIn(thread) ?? []);
  const nextStep = steps.at(-1);
  const inTime: Found[] = [...messages]
    .sort(inOrder)
    .flatMap(({ messageId }) => (findings.get(messageId) ?? []).map((finding) => ({ ...finding, messageId })));
  return {
    findings,
    intent: intentOf(inTime, nextStep, questions.customer),
    talk: { rep: share(rep, rep + customer), customer: share(customer, rep + customer) },
    questions,
    nextStep,
  };
}

/**
 * Understands what was said with a customer by words and grammar. The same messages, in whatever order they are given, and the
 * same rules: the same.
 */
export const understand = (messages: readonly Message[], rules: UnderstandingRules, cut: Cut): Understood =>
  concluded(messages, findingsIn(messages, rules, cut));
