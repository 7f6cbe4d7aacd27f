import { isOpen, type Lead } from '../lead/lead.ts';
import { progressed } from '../sla/clock.ts';
import { atMostLongest } from '../sla/duration.ts';
import type { Stage } from './stages.ts';

/** So long a deal may stand still unless its stage says otherwise. Milliseconds. */
export const TWO_WEEKS = 14 * 24 * 3600 * 1000;

/** How long a deal may stand still where it stands. Milliseconds. Earlier versions took and kept any, with which there is no date. */
const stuckMs = ({ stuckMs: own }: Stage): number => atMostLongest(own ?? TWO_WEEKS);

const after = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

/** The deal after progress at a time: a move, or a contact with the customer. */
export const goneOn = (lead: Lead, at: Date): Lead =>
  isOpen(lead) ? { ...lead, sla: progressed(lead.sla, at, stuckMs(lead.stage)) } : lead;

/**
 * The deal once a contact that was taken for its latest progress never was; the latest that remains was at `last` (ISO 8601), if any.
 * Whoever was told that it is red was told rightly, and is not told again.
 */
export function setBack(lead: Lead, wrongAt: string, last: string | undefined): Lead {
  const { stuckDueAt, stuckSince, ...sla } = lead.sla;
  if (!isOpen(lead) || (stuckDueAt ?? stuckSince) !== after(wrongAt, stuckMs(lead.stage))) return lead;
  const moved = lead.stage.since > lead.receivedAt ? lead.stage.since : undefined;
  const since = last !== undefined && (moved === undefined || last > moved) ? last : moved;
  if (since === undefined) return { ...lead, sla };
  const dueAt = after(since, stuckMs(lead.stage));
  return { ...lead, sla: { ...sla, ...(stuckSince === undefined ? { stuckDueAt: dueAt } : { stuckSince: dueAt }) } };
}

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
