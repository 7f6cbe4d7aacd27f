import type { RepSeen, RoutingInputs } from '../inputs.ts';

/** What of several reps, none of whom was passed over, speaks for some of them. */
export interface Preferred {
  /** Those it speaks for: at least one, and not all. */
  reps: RepSeen[];
  /** What is said of the one chosen. */
  because: string;
  /** What is said of each of the others. */
  passOver: (rep: RepSeen) => string;
}

/** Tells some of the reps who may get a lead from the others, or (undefined) finds nothing to tell them apart. */
export type Preference = (reps: readonly RepSeen[], inputs: RoutingInputs) => Preferred | undefined;
