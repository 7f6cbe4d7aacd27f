/** Why nobody could be given a lead. */
export const failureCauses = [
  'no-territory',
  'no-rep-in-territory',
  'no-rep-for-product',
  'all-reps-unavailable',
  'all-reps-at-capacity',
  'conflict',
  'dependency',
] as const;

/** Why nobody could be given a lead. */
export type FailureCause = (typeof failureCauses)[number];
