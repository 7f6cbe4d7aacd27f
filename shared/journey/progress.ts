import { isOpen, type Lead } from '../lead/lead.ts';
import { progressed } from '../sla/clock.ts';
import type { Stage } from './stages.ts';

/** So long a deal may stand still unless its stage says otherwise. Milliseconds. */
export const TWO_WEEKS = 14 * 24 * 3600 * 1000;

/** How long a deal may stand still where it stands. Milliseconds. */
const stuckMs = ({ stuckMs: own }: Stage): number => own ?? TWO_WEEKS;

/** The deal after progress at a time: a move, or a contact with the customer. */
export const goneOn = (lead: Lead, at: Date): Lead =>
  isOpen(lead) ? { ...lead, sla: progressed(lead.sla, at, stuckMs(lead.stage)) } : lead;

/** Since when an open deal is red (ISO 8601): nothing happened with it for longer than its stage allows; or undefined. */
export function stuckSince(lead: Lead, at: Date): string | undefined {
  if (!isOpen(lead)) return undefined;
  const { stuckSince: told, stuckDueAt, receivedAt } = lead.sla;
  const since = Math.max(Date.parse(lead.stage.since), Date.parse(receivedAt));
  const due = told ?? stuckDueAt ?? new Date(since + stuckMs(lead.stage)).toISOString();
  return due < at.toISOString() ? due : undefined;
}

/** Whether an open deal is red. */
export const isStuck = (lead: Lead, at: Date): boolean => stuckSince(lead, at) !== undefined;
