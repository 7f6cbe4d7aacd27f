import { isFrozen, type Rep } from '../rep.ts';

const DAY = 24 * 3600 * 1000;

/**
 * Why a rep's open leads are to be handed over at this time, as their audit records say it; undefined while they keep them.
 * Absence counts by HR's word of its end, if there is one; else from its beginning.
 */
export function whyHandOver(
  { status, statusSince, leaveUntil }: Pick<Rep, 'status' | 'statusSince' | 'leaveUntil'>,
  afterLeaveDays: number,
  at: Date,
): string | undefined {
  if (isFrozen({ status })) return `owner-${status}`;
  if (status !== 'on-leave' || statusSince === undefined) return undefined;
  const begun = Date.parse(statusSince);
  const planned = leaveUntil === undefined ? 0 : Date.parse(leaveUntil) - begun;
  const lasted = at.getTime() - begun;
  return Math.max(planned, lasted) > afterLeaveDays * DAY ? 'owner-on-leave' : undefined;
}
