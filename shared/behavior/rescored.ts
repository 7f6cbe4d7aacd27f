import { type Lead, ownerOf } from '../lead/lead.ts';
import { grades } from '../scoring/rules.ts';
import type { Grade, Score } from '../scoring/score.ts';
import { raisedFor } from '../sla/lead-clock.ts';
import type { SlaRules } from '../sla/rules.ts';

/** A change of the value by less, in the same grade, is not worth writing. */
const WORTH = 1;

const isBetter = (one: Grade, other: Grade): boolean => grades.indexOf(one) < grades.indexOf(other);

/** Whether a score differs from the one before so much that the lead is written anew. */
export const isNews = (before: Score, after: Score): boolean =>
  before.grade !== after.grade || Math.abs(before.value - after.value) >= WORTH;

/** A lead with another score, and whether its grade is better than before. */
export interface Rescored {
  lead: Lead;
  raised: boolean;
}

/**
 * A lead with another score. A better grade brings its deadlines forward, each to what the grade allows from now on; a worse one
 * leaves them where they are.
 */
export function rescored(lead: Lead, score: Score, rules: SlaRules, at: Date): Rescored {
  const raised = lead.score !== undefined && isBetter(score.grade, lead.score.grade);
  const after: Lead = { ...lead, score };
  return { lead: raised ? raisedFor(after, ownerOf(lead), rules, at) : after, raised };
}
