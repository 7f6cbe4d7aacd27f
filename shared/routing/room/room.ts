import { capacity } from '../filters/capacity.ts';
import type { RoutingInputs } from '../inputs.ts';
import { route } from '../route.ts';

/** Those of the reps seen by a decision who had no room. */
export const fullAmong = (inputs: RoutingInputs): string[] =>
  inputs.reps.filter((rep) => capacity.passOver(rep, inputs) !== undefined).map(({ repId }) => repId);

/** Who of the reps had no room then, and with room for one would be given the lead, all else being as it was; the first of them. */
export function takerWithRoom(inputs: RoutingInputs, repIds: readonly string[]): string | undefined {
  const full = new Set(fullAmong(inputs));
  return repIds.find((repId) => {
    if (!full.has(repId)) return false;
    const reps = inputs.reps.map((rep) =>
      rep.repId === repId
        ? { ...rep, capacity: Math.max(1, rep.capacity), openLeads: Math.max(1, rep.capacity) - 1 }
        : rep,
    );
    const routing = route({ ...inputs, reps });
    return routing.outcome === 'assigned' && routing.repId === repId;
  });
}
