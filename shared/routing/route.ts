import { strideOf } from '../org/tally.ts';
import type { Basis } from './bases/basis.ts';
import { basisNamed } from './bases/index.ts';
import type { FailureCause } from './failure.ts';
import { filterNamed } from './filters/index.ts';
import type { Candidate, RepSeen, RoutingInputs } from './inputs.ts';
import { inTurn } from './preferences/fair-share.ts';
import { preferenceNamed } from './preferences/index.ts';

/** What became of an attempt: somebody, or the cause why nobody; every candidate with the reason either way. */
export type Routing =
  | {
      outcome: 'assigned';
      repId: string;
      basis: Basis['name'];
      /** The turns that the chosen rep is taken to have had before this lead. */
      turns: number;
      candidates: Candidate[];
    }
  | { outcome: 'failed'; cause: FailureCause; candidates: Candidate[] };

/** Those left on one basis, and those passed over with the cause of the last filter that turned somebody away. */
interface Sifted {
  left: RepSeen[];
  passedOver: Candidate[];
  cause: FailureCause | undefined;
}

function sift(basis: Basis, inputs: RoutingInputs, roster: ReadonlyMap<string, RepSeen>): Sifted {
  const passedOver: Candidate[] = [];
  const passOver = (repId: string, reason: string) =>
    passedOver.push({ repId, basis: basis.name, outcome: 'passed-over', reason });
  let cause: FailureCause | undefined;
  let left: RepSeen[] = [];
  for (const repId of basis.candidates(inputs)) {
    const rep = roster.get(repId);
    if (!rep) passOver(repId, 'is not on the roster');
    else if (inputs.letLieBy?.includes(repId)) {
      passOver(repId, 'let this lead lie');
      cause = 'all-reps-unavailable';
    } else left.push(rep);
  }
  for (const name of inputs.rules.filters) {
    const filter = filterNamed[name];
    if (left.length === 0) break;
    if (!filter.bases.includes(basis.name)) continue;
    const before = left;
    left = before.filter((rep) => {
      const reason = filter.passOver(rep, inputs);
      if (reason !== undefined) passOver(rep.repId, reason);
      return reason === undefined;
    });
    if (left.length < before.length) cause = filter.cause;
  }
  return { left, passedOver, cause };
}

/** One of those left, with what is said of them if they are chosen (nothing: the basis says it) and if they are not. */
interface Ranked {
  rep: RepSeen;
  turns: number;
  because: string | undefined;
  otherwise: (first: RepSeen) => string;
}

/** Those left, the best first: each preference puts some before the others, and fair share tells equals apart. */
function rank(left: readonly RepSeen[], inputs: RoutingInputs, basis: Basis): Ranked[] {
  let among = left;
  let because: string | undefined;
  const after: Ranked[] = [];
  const named = inputs.rules.preferences.map((name) => (name === 'fair-share' ? undefined : preferenceNamed[name]));
  for (const preference of [basis.preferred, ...named]) {
    const preferred = among.length < 2 ? undefined : preference?.(among, inputs);
    if (!preferred) continue;
    const others = among.filter((rep) => !preferred.reps.includes(rep));
    after.unshift(
      ...inTurn(others, inputs).map((each) => ({
        ...each,
        because: undefined,
        otherwise: () => preferred.passOver(each.rep),
      })),
    );
    among = preferred.reps;
    because = preferred.because;
  }
  const equals = inTurn(among, inputs);
  const withThis = ({ rep, turns }: { rep: RepSeen; turns: number }): number => turns + strideOf(rep);
  const first = equals[0] ? withThis(equals[0]) : 0;
  return [
    ...equals.map((equal) => ({
      ...equal,
      because,
      otherwise: (chosen: RepSeen) =>
        withThis(equal) > first
          ? `has more leads, by weight and capacity, than ${chosen.repId}`
          : `equal to ${chosen.repId}, who was drawn`,
    })),
    ...after,
  ];
}

/** What is said of the one chosen: the basis, and what put them before others who were left. */
function reasonOf(basis: Basis, { rep, because }: Ranked, inputs: RoutingInputs): string {
  const considered = basis.because(rep.repId, inputs);
  return because === undefined ? considered : `${considered}; ${because}`;
}

/**
 * Decides who gets a lead. Pure: the same inputs give the same answer, always.
 * Goes through the bases in their configured order; the first that leaves somebody decides.
 */
export function route(inputs: RoutingInputs): Routing {
  const roster = new Map(inputs.reps.map((rep) => [rep.repId, rep]));
  const candidates: Candidate[] = [];
  let chosen: { rep: RepSeen; turns: number; basis: Basis } | undefined;
  let cause: FailureCause | undefined;
  for (const name of inputs.rules.order) {
    const basis = basisNamed[name];
    const { left, passedOver, cause: turnedAway } = sift(basis, inputs, roster);
    candidates.push(...passedOver);
    const decidedBefore = chosen;
    for (const [at, ranked] of rank(left, inputs, basis).entries()) {
      const { rep, turns } = ranked;
      const rankedAs = { repId: rep.repId, basis: name, rank: at + 1 };
      if (!chosen) {
        chosen = { rep, turns, basis };
        candidates.push({ ...rankedAs, outcome: 'chosen', reason: reasonOf(basis, ranked, inputs) });
      } else {
        const reason = decidedBefore
          ? `${decidedBefore.rep.repId} comes first: ${decidedBefore.basis.because(decidedBefore.rep.repId, inputs)}`
          : ranked.otherwise(chosen.rep);
        candidates.push({ ...rankedAs, outcome: 'passed-over', reason });
      }
    }
    if (name === 'territory') cause = turnedAway;
  }
  if (chosen) {
    const { rep, turns, basis } = chosen;
    return { outcome: 'assigned', repId: rep.repId, basis: basis.name, turns, candidates };
  }
  return { outcome: 'failed', cause: whyNobody(inputs, cause), candidates };
}

function whyNobody(inputs: RoutingInputs, turnedAway: FailureCause | undefined): FailureCause {
  if (inputs.territories.length === 0) return 'no-territory';
  return turnedAway ?? 'no-rep-in-territory';
}
