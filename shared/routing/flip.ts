import type { RepSeen, RoutingInputs } from './inputs.ts';
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

const sellingIt: Otherwise = ({ repId, productLines }, { productLine }) =>
  productLine === undefined || productLines.length === 0 || productLines.includes(productLine)
    ? undefined
    : { make: withRep(repId, { productLines: [...productLines, productLine] }), words: `selling ${productLine}` };

const moreCapacity: Otherwise = ({ repId, openLeads, capacity }) =>
  openLeads < capacity
    ? undefined
    : {
        make: withRep(repId, { capacity: openLeads + 1 }),
        words: `a capacity of ${openLeads + 1} instead of ${capacity}`,
      };

const fewerLeads: Otherwise = ({ repId, openLeads }, _, chosen) => {
  const fewer = chosen ? chosen.openLeads - 1 : openLeads;
  return fewer < 0 || fewer >= openLeads
    ? undefined
    : { make: withRep(repId, { openLeads: fewer }), words: `${fewer} open leads instead of ${openLeads}` };
};

const chosenBusier: Otherwise = ({ openLeads }, _, chosen) => {
  if (!chosen || chosen.openLeads > openLeads) return undefined;
  const more = openLeads + 1;
  return {
    make: withRep(chosen.repId, { openLeads: more }),
    words: `${more} open leads at ${chosen.repId} instead of ${chosen.openLeads}`,
  };
};

const askedFor: Otherwise = ({ repId }, { preferredRepId }) =>
  preferredRepId === repId
    ? undefined
    : { make: (inputs) => ({ ...inputs, preferredRepId: repId }), words: 'the customer asking for them' };

/** In the order in which one is named rather than another of the same size. */
const possible: readonly Otherwise[] = [active, sellingIt, moreCapacity, fewerLeads, chosenBusier, askedFor];

/** Every way to pick `size` of the items, in order. */
function choices<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) => choices(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]));
}

/**
 * For each rep considered and not chosen, the fewest changes which, run through the same decision, would have chosen them.
 * Reps whom none of these changes would have helped are left out.
 */
export function flips(inputs: RoutingInputs, decided: Routing): Flip[] {
  const chosenId = decided.outcome === 'assigned' ? decided.repId : undefined;
  const chosen = inputs.reps.find((rep) => rep.repId === chosenId);
  return inputs.reps.filter((rep) => rep.repId !== chosenId).flatMap((rep) => flip(rep, inputs, chosen) ?? []);
}

function flip(rep: RepSeen, inputs: RoutingInputs, chosen: RepSeen | undefined): Flip | undefined {
  const changes = possible.flatMap((otherwise) => otherwise(rep, inputs, chosen) ?? []);
  for (let size = 1; size <= changes.length; size += 1) {
    for (const picked of choices(changes, size)) {
      const again = route(picked.reduce((so, { make }) => make(so), inputs));
      if (again.outcome === 'assigned' && again.repId === rep.repId) {
        return { repId: rep.repId, change: picked.map(({ words }) => words).join(' and ') };
      }
    }
  }
  return undefined;
}
