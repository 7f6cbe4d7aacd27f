/** Where a lead is counted, and after how many minutes it was contacted. Lies on the lead, so that winning it counts there too. */
export interface ResponseCounted {
  row: string;
  minutes: number;
}
