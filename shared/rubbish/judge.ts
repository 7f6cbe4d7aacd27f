import type { Form } from '../lead/form.ts';
import { ownListsAllow, ownListsBlock } from './own-lists.ts';
import type { RubbishRules } from './rules.ts';
import type { Sign, SignName } from './sign.ts';

/** What is done with a lead: it goes its way, people look at it first, or it is rejected. */
export type Verdict = 'passed' | 'review' | 'rejected';

/** What was made of the signs against a lead, and by which version of the rules. */
export interface Judgement {
  verdict: Verdict;
  points: number;
  reasons: { sign: SignName; points: number; because: string }[];
  version: number;
  /** Somebody let its sender pass before: passed, whatever the points. */
  trusted?: true;
}

/** Adds up what speaks against a form: the signs that were found in it, and the company's own lists. */
export function judge(form: Form, signs: readonly Sign[], rules: RubbishRules, version: number): Judgement {
  const all = [...signs, ...ownListsBlock(form, rules.blocked)];
  const reasons = all.map(({ sign, because }) => ({ sign, points: rules.points[sign] ?? 0, because }));
  const points = reasons.reduce((sum, reason) => sum + reason.points, 0);
  const over = points >= rules.rejectAt ? 'rejected' : points >= rules.reviewAt ? 'review' : 'passed';
  return { verdict: ownListsAllow(form, rules.allowed) ? 'passed' : over, points, reasons, version };
}

/** The judgement of a lead whose sender somebody let pass before. */
export const trusting = (judgement: Judgement): Judgement => ({ ...judgement, verdict: 'passed', trusted: true });

/** A judgement by other rules: of the signs that were found when the lead came in, and the lists as they are there. */
export function judgeAgain(form: Form, before: Judgement | undefined, rules: RubbishRules, version: number): Judgement {
  const lasting = (before?.reasons ?? []).filter(({ sign }) => sign !== 'blocked-word' && sign !== 'blocked-domain');
  const again = judge(form, lasting, rules, version);
  return before?.trusted ? trusting(again) : again;
}
