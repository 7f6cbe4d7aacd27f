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

/** How far a lead got, as the number of columns it passed. */
function reached({ status, score, owner, sla }: LeadSummary): number {
  if (status === 'won') return 5;
  if (sla.firstContactAt !== null) return 4;
  if (owner) return 3;
  return score ? 2 : 1;
}

/** Of the leads that came into the column before, the share that came into this one. */
export function shares(leads: readonly LeadSummary[]): Partial<Record<Name, number | null>> {
  const onTheWay = leads.filter(({ status }) => status !== 'duplicate' && status !== 'rejected');
  const far = onTheWay.map(reached);
  const counts = way.map((_, at) => far.filter((each) => each > at).length);
  return Object.fromEntries(
    way.flatMap((name, at) => {
      if (at === 0) return [];
      const before = counts[at - 1] ?? 0;
      return [[name, before === 0 ? null : (counts[at] ?? 0) / before]];
    }),
  );
}
