/** A push as it came: what HR says it is, its rows, and where each stands in a file. */
export interface Push {
  mode: 'full' | 'delta';
  /** When HR knew it (ISO 8601); what HR says without a time it says last. */
  asOf?: string | undefined;
  employees: readonly unknown[];
  lines?: readonly number[];
}
