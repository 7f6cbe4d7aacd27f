import { MOST_CAPACITY } from '../org/rep.ts';
import { type Period, strideOf } from '../org/tally.ts';
import { priorityOf } from './bases/territory.ts';
import { reachedCaps } from './filters/caps.ts';
import { filterNamed } from './filters/index.ts';
import type { RepSeen, RoutingInputs } from './inputs.ts';
import { isNewcomer } from './preferences/newcomers.ts';
import { worth } from './preferences/win-rate.ts';
import { type Routing, route } from './route.ts';

/** The smallest change that would have given the lead to this rep instead. */
export interface Flip {
  repId: string;
  change: string;
}

/** One thing that could have been otherwise, and how to say it. */
interface Change {
  readonly make: (inputs: RoutingInputs) => RoutingInputs;
  readonly words: string;
}

/** What could have been otherwise for a rep to get the lead that somebody (or nobody) got; undefined where it is so already. */
type Otherwise = (rep: RepSeen, inputs: RoutingInputs, chosen: RepSeen | undefined) => Change | undefined;

/** For so many reps at the most is the smallest change looked for: the first in the order in which they were considered. */
const MOST_REPS = 20;
/** Changes made at once beside those that a filter demands. */
const MOST_CHANGES = 2;
/** Deals that one is imagined to have won beside one's own. */
const MOST_DEALS = 100;

const withRep =
  (repId: string, but: Partial<RepSeen>) =>
  (inputs: RoutingInputs): RoutingInputs => ({
    ...inputs,
    reps: inputs.reps.map((rep) => (rep.repId === repId ? { ...rep, ...but } : rep)),
  });

const active: Otherwise = ({ repId, status }) =>
  status === 'active'
    ? undefined
    : { make: withRep(repId, { status: 'active' }), words: `status active instead of ${status}` };

const notPaused: Otherwise = ({ repId, pausedUntil }, { at }) =>
  pausedUntil === undefined || pausedUntil <= at
    ? undefined
    : { make: withRep(repId, { pausedUntil: at }), words: 'not having paused' };

const onDuty: Otherwise = (rep, inputs) =>
  inputs.rules.filters.includes('working-hours') && filterNamed['working-hours'].passOver(rep, inputs) !== undefined
    ? {
        make: withRep(rep.repId, { shifts: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }] }),
        words: 'being on duty',
      }
    : undefined;

const underCaps: Otherwise = (rep, { rules, at }) => {
  const reached = rules.filters.includes('caps') ? reachedCaps(rep, at) : [];
  if (reached.length === 0) return undefined;
  const enough = (period: Period): number => rep.taken[period] + 1;
  return {
    make: withRep(rep.repId, {
      caps: { ...rep.caps, ...Object.fromEntries(reached.map((period) => [period, enough(period)])) },
    }),
    words: reached
      .map((period) => `a cap of ${enough(period)} a ${period} instead of ${rep.caps?.[period]}`)
      .join(' and '),
  };
};

const ofCapacity = ({ repId, capacity }: RepSeen, enough: number): Change => ({
  make: withRep(repId, { capacity: enough }),
  words: `a capacity of ${enough} instead of ${capacity}`,
});

const sellingIt: Otherwise = ({ repId, productLines }, { productLine }) =>
  productLine === undefined || productLines.length === 0 || productLines.includes(productLine)
    ? undefined
    : { make: withRep(repId, { productLines: [...productLines, productLine] }), words: `selling ${productLine}` };

/** Leads that so many turns are, at least one. */
const inLeads = (turns: number, rep: RepSeen): string => {
  const leads = Math.max(1, Math.ceil(turns / strideOf(rep)));
  return leads === 1 ? '1 lead' : `${leads} leads`;
};

/** By how many turns the rep would be after the chosen one, if each had this lead. */
const turnsBehind = (rep: RepSeen, chosen: RepSeen): number =>
  rep.turns + strideOf(rep) - chosen.turns - strideOf(chosen);

const fewerTurns: Otherwise = (rep, _, chosen) => {
  const behind = chosen ? turnsBehind(rep, chosen) + 1 : 0;
  if (behind <= 0 || rep.turns < behind) return undefined;
  return { make: withRep(rep.repId, { turns: rep.turns - behind }), words: `${inLeads(behind, rep)} fewer` };
};

const chosenBusier: Otherwise = (rep, _, chosen) => {
  const behind = chosen ? turnsBehind(rep, chosen) + 1 : 0;
  if (!chosen || behind <= 0) return undefined;
  return {
    make: withRep(chosen.repId, { turns: chosen.turns + behind }),
    words: `${inLeads(behind, chosen)} more at ${chosen.repId}`,
  };
};

const moreWon: Otherwise = (rep, inputs, chosen) => {
  if (!chosen) return undefined;
  const best = Math.max(...inputs.reps.filter(({ repId }) => repId !== rep.repId).map((each) => worth(each, inputs)));
  const { won, closed } = rep.deals ?? { won: 0, closed: 0 };
  for (let more = 1; more <= MOST_DEALS; more *= 2) {
    const deals = { won: won + more, closed: closed + more };
    if (worth({ ...rep, deals }, inputs) <= best + inputs.rules.winRate.tolerance) continue;
    return { make: withRep(rep.repId, { deals }), words: `${more} more such deals won` };
  }
  return undefined;
};

