import { flips } from '../shared/routing/flip.ts';
import type { RepSeen, RoutingInputs } from '../shared/routing/inputs.ts';
import { route } from '../shared/routing/route.ts';
import { decisionRules, defaultRoutingRules } from '../shared/routing/rules.ts';
import { compileTerritories } from '../shared/territory/index-file.ts';
import { territoriesAt } from '../shared/territory/places.ts';
import { counties, drawn, placesInTheUs } from './bench-territories.ts';

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

function perSecond(rounds: number, work: (n: number) => unknown, count: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    for (let n = 0; n < count; n += 1) work(n);
    least = Math.min(least, performance.now() - began);
  }
  return Math.round((count * 1000) / least);
}

/** What a decision costs without the table: with 1,000 and 10,000 reps, and with the smallest change that would flip it. */
export function benchDecisions() {
  const [few, many] = [decider(1000), decider(10_000)];
  // In turn, so that noise meets both.
  const rates = Array.from({ length: 3 }, () => [perSecond(2, few, DECISIONS), perSecond(2, many, DECISIONS)] as const);
  const fewPerSecond = Math.max(...rates.map(([rate]) => rate));
  const manyPerSecond = Math.max(...rates.map(([, rate]) => rate));
  const explained = perSecond(
    2,
    (n) => {
      const { inputs, decided } = many(n);
      return flips(inputs, decided);
    },
    2000,
  );
  return {
    decisionsPerSecond: manyPerSecond,
    growthFrom1000To10000Reps: fewPerSecond / manyPerSecond,
    withFlipsPerSecond: explained,
  };
}
