import type { RepSeen, RoutingInputs } from './inputs.ts';
import { type Routing, route } from './route.ts';

/** The smallest change that would have given the lead to this rep instead. */
export interface Flip {
  repId: string;
  change: string;
}

/** One thing that could have been otherwise about a rep. */
type Otherwise = (
  rep: RepSeen,
  inputs: RoutingInputs,
  chosen: RepSeen | undefined,
) => [Partial<RepSeen>, string] | undefined;

const possible: readonly Otherwise[] = [
  (rep) => (rep.status === 'active' ? undefined : [{ status: 'active' }, `status active instead of ${rep.status}`]),
  (rep, { productLine }) =>
    productLine === undefined || rep.productLines.length === 0 || rep.productLines.includes(productLine)
      ? undefined
      : [{ productLines: [...rep.productLines, productLine] }, `selling ${productLine}`],
  (rep) =>
    rep.openLeads < rep.capacity
      ? undefined
      : [{ capacity: rep.openLeads + 1 }, `a capacity of ${rep.openLeads + 1} instead of ${rep.capacity}`],
  (rep, _, chosen) => {
    const fewer = chosen ? chosen.openLeads - 1 : rep.openLeads;
    return fewer < 0 || fewer >= rep.openLeads
      ? undefined
      : [{ openLeads: fewer }, `${fewer} open leads instead of ${rep.openLeads}`];
  },
];

/** Every way to pick `size` of the items, in order. */
function choices<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) => choices(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]));
}

/**
 * For each rep considered and not chosen, the fewest changes to that rep alone which, run through the same decision, would
 * have chosen them. Reps whom no such change would have helped (another basis came first) are left out.
 */
export function flips(inputs: RoutingInputs, decided: Routing): Flip[] {
  const chosenId = decided.outcome === 'assigned' ? decided.repId : undefined;
  const chosen = inputs.reps.find((rep) => rep.repId === chosenId);
  return inputs.reps.filter((rep) => rep.repId !== chosenId).flatMap((rep) => flip(rep, inputs, chosen) ?? []);
}

function flip(rep: RepSeen, inputs: RoutingInputs, chosen: RepSeen | undefined): Flip | undefined {
  const changes = possible.flatMap((otherwise) => {
    const change = otherwise(rep, inputs, chosen);
    return change ? [change] : [];
  });
  for (let size = 1; size <= changes.length; size += 1) {
    for (const picked of choices(changes, size)) {
      const changed: RepSeen = Object.assign({ ...rep }, ...picked.map(([to]) => to));
      const reps = inputs.reps.map((other) => (other.repId === rep.repId ? changed : other));
      const again = route({ ...inputs, reps });
      if (again.outcome === 'assigned' && again.repId === rep.repId) {
        return { repId: rep.repId, change: picked.map(([, words]) => words).join(' and ') };
      }
    }
  }
  return undefined;
}
