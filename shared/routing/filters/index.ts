import type { FailureCause } from '../failure.ts';
import type { RepSeen, RoutingInputs } from '../inputs.ts';
import type { RoutingRules } from '../rules.ts';
import { available } from './available.ts';
import { capacity } from './capacity.ts';
import { productLine } from './product-line.ts';

/** A reason to pass somebody over. */
export interface Filter {
  /** What it means for the lead when this filter turned the last candidates away. */
  readonly cause: FailureCause;
  /** On which bases it is asked; the customer's wish and history stand above the product line. */
  readonly bases: RoutingRules['order'];
  /** Why this rep is passed over, or undefined when they pass. */
  readonly passOver: (rep: RepSeen, inputs: RoutingInputs) => string | undefined;
}

/** The filters in the order in which they are asked. */
export const filters: readonly Filter[] = [productLine, available, capacity];
