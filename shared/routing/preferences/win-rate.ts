import { expectedWinRate } from '../../performance/win-rate.ts';
import { draw } from '../../platform/random.ts';
import type { RepSeen, RoutingInputs } from '../inputs.ts';
import type { Preference } from './preference.ts';

/** What is expected of somebody of whose team nothing is known in this segment. */
const UNKNOWN = { mean: 0.2, strength: 20 };

/** What a rep's expected win rate for this lead counts (0–1): cautious where little is known, and less the fuller the rep is. */
export function worth({ deals, teamId, openLeads, capacity }: RepSeen, { priors, rules }: RoutingInputs): number {
  const { cautious } = expectedWinRate(deals ?? { won: 0, closed: 0 }, priors[teamId ?? ''] ?? UNKNOWN);
  return cautious * (1 - rules.winRate.load * Math.min(1, openLeads / Math.max(1, capacity)));
}

const percent = (rate: number): string => `${(rate * 100).toFixed(1)} %`;

/** Keeps those with the best expected win rate for leads of this kind; now and then, drawn by the lead's id, the others. */
export const winRate: Preference = (reps, inputs) => {
  const { tolerance, exploration } = inputs.rules.winRate;
  const known = new Map(reps.map((rep) => [rep, worth(rep, inputs)]));
  const best = Math.max(...known.values());
  const among = (rep: RepSeen): boolean => (known.get(rep) ?? 0) >= best - tolerance;
  const first = reps.filter(among);
  if (first.length === reps.length) return undefined;
  const said = (rep: RepSeen): string => percent(known.get(rep) ?? 0);
  if (draw(`exploration/${inputs.leadId}`) < exploration) {
    return {
      reps: reps.filter((rep) => !among(rep)),
      because: 'drawn to prove themselves, as a small share of leads is',
      passOver: (rep) =>
        `expected to win ${said(rep)} of such leads, but the lead was drawn for others to prove themselves`,
    };
  }
  return {
    reps: first,
    because: `expected to win such leads best (${percent(best)}, as far as is certain, at their load)`,
    passOver: (rep) => `expected to win ${said(rep)} of such leads, the best ${percent(best)}`,
  };
};
