import type { NextStep } from './next-step.ts';
import type { Finding, Stance, Topic } from './topics.ts';

/** How likely it sounds that they buy. */
export const intents = ['high', 'middle', 'low'] as const;
export type Intent = (typeof intents)[number];

/** Something that speaks for or against, and the message in which it was said. */
export interface Reason {
  reason: string;
  weight: number;
  messageId?: string;
}

/** A grade, and why. */
export interface Graded {
  grade: Intent;
  reasons: Reason[];
}

/** A finding, and the message that it is of. */
export interface Found extends Finding {
  messageId: string;
}

/** What counts once, however often it is said. */
const once: Readonly<Partial<Record<Topic, Reason>>> = {
  need: { reason: 'need named', weight: 2 },
  satisfaction: { reason: 'pleased', weight: 1 },
};
/** Where they stand now: of several, what was said last. */
const stances: Readonly<Partial<Record<Topic, Partial<Record<Stance | 'open', Reason>>>>> = {
  budget: { has: { reason: 'budget there', weight: 2 }, lacks: { reason: 'no budget', weight: -2 } },
  authority: { self: { reason: 'decides', weight: 1 } },
  timing: {
    soon: { reason: 'soon', weight: 2 },
    later: { reason: 'later', weight: -2 },
    open: { reason: 'asks when', weight: 1 },
  },
  objection: { refusal: { reason: 'refuses', weight: -3 }, open: { reason: 'objects', weight: -1 } },
};
const NEXT_STEP: Reason = { reason: 'next step agreed', weight: 2 };
const CURIOUS: Reason = { reason: 'asks a lot', weight: 1 };
/** So many questions of theirs are a lot. */
const MANY_QUESTIONS = 3;
const HIGH = 4;

/** The grade of what a customer said, in order; undefined when nothing was said that speaks for or against. */
export function intentOf(
  findings: readonly Found[],
  nextStep: NextStep | undefined,
  questionsOfTheirs: number,
): Graded | undefined {
  const own = findings.filter(({ hearsay }) => !hearsay);
  const reasons: Reason[] = [];
  for (const topic of Object.keys(once) as Topic[]) {
    const said = own.find((finding) => finding.topic === topic);
    const reason = once[topic];
    if (said && reason) reasons.push({ ...reason, messageId: said.messageId });
  }
  for (const topic of Object.keys(stances) as Topic[]) {
    const last = own.findLast((finding) => finding.topic === topic);
    const reason = last && stances[topic]?.[last.stance ?? 'open'];
    if (reason) reasons.push({ ...reason, messageId: last.messageId });
  }
  if (nextStep) reasons.push({ ...NEXT_STEP, messageId: nextStep.agreedIn });
  if (own.length === 0 && reasons.length === 0) return undefined;
  if (questionsOfTheirs >= MANY_QUESTIONS) reasons.push(CURIOUS);
  const sum = reasons.reduce((total, { weight }) => total + weight, 0);
  return { grade: sum >= HIGH ? 'high' : sum >= 0 ? 'middle' : 'low', reasons };
}

/** What a grade adds to a lead's score, and why in words. */
export function conversedBy(
  graded: Graded | undefined,
  points: Readonly<Record<Intent, number>>,
): { intent: Intent; points: number; because: string } | undefined {
  if (!graded) return undefined;
  const because = graded.reasons.map(({ reason }) => reason).join(', ') || 'talks with us';
  return { intent: graded.grade, points: points[graded.grade], because: `${graded.grade} intent: ${because}` };
}
