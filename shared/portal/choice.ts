import type { RoutingInputs } from '../routing/inputs.ts';
import { type Routing, route } from '../routing/route.ts';

/** A rep as a customer sees them. */
export interface Choosable {
  repId: string;
  name: string;
}

/** The reps who may serve this customer now: those whom the router would not pass over for a reason of their own. */
export function choices(inputs: RoutingInputs): Choosable[] {
  const open = new Set(route(inputs).candidates.flatMap(({ repId, rank }) => (rank === undefined ? [] : [repId])));
  return inputs.reps.filter(({ repId }) => open.has(repId)).map(({ repId, name }) => ({ repId, name }));
}

/** What a customer's choice comes to: the router's own decision with it, or why that rep cannot serve them. */
export type Choice =
  | { accepted: true; inputs: RoutingInputs; routing: Extract<Routing, { outcome: 'assigned' }> }
  | { accepted: false; because: string };

/** Takes a customer's choice among those who may serve them; it stands above the default rules. */
export function choose(inputs: RoutingInputs, repId: string): Choice {
  if (!choices(inputs).some((each) => each.repId === repId)) {
    const said = route(inputs).candidates.find((candidate) => candidate.repId === repId);
    return { accepted: false, because: said ? `${repId} ${said.reason}` : `${repId} does not serve your place` };
  }
  const wished = { ...inputs, preferredRepId: repId };
  const routing = route(wished);
  if (routing.outcome === 'assigned' && routing.repId === repId) return { accepted: true, inputs: wished, routing };
  return { accepted: false, because: 'the customer’s choice is switched off' };
}
