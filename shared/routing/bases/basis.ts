import type { RoutingInputs } from '../inputs.ts';
import type { Preference } from '../preferences/preference.ts';
import type { RoutingRules } from '../rules.ts';

/** A way in which reps come to be considered for a lead. */
export interface Basis {
  readonly name: RoutingRules['order'][number];
  /** Why this rep is considered. */
  readonly because: (repId: string, inputs: RoutingInputs) => string;
  /** Ids of the reps to consider, each once. */
  readonly candidates: (inputs: RoutingInputs) => string[];
  /** Who of them comes first, before any preference that the rules name. */
  readonly preferred?: Preference;
}
