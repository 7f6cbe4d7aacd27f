import { isDeepStrictEqual } from 'node:util';
import { flips } from '../routing/flip.ts';
import { route } from '../routing/route.ts';
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
    isDeepStrictEqual(flips(record.inputs, again), record.flip)
  );
}
