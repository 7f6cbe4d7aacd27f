import type { Row } from './response.ts';

/** A lead's way, column by column. */
export const columns = ['captured', 'scored', 'assigned', 'contacted', 'converted'] as const;

/** A column that a lead comes through. */
export type ColumnName = (typeof columns)[number];

/** How many leads came into a column; the share of those that came into the one before (of 1), and how many of them did not, or not yet. */
export interface Column {
  name: ColumnName;
  leads: number;
  conversion: number | null;
  dropOff: number;
}

/** A lead that nobody was ever given. */
export interface Unplaced {
  source: string;
  scored: boolean;
}

/** How far leads came: a team's from the column `assigned` on, before which no lead is a team's. */
export interface Funnel {
  columns: Column[];
  /** Leads lost after they were given to somebody. */
  lost: number;
  /** Where all leads came from, most first. */
  sources: { source: string; leads: number }[];
}

const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0);

/** How far the leads of these rows, and those that nobody was given, came; of a team's rows, if they are other ones. */
export function funnelOf(all: readonly Row[], unplaced: readonly Unplaced[], team: readonly Row[] = all): Funnel {
  const given = sum(all.map((row) => row.given));
  const uncalled = sum(team.map((row) => row.uncalled));
  const counts: Readonly<Record<ColumnName, number>> = {
    captured: given + unplaced.length,
    scored: given + unplaced.filter(({ scored }) => scored).length,
    assigned: sum(team.map((row) => row.given)),
    contacted: sum(team.flatMap(({ contacted }) => [...contacted.values()])) + uncalled,
    converted: sum(team.flatMap(({ won }) => [...won.values()])) + uncalled,
  };
  const sources = new Map<string, number>();
  const from = (source: string, leads: number) => sources.set(source, (sources.get(source) ?? 0) + leads);
  for (const row of all) from(row.source, row.given);
  for (const { source } of unplaced) from(source, 1);
  return {
    columns: columns.map((name, at) => {
      const leads = counts[name];
      const before = counts[columns[at - 1] ?? name];
      const conversion = at === 0 || before === 0 ? null : Math.round((leads / before) * 10_000) / 10_000;
      return { name, leads, conversion, dropOff: before - leads };
    }),
    lost: sum(team.map((row) => row.lost)),
    sources: [...sources]
      .filter(([, leads]) => leads > 0)
      .map(([source, leads]) => ({ source, leads }))
      .sort((a, b) => b.leads - a.leads || (a.source < b.source ? -1 : 1)),
  };
}