const newlyHired: Otherwise = (rep, inputs) =>
  isNewcomer(rep, inputs)
    ? undefined
    : { make: withRep(rep.repId, { hiredAt: inputs.at.slice(0, 10) }), words: 'being a newcomer' };

const askedFor: Otherwise = ({ repId }, { preferredRepId }) =>
  preferredRepId === repId
    ? undefined
    : { make: (inputs) => ({ ...inputs, preferredRepId: repId }), words: 'the customer asking for them' };

/** Their territory before all others that overlap it; nothing where none has a priority. */
const higherPriority: Otherwise = (rep, inputs, chosen) => {
  const own = inputs.territories.find(({ repIds }) => repIds.includes(rep.repId));
  const before = chosen && inputs.territories.some(({ repIds }) => repIds.includes(chosen.repId));
  if (!own || !before) return undefined;
  const [theirs, highest] = [priorityOf(rep.repId, inputs), priorityOf(chosen.repId, inputs)];
  if (theirs >= highest) return undefined;
  return {
    make: (seen) => ({
      ...seen,
      territories: seen.territories.map((each) =>
        each.territoryId === own.territoryId ? { ...each, priority: highest + 1 } : each,
      ),
    }),
    words: `a priority of ${highest + 1} instead of ${own.priority ?? 0} for ${own.territoryId}`,
  };
};

/** What was said of caps before they were told in numbers. */
const anyHigherCap: Otherwise = (...seen) => {
  const change = underCaps(...seen);
  return change && { ...change, words: 'a higher cap' };
};

/** How changes are looked for. Records of earlier versions hold what was found `once`: caps without numbers, capacities for one lead more. */
type Manner = 'now' | 'once';

/** What every basis demands beside a capacity; without these nothing else helps. */
const demanded: Readonly<Record<Manner, readonly Otherwise[]>> = {
  now: [active, notPaused, onDuty, underCaps],
  once: [active, notPaused, onDuty, anyHigherCap],
};
/** In the order in which one is named rather than another of the same size. */
const helpful: readonly Otherwise[] = [
  sellingIt,
  fewerTurns,
  chosenBusier,
  moreWon,
  newlyHired,
  higherPriority,
  askedFor,
];

/** Every way to pick `size` of the items, in order. */
function choices<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) => choices(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]));
}

/**
 * The smallest number above `short` that does, by doubling the step and then halving it; undefined where not even the most does.
 * Whatever is asked, the number does, and the one before it does not.
 */
function smallestAbove(short: number, most: number, does: (number: number) => boolean): number | undefined {
  if (short >= most || !does(most)) return undefined;
  let [below, enough] = [short, most];
  for (let step = 1; below + step < enough; step *= 2) {
    if (does(below + step)) enough = below + step;
    else below += step;
  }
  while (enough - below > 1) {
    const middle = Math.floor((below + enough) / 2);
    if (does(middle)) enough = middle;
    else below = middle;
  }
  return enough;
}

/**
 * For each rep considered and not chosen (the first {@link MOST_REPS}), the fewest changes which, run through the same decision,
 * would have chosen them. Reps whom none of these changes would have helped are left out.
 */
export function flips(inputs: RoutingInputs, decided: Routing, manner: Manner = 'now'): Flip[] {
  const chosenId = decided.outcome === 'assigned' ? decided.repId : undefined;
  const chosen = inputs.reps.find((rep) => rep.repId === chosenId);
  const considered = inputs.reps.filter((rep) => rep.repId !== chosenId).slice(0, MOST_REPS);
  return considered.flatMap((rep) => flip(rep, inputs, chosen, manner) ?? []);
}

function flip(rep: RepSeen, inputs: RoutingInputs, chosen: RepSeen | undefined, manner: Manner): Flip | undefined {
  const first = demanded[manner].flatMap((otherwise) => otherwise(rep, inputs, chosen) ?? []);
  const others = helpful.flatMap((otherwise) => otherwise(rep, inputs, chosen) ?? []);
  const isFull = rep.openLeads >= rep.capacity;
  const least = rep.openLeads + 1;
  const made = (picked: readonly Change[], capacity: number): Change[] =>
    isFull ? [...first, ofCapacity(rep, capacity), ...picked] : [...first, ...picked];
  const helps = (changes: readonly Change[]): boolean => {
    const again = route(changes.reduce((so, { make }) => make(so), inputs));
    return again.outcome === 'assigned' && again.repId === rep.repId;
  };
  const withLeast = (picked: readonly Change[]): Change[] | undefined => {
    const changes = made(picked, least);
    return changes.length > 0 && helps(changes) ? changes : undefined;
  };
  // Room for this lead may not be enough: fair share and the expected win rate go by the capacity, too.
  const withMore = (picked: readonly Change[]): Change[] | undefined => {
    const capacity = smallestAbove(least, MOST_CAPACITY, (enough) => helps(made(picked, enough)));
    return capacity === undefined ? undefined : made(picked, capacity);
  };
  const ways = isFull && manner === 'now' ? [withLeast, withMore] : [withLeast];
  for (let size = 0; size <= MOST_CHANGES; size += 1) {
    for (const way of ways) {
      for (const picked of choices(others, size)) {
        const changes = way(picked);
        if (changes) return { repId: rep.repId, change: changes.map(({ words }) => words).join(' and ') };
      }
    }
  }
  return undefined;
}
