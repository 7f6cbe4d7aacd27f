/** Leads that were judged, and what became of them: by the rules, and by hand. */
export interface Counts {
  passed: number;
  review: number;
  rejected: number;
  /** Rejected or held, and let pass by hand. */
  accepted: number;
  /** Passed by the rules, and rejected by hand. */
  rejectedByHand: number;
}

/** What is counted. */
export type Counted = keyof Counts;

/** The counts of one day, source and campaign. */
export interface ShareRow extends Counts {
  day: string;
  source: string;
  campaign: string;
}

/** How much of what a source or campaign brought is rubbish, after what people said. `share` is of 1, null without leads. */
export interface Share extends Counts {
  leads: number;
  share: number | null;
}

/** No leads. */
export const none: Counts = { passed: 0, review: 0, rejected: 0, accepted: 0, rejectedByHand: 0 };

/** The counts of all rows together. */
export function shareOf(rows: Iterable<Counts>): Share {
  const sum = { ...none };
  for (const row of rows) for (const what of Object.keys(none) as Counted[]) sum[what] += row[what];
  const leads = sum.passed + sum.review + sum.rejected;
  const rubbish = sum.review + sum.rejected + sum.rejectedByHand - sum.accepted;
  const share = leads === 0 ? null : Math.round((Math.max(0, rubbish) / leads) * 10_000) / 10_000;
  return { leads, ...sum, share };
}
