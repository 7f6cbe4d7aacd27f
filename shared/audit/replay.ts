import { isDeepStrictEqual } from 'node:util';
import { type Flip, flips } from '../routing/flip.ts';
import type { RoutingInputs } from '../routing/inputs.ts';
import { type Routing, route } from '../routing/route.ts';
import { shiftFor } from '../routing/shift.ts';
import type { AuditRecord } from './record.ts';

/** Runs a recorded decision of the router again from its own inputs and says whether it comes out the same to the letter. */
export function replay(record: AuditRecord): boolean {
  if (!record.inputs) return true;
  const again = route(record.inputs);
  const answer = again.outcome === 'assigned' ? { repId: again.repId, basis: again.basis } : { cause: again.cause };
  const said = again.outcome === 'assigned' ? { repId: record.repId, basis: record.basis } : { cause: record.cause };
  return (
    again.outcome === (record.outcome === 'assigned' ? 'assigned' : 'failed') &&
    isDeepStrictEqual(answer, said) &&
    isDeepStrictEqual(again.candidates, record.candidates) &&
    // Before leads waited for shifts, records said nothing of it.
    (record.waitsUntil === undefined || record.waitsUntil === shiftFor(record.inputs)) &&
    isExplained(record.inputs, again, record.flip)
  );
}

/** Whether the flips are what is said of the decision now, or was by earlier versions. */
const isExplained = (inputs: RoutingInputs, decided: Routing, said: readonly Flip[]): boolean =>
  isDeepStrictEqual(flips(inputs, decided), said) || isDeepStrictEqual(flips(inputs, decided, 'once'), said);
