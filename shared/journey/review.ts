import { isOpen, type Lead } from '../lead/lead.ts';
import { targetHours } from './health/health.ts';
import type { Interaction } from './interaction.ts';
import { isContact } from './interaction.ts';

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;
const STUCK = 14 * DAY;
/** A promise counts as kept when somebody was in touch until so long after it was due. Milliseconds. */
const GRACE = DAY;

/** An open deal that has not moved for two weeks. */
export const isStuck = (lead: Lead, at: Date): boolean =>
  isOpen(lead) && at.getTime() - Date.parse(lead.stage.since) > STUCK;

/** Why a deal is talked about. */
export type Why = 'never-contacted' | 'stuck' | 'over-target' | 'promise-overdue' | 'no-next-step';

/** Why an open deal should be talked about, by its own state alone; the gravest first. */
export function whyReviewed(lead: Lead, at: Date): Why | undefined {
  if (!isOpen(lead)) return undefined;
  if (lead.sla.firstContactAt === null && lead.sla.level !== 'none') return 'never-contacted';
  if (isStuck(lead, at)) return 'stuck';
  const target = targetHours(lead.stage.name);
  const over = target !== null && at.getTime() - Date.parse(lead.stage.since) > target * HOUR;
  return over ? 'over-target' : undefined;
}

/** The gravest of two reasons comes first. */
const gravity: readonly Why[] = ['never-contacted', 'stuck', 'promise-overdue', 'over-target', 'no-next-step'];

/** Those to be talked about first: by reason, then by how long they have stood still. */
export const inOrder = <T extends { why: Why; since: string }>(deals: readonly T[]): T[] =>
  [...deals].sort(
    (a, b) => gravity.indexOf(a.why) - gravity.indexOf(b.why) || (a.since < b.since ? -1 : a.since > b.since ? 1 : 0),
  );

/** Something that was promised to a customer, and what became of it. */
export interface Promised {
  text: string;
  dueAt: string;
  /** Null while it is not due yet. */
  kept: boolean | null;
}

/** What was promised for the time from … to, by a deal's contacts, and whether somebody was in touch until a day after. */
export function promisesOf(interactions: readonly Interaction[], from: Date, to: Date, at: Date): Promised[] {
  return interactions.flatMap(({ nextStep, at: promisedAt, interactionId }) => {
    if (!nextStep) return [];
    const due = Date.parse(nextStep.dueAt);
    if (due < from.getTime() || due >= to.getTime()) return [];
    const kept = interactions.some(
      (later) =>
        later.interactionId !== interactionId &&
        later.at > promisedAt &&
        Date.parse(later.at) <= due + GRACE &&
        isContact(later),
    );
    const open = !kept && at.getTime() < due + GRACE;
    return [{ text: nextStep.text, dueAt: new Date(due).toISOString(), kept: open ? null : kept }];
  });
}

/** The last contact of a deal, and the next step that was agreed last, if it is not past. */
export function standOf(interactions: readonly Interaction[], at: Date) {
  const sorted = [...interactions].sort((a, b) => (a.at < b.at ? -1 : 1));
  const next = sorted.findLast(({ nextStep }) => nextStep)?.nextStep;
  return {
    lastContactAt: sorted.findLast((each) => isContact(each))?.at ?? null,
    nextStep: next && Date.parse(next.dueAt) >= at.getTime() ? next : null,
    overdue: next !== undefined && Date.parse(next.dueAt) < at.getTime(),
  };
}
