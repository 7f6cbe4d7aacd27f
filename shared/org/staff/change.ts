import { announce, type OutgoingEvent } from '../../../events/contract.ts';
import { RepAway } from '../../../events/rep-away.ts';
import { RepBack } from '../../../events/rep-back.ts';
import { RepFrozen } from '../../../events/rep-frozen.ts';
import { RepMoved } from '../../../events/rep-moved.ts';
import { isFrozen } from '../rep.ts';
import type { HrFields } from '../roster.ts';
import { onRoster, type Person, same, standing, type Today, type Words } from './word.ts';

/** What becomes of a person by what was said of them. */
export interface StaffChange {
  repId: string;
  /** What they were; undefined: nobody known. */
  from: HrFields | undefined;
  to: HrFields;
  /** Who said so: a system, `calendar`, or an admin. */
  by: string;
  reason?: string;
}

/** What becomes of a person when the words about them are these; undefined when nothing does. */
export function changeOf(
  repId: string,
  before: Person | undefined,
  words: Words,
  now: Today,
  who: Pick<StaffChange, 'by' | 'reason'>,
): StaffChange | undefined {
  const [from, to] = [onRoster(before, now), standing(words, now)];
  if (!to || (from && same(from, to))) return undefined;
  return { repId, from, to, ...who };
}

/** Frozen by this change: no new leads from here on, open ones to be handed over. */
export const freezes = ({ from, to }: StaffChange): boolean => from !== undefined && !isFrozen(from) && isFrozen(to);

/** What is announced of a change, if anything. */
export function newsOf(change: StaffChange): OutgoingEvent | undefined {
  const { repId, from, to, by, reason } = change;
  if (!from) return undefined;
  const { status } = to;
  if (freezes(change) && (status === 'left' || status === 'leaving')) return announce(RepFrozen, { repId, status, by });
  if (status === 'on-leave' && (from.status !== status || from.leaveUntil !== to.leaveUntil))
    return announce(RepAway, { repId });
  if (status === 'active' && from.status !== status)
    return announce(RepBack, { repId, from: from.status, by, ...(reason === undefined ? {} : { reason }) });
  return undefined;
}

/** What is announced of somebody who is in another team by this change. */
export function moveOf({ repId, from, to, by }: StaffChange): OutgoingEvent | undefined {
  if (!from || from.teamId === to.teamId) return undefined;
  return announce(RepMoved, {
    repId,
    ...(from.teamId === undefined ? {} : { from: from.teamId }),
    ...(to.teamId === undefined ? {} : { to: to.teamId }),
    by,
  });
}
