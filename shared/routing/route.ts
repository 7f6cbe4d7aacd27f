import { draw } from '../platform/random.ts';
import type { Basis } from './bases/basis.ts';
import { basisNamed } from './bases/index.ts';
import type { FailureCause } from './failure.ts';
import { filters } from './filters/index.ts';
import type { Candidate, RepSeen, RoutingInputs } from './inputs.ts';

/** What became of an attempt: somebody, or the cause why nobody; every candidate with the reason either way. */
export type Routing =
  | { outcome: 'assigned'; repId: string; basis: Basis['name']; candidates: Candidate[] }
  | { outcome: 'failed'; cause: FailureCause; candidates: Candidate[] };

/** Those left on one basis, best first, and those passed over with the cause of the last filter that turned somebody away. */
interface Sifted {
  left: RepSeen[];
  passedOver: Candidate[];
  cause: FailureCause | undefined;
}

function sift(basis: Basis, inputs: RoutingInputs, roster: Map<string, RepSeen>): Sifted {
  const passedOver: Candidate[] = [];
  const passOver = (repId: string, reason: string) =>
    passedOver.push({ repId, basis: basis.name, outcome: 'passed-over', reason });
  let cause: FailureCause | undefined;
  let left: RepSeen[] = [];
  for (const repId of basis.candidates(inputs)) {
    const rep = roster.get(repId);
    if (rep) left.push(rep);
    else passOver(repId, 'is not on the roster');
  }
  for (const filter of filters) {
    if (!filter.bases.includes(basis.name)) continue;
    const before = left;
    left = before.filter((rep) => {
      const reason = filter.passOver(rep, inputs);
      if (reason !== undefined) passOver(rep.repId, reason);
      return reason === undefined;
    });
    if (left.length < before.length) cause = filter.cause;
  }
  return { left: rank(left, inputs.leadId), passedOver, cause };
}

/** Fewest open leads first; equals are drawn by the lead's id, the same way every time. */
const rank = (reps: RepSeen[], leadId: string): RepSeen[] =>
  reps
    .map((rep) => ({ rep, lot: draw(`${leadId}/${rep.repId}`) }))
    .sort((a, b) => a.rep.openLeads - b.rep.openLeads || a.lot - b.lot)
    .map(({ rep }) => rep);

function runnerUp(rep: RepSeen, chosen: RepSeen): string {
  return rep.openLeads > chosen.openLeads
    ? `has more open leads (${rep.openLeads}) than ${chosen.repId} (${chosen.openLeads})`
    : `equal to ${chosen.repId}, who was drawn`;
}

/**
 * Decides who gets a lead. Pure: the same inputs give the same answer, always.
 * Goes through the bases in their configured order; the first that leaves somebody decides.
 */
export function route(inputs: RoutingInputs): Routing {
  const roster = new Map(inputs.reps.map((rep) => [rep.repId, rep]));
  const candidates: Candidate[] = [];
  let chosen: { rep: RepSeen; basis: Basis } | undefined;
  let cause: FailureCause | undefined;
  for (const name of inputs.order) {
    const basis = basisNamed[name];
    const { left, passedOver, cause: turnedAway } = sift(basis, inputs, roster);
    candidates.push(...passedOver);
    const decidedBefore = chosen;
    left.forEach((rep, index) => {
      if (!chosen) {
        chosen = { rep, basis };
        candidates.push({ repId: rep.repId, basis: name, outcome: 'chosen', reason: basis.because, rank: 1 });
      } else {
        const reason = decidedBefore
          ? `${chosen.rep.repId} comes first: ${chosen.basis.because}`
          : runnerUp(rep, chosen.rep);
        candidates.push({ repId: rep.repId, basis: name, outcome: 'passed-over', reason, rank: index + 1 });
      }
    });
    if (name === 'territory') cause = turnedAway;
  }
  if (chosen) return { outcome: 'assigned', repId: chosen.rep.repId, basis: chosen.basis.name, candidates };
  return { outcome: 'failed', cause: whyNobody(inputs, cause), candidates };
}

function whyNobody(inputs: RoutingInputs, turnedAway: FailureCause | undefined): FailureCause {
  if (inputs.territories.length === 0) return 'no-territory';
  return turnedAway ?? 'no-rep-in-territory';
}
