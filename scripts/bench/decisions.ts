import { flips } from '../../shared/routing/flip.ts';
import type { RepSeen, RoutingInputs } from '../../shared/routing/inputs.ts';
import { route } from '../../shared/routing/route.ts';
import { decisionRules, defaultRoutingRules } from '../../shared/routing/rules.ts';
import { compileTerritories } from '../../shared/territory/index-file.ts';
import { territoriesAt } from '../../shared/territory/places.ts';
import { drawn } from '../drawn.ts';
import { perSecond } from './measure.ts';
import { counties, placesInTheUs } from './territories.ts';

const REPS_PER_TERRITORY = 4;
const DECISIONS = 20_000;
const rules = decisionRules(defaultRoutingRules);
const at = '2026-11-02T02:00:00.000Z';

/** A company with so many reps, of whom each county has the same number. */
function company(reps: number) {
  const draw = drawn(11);
  const roster = new Map<string, RepSeen>();
  for (let n = 0; n < reps; n += 1) {
    const closed = Math.floor(draw() * 60);
    const repId = `rep-${n}`;
    roster.set(repId, {
      repId,
      name: repId,
      status: draw() < 0.9 ? 'active' : 'on-leave',
      teamId: `team-${n % 50}`,
      productLines: draw() < 0.5 ? [] : ['mes'],
      capacity: 500,
      openLeads: Math.floor(draw() * 400),
      weight: 1,
      turns: Math.floor(draw() * 1000) * 2_000_000,
      taken: { day: 0, week: 0, month: 0, good: 0 },
      hiredAt: draw() < 0.1 ? '2026-10-01' : '2020-01-01',
      deals: { closed, won: Math.floor(closed * draw()) },
    });
  }
  const territories = counties().territories.map((territory) => ({
    ...territory,
    repIds: Array.from({ length: REPS_PER_TERRITORY }, () => `rep-${Math.floor(draw() * reps)}`),
  }));
  return { roster, index: compileTerritories(territories) };
}

/** The whole pure decision about the nth lead: where it is, whose candidates that makes, and who gets it. */
function decider(reps: number) {
  const { roster, index } = company(reps);
  const places = placesInTheUs(DECISIONS);
  const priors = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`team-${n}`, { mean: 0.3, strength: 20 }]));
  return (n: number): { inputs: RoutingInputs; decided: ReturnType<typeof route> } => {
    const territories = territoriesAt(index, { point: places[n % places.length] });
    const repIds = new Set(territories.flatMap((each) => each.repIds));
    const inputs: RoutingInputs = {
      leadId: `lead-${n}`,
      at,
      grade: 'B',
      productLine: 'mes',
      territories,
      reps: [...repIds].flatMap((repId) => roster.get(repId) ?? []),
      priors,
      rules,
    };
    return { inputs, decided: route(inputs) };
  };
}

/** What a decision costs without the table, for companies of three sizes; and with the smallest change that would flip it. */
export function benchDecisions() {
  const sizes = [100, 1000, 10_000] as const;
  const deciders = sizes.map(decider);
  const best = sizes.map(() => 0);
  // In turn, so that noise meets all.
  for (let round = 0; round < 3; round += 1) {
    for (const [at, decide] of deciders.entries()) best[at] = Math.max(best[at] ?? 0, perSecond(2, DECISIONS, decide));
  }
  const of = (at: 0 | 1 | 2) => ({ reps: sizes[at], perSecond: best[at] ?? 0 });
  const largest = decider(10_000);
  const withFlipsPerSecond = perSecond(2, 2000, (n) => {
    const { inputs, decided } = largest(n);
    return flips(inputs, decided);
  });
  return { byReps: [of(0), of(1), of(2)] as const, withFlipsPerSecond };
}
