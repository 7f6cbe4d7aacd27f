/** Why nobody could be given a lead. */
export const failureCauses = [
  'no-territory',
  'no-rep-in-territory',
  'no-rep-for-product',
  'all-reps-unavailable',
  'all-reps-at-capacity',
  'conflict',
  'dependency',
  /** Not a failure: the owner left, and the rules leave it to the supervisor who gets the lead. */
  'owner-left',
] as const;

/** Why nobody could be given a lead. */
export type FailureCause = (typeof failureCauses)[number];
