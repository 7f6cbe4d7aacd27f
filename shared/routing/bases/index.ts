import type { RoutingInputs } from '../inputs.ts';
import type { RoutingRules } from '../rules.ts';
import { chosenRep } from './chosen-rep.ts';
import { knownRep } from './known-rep.ts';
import { territory } from './territory.ts';

/** A way in which reps come to be considered for a lead. */
export interface Basis {
  readonly name: RoutingRules['order'][number];
  /** What is said of the one chosen on it. */
  readonly because: string;
  /** Ids of the reps to consider, each once. */
  readonly candidates: (inputs: RoutingInputs) => string[];
}

/** Every basis, by its name. */
export const basisNamed: Readonly<Record<Basis['name'], Basis>> = {
  preference: chosenRep,
  history: knownRep,
  territory,
};
