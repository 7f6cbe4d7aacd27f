import { strideOf } from '../org/tally.ts';
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

const underCaps: Otherwise = (rep, inputs) =>
  inputs.rules.filters.includes('caps') && filterNamed.caps.passOver(rep, inputs) !== undefined
    ? { make: withRep(rep.repId, { caps: {} }), words: 'a higher cap' }
    : undefined;

const moreCapacity: Otherwise = ({ repId, openLeads, capacity }) =>
  openLeads < capacity
    ? undefined
    : {
        make: withRep(repId, { capacity: openLeads + 1 }),
        words: `a capacity of ${openLeads + 1} instead of ${capacity}`,
      };

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

/** What every basis demands; without these nothing else helps. */
const demanded: readonly Otherwise[] = [active, notPaused, onDuty, underCaps, moreCapacity];
/** In the order in which one is named rather than another of the same size. */
const helpful: readonly Otherwise[] = [sellingIt, fewerTurns, chosenBusier, moreWon, newlyHired, askedFor];

/** Every way to pick `size` of the items, in order. */
function choices<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) => choices(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]));
}

/**
 * For each rep considered and not chosen (the first {@link MOST_REPS}), the fewest changes which, run through the same decision,
 * would have chosen them. Reps whom none of these changes would have helped are left out.
 */
export function flips(inputs: RoutingInputs, decided: Routing): Flip[] {
  const chosenId = decided.outcome === 'assigned' ? decided.repId : undefined;
  const chosen = inputs.reps.find((rep) => rep.repId === chosenId);
  const considered = inputs.reps.filter((rep) => rep.repId !== chosenId).slice(0, MOST_REPS);
  return considered.flatMap((rep) => flip(rep, inputs, chosen) ?? []);
}

function flip(rep: RepSeen, inputs: RoutingInputs, chosen: RepSeen | undefined): Flip | undefined {
  const first = demanded.flatMap((otherwise) => otherwise(rep, inputs, chosen) ?? []);
  const others = helpful.flatMap((otherwise) => otherwise(rep, inputs, chosen) ?? []);
  for (let size = 0; size <= MOST_CHANGES; size += 1) {
    for (const picked of choices(others, size)) {
      const made = [...first, ...picked];
      if (made.length === 0) continue;
      const again = route(made.reduce((so, { make }) => make(so), inputs));
      if (again.outcome === 'assigned' && again.repId === rep.repId) {
        return { repId: rep.repId, change: made.map(({ words }) => words).join(' and ') };
      }
    }
  }
  return undefined;
}
