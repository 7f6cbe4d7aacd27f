import type { LeadStatus } from '../lead/lead.ts';

/** A lead may be on its way so long (milliseconds) before it counts as stuck. */
export const ON_ITS_WAY = 5 * 60 * 1000;

/** Where all leads are that came in. `difference`: those of which nobody can say; `leadIds` are theirs. */
export interface Reconciliation {
  received: number;
  assigned: number;
  manual: number;
  pool: number;
  duplicate: number;
  rejected: number;
  closed: number;
  inFlight: number;
  difference: number;
  leadIds: string[];
}

/** Where leads of a state are counted; those on their way are looked at one by one. */
const counted: Readonly<Record<Exclude<LeadStatus, 'received' | 'scored'>, keyof Reconciliation>> = {
  assigned: 'assigned',
  contacted: 'assigned',
  manual: 'manual',
  pool: 'pool',
  duplicate: 'duplicate',
  rejected: 'rejected',
  won: 'closed',
  lost: 'closed',
};

/** A lead that is on its way: since when it has been in its state (ISO 8601), if it is to be tried again, when. */
export interface Under {
  leadId: string;
  since: string;
  nextAttemptAt?: string | undefined;
}

/** Adds up where leads are: as many of each state, and those on their way. */
export function reconcile(
  counts: Readonly<Partial<Record<LeadStatus, number>>>,
  onTheirWay: readonly Under[],
  at: Date,
): Reconciliation {
  const result: Reconciliation = {
    received: onTheirWay.length,
    assigned: 0,
    manual: 0,
    pool: 0,
    duplicate: 0,
    rejected: 0,
    closed: 0,
    inFlight: 0,
    difference: 0,
    leadIds: [],
  };
  for (const [status, count] of Object.entries(counts)) {
    const field = counted[status as keyof typeof counted];
    if (!field || typeof result[field] !== 'number') continue;
    (result[field] as number) += count;
    result.received += count;
  }
  for (const { leadId, since, nextAttemptAt } of onTheirWay) {
    const moving = Math.max(Date.parse(since), Date.parse(nextAttemptAt ?? since));
    if (at.getTime() - moving <= ON_ITS_WAY) result.inFlight += 1;
    else result.leadIds.push(leadId);
  }
  result.difference = result.leadIds.length;
  return result;
}
