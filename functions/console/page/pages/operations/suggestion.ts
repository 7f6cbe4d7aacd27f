import type { Decision, LeadSummary, Rep } from '../../calls.ts';
import { sameLine } from '../../product-line.ts';

/** Who might get a lead that the rules could not place, and why: they were nearest to what the rules want, or have most room. */
export interface Suggestion {
  rep: Rep;
  /** What the rules missed in them; undefined when the rules considered nobody who can take it. */
  change: string | undefined;
}

const canTake = ({ status, pausedUntil, openLeads, capacity }: Rep): boolean =>
  status === 'active' && pausedUntil === undefined && openLeads < capacity;

const sells = ({ productLines = [] }: Rep, productLine: string | undefined): boolean =>
  productLine === undefined || productLines.length === 0 || productLines.some((line) => sameLine(line, productLine));

/** Somebody who can take it, if there is anybody. */
export function suggestionFor(
  lead: Pick<LeadSummary, 'productLine'> | undefined,
  decisions: readonly Decision[],
  reps: readonly Rep[],
): Suggestion | undefined {
  const able = reps.filter(canTake);
  const near = decisions.findLast(({ flip }) => flip.length > 0)?.flip ?? [];
  for (const { repId, change } of near) {
    const rep = able.find((each) => each.repId === repId);
    if (rep) return { rep, change };
  }
  const room = ({ openLeads, capacity }: Rep): number => openLeads / capacity;
  const [rep] = able.filter((each) => sells(each, lead?.productLine)).sort((a, b) => room(a) - room(b));
  return rep && { rep, change: undefined };
}
