/** Values under one name, one for each label; null where nothing is known. */
export interface Series {
  name: string;
  values: readonly (number | null)[];
  /** What is compared with: drawn in grey. */
  pale?: boolean;
}

/** What is to be drawn. */
export interface Plot {
  kind: 'bars' | 'lines' | 'funnel';
  labels: readonly string[];
  series: readonly Series[];
  format: (value: number) => string;
  /** Bars that lie, for long labels. */
  lying?: boolean;
  /** Where the axis ends, if not at the largest value. */
  most?: number;
  /** A value to be marked across. */
  mark?: { at: number; name: string; along: 'x' | 'y' };
}
