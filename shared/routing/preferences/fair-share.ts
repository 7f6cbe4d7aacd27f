import { strideOf } from '../../org/tally.ts';
import { draw } from '../../platform/random.ts';
import type { RepSeen, RoutingInputs } from '../inputs.ts';

/**
 * The turns that a rep of several equals is taken to have had: their own, but no fewer than the middle one of the others' less
 * a credit. So who joins or returns gets some leads in advance, and not all that they missed.
 */
export function turnsAmong(reps: readonly RepSeen[], catchUp: number): (rep: RepSeen) => number {
  if (reps.length < 2) return ({ turns }) => turns;
  const sorted = reps.map(({ turns }) => turns).sort((a, b) => a - b);
  const credit = catchUp * reps.reduce((most, rep) => Math.max(most, strideOf(rep)), 0);
  // The middle one of the others: without the rep, everything above them moves down by one.
  const half = (sorted.length - 2) >> 1;
  return ({ turns }) => {
    const others = turns <= (sorted[half] ?? 0) ? (sorted[half + 1] ?? 0) : (sorted[half] ?? 0);
    return Math.max(turns, others - credit);
  };
}

/** Drawn only where it decides: it is what takes longest. */
const lotOf = (leadId: string, { repId }: RepSeen): number => draw(`${leadId}/${repId}`);

/**
 * The reps, who is next first: whoever would have had the fewest turns with this lead, each lead weighing by weight and
 * capacity; equals by lot, drawn by the lead's id. So nobody falls more than one lead behind what is due to them.
 */
export function inTurn(reps: readonly RepSeen[], { leadId, rules }: RoutingInputs): { rep: RepSeen; turns: number }[] {
  if (reps.length === 1) return reps.map((rep) => ({ rep, turns: rep.turns }));
  const turnsOf = turnsAmong(reps, rules.catchUp);
  return reps
    .map((rep) => ({ rep, turns: turnsOf(rep), stride: strideOf(rep) }))
    .sort((a, b) => a.turns + a.stride - b.turns - b.stride || lotOf(leadId, a.rep) - lotOf(leadId, b.rep));
}
