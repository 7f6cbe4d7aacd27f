import type { LeadSummary } from '../../calls.ts';

/** A lead's way, as the board shows it. */
const way = ['captured', 'scored', 'assigned', 'contacted', 'converted'] as const;

type Name = (typeof way)[number] | 'manual' | 'lost';

/** A column of the board: the leads that are there now. */
export interface Column {
  name: Name;
  leads: LeadSummary[];
}

/** Where a lead is now. Duplicates and rejected ones are nowhere on the way. */
const now: Readonly<Partial<Record<LeadSummary['status'], Name>>> = {
  received: 'captured',
  scored: 'scored',
  assigned: 'assigned',
  contacted: 'contacted',
  won: 'converted',
  manual: 'manual',
  pool: 'manual',
  lost: 'lost',
};

/** The leads by where they are; who waits longest first, but what has ended by when it came in. */
export function columns(leads: readonly LeadSummary[]): Column[] {
  const names: Name[] = [...way, 'lost', 'manual'];
  return names.flatMap((name) => {
    const here = leads.filter(({ status }) => now[status] === name);
    if (here.length === 0 && name === 'manual') return [];
    const ended = name === 'converted' || name === 'lost';
    return [{ name, leads: ended ? here : here.toReversed() }];
  });
}

/** Each lead once, the newest first. Of two that were asked for one after the other, the first stands. */
export function together(some: readonly LeadSummary[], others: readonly LeadSummary[]): LeadSummary[] {
  const seen = new Set(some.map(({ leadId }) => leadId));
  // Whoever was asked for by status has it; among the others it may have been the same a moment ago.
  const rest = others.filter(({ leadId, status }) => !seen.has(leadId) && status !== 'assigned');
  return [...some, ...rest].sort((a, b) => (a.leadId < b.leadId ? 1 : -1));
}
