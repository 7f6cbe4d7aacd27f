import type { FailureCause } from '../failure.ts';
import type { RepSeen, RoutingInputs } from '../inputs.ts';
import type { RoutingRules } from '../rules.ts';

/** A reason to pass somebody over. */
export interface Filter {
  /** What it means for the lead when this filter turned the last candidates away. */
  readonly cause: FailureCause;
  /** On which bases it is asked; the customer's wish and history stand above the product line. */
  readonly bases: RoutingRules['order'];
  /** Why this rep is passed over, or undefined when they pass. */
  readonly passOver: (rep: RepSeen, inputs: RoutingInputs) => string | undefined;
}
