/** Where a lead is counted, and after how many minutes it was contacted. Lies on the lead, so that winning it counts there too. */
export interface ResponseCounted {
  row: string;
  minutes: number;
}

/** Whose answer it is counted as: whoever had the lead then, or nobody's. */
export const repOf = ({ row }: ResponseCounted): string | undefined => row.split('|')[3] || undefined;
