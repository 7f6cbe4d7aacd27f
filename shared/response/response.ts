/** The stretches of time to the first contact that sales teams are measured by: their end in minutes. */
export const ranges = [
  { range: '<1h', until: 60 },
  { range: '1-4h', until: 4 * 60 },
  { range: '4-24h', until: 24 * 60 },
  { range: '>24h', until: Number.POSITIVE_INFINITY },
] as const;

/** The name of a stretch. */
export type Range = (typeof ranges)[number]['range'];

/** How often leads of a stretch are won in the industry, and how often once response times were seen to; shares of 1. Source: the article's table. */
export const benchmarks: Readonly<Record<Range, { likelihood: number; industry: number; afterwards: number }>> = {
  '<1h': { likelihood: 0.396, industry: 0.352, afterwards: 0.413 },
  '1-4h': { likelihood: 0.214, industry: 0.187, afterwards: 0.231 },
  '4-24h': { likelihood: 0.098, industry: 0.085, afterwards: 0.102 },
  '>24h': { likelihood: 0.021, industry: 0.019, afterwards: 0.023 },
};

/** Whole minutes between two times (ISO 8601). */
export const minutesBetween = (from: string, to: string): number =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 60_000));

/** The stretch that so many minutes fall into. */
export const rangeOf = (minutes: number): Range => ranges.find(({ until }) => minutes < until)?.range ?? '>24h';

/** Leads contacted after so many minutes, and how many of them were won. */
export interface Counted {
  contacted: ReadonlyMap<number, number>;
  won: ReadonlyMap<number, number>;
}

/** A row of the running counts: what it is told apart by, and what was counted there. */
export interface Row extends Counted {
  day: string;
  source: string;
  teamId: string;
  repId: string;
  grade: string;
  /** Leads that the rep has or had, and those of them that were lost, and won without any contact. */
  given: number;
  lost: number;
  uncalled: number;
}

/** The table of response times. Shares are of 1; minutes undefined without a lead. */
export interface ResponseTimes {
  buckets: { range: Range; leads: number; converted: number; conversion: number | null; benchmark: number }[];
  medianMinutes: number | null;
  p90Minutes: number | null;
}

const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0);

/** The value below which a share of the leads lies; between two of them, the middle (median) of both. */
function percentile(contacted: ReadonlyMap<number, number>, share: number): number | null {
  const total = sum(contacted.values());
  if (total === 0) return null;
  const sorted = [...contacted].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  const at = (rank: number): number => {
    let passed = 0;
    for (const [minutes, count] of sorted) {
      passed += count;
      if (passed >= rank) return minutes;
    }
    return sorted.at(-1)?.[0] ?? 0;
  };
  const rank = share * total;
  return Number.isInteger(rank) ? (at(rank) + at(rank + 1)) / 2 : at(Math.ceil(rank));
}

/** The table made of all rows together. */
export function responseTimes(rows: Iterable<Counted>): ResponseTimes {
  const contacted = new Map<number, number>();
  const won = new Map<number, number>();
  const add = (to: Map<number, number>, from: ReadonlyMap<number, number>) => {
    for (const [minutes, count] of from) to.set(minutes, (to.get(minutes) ?? 0) + count);
  };
  for (const row of rows) {
    add(contacted, row.contacted);
    add(won, row.won);
  }
  const within = (counts: ReadonlyMap<number, number>, range: Range): number =>
    sum([...counts].flatMap(([minutes, count]) => (rangeOf(minutes) === range ? [count] : [])));
  return {
    buckets: ranges.map(({ range }) => {
      const [leads, converted] = [within(contacted, range), within(won, range)];
      const conversion = leads === 0 ? null : Math.round((converted / leads) * 10_000) / 10_000;
      return { range, leads, converted, conversion, benchmark: benchmarks[range].industry };
    }),
    medianMinutes: percentile(contacted, 0.5),
    p90Minutes: percentile(contacted, 0.9),
  };
}
