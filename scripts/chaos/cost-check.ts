import type { Violation } from './records.ts';
import { OWNED, type Story } from './story.ts';
import type { Units } from './units.ts';

/** So much more at last than at first is growth, and no accident of who was there. */
const GROWN = 1.25;
/** Fewer leads in a tenth than this say nothing. */
const ENOUGH = 10;

const mean = (of: readonly number[]): number => of.reduce((sum, each) => sum + each, 0) / of.length;

/** 9: the last leads left no more behind than the first, and cost no more units of the table, by the meter. */
export function* steady(
  stories: ReadonlyMap<string, Story>,
  units: { first: Units; last: Units },
): Iterable<Violation> {
  for (const what of ['writes', 'reads'] as const) {
    const [first, last] = [units.first[what], units.last[what]];
    if (last > GROWN * first)
      yield {
        invariant: 9,
        leadId: '',
        what: `a lead cost ${first.toFixed(1)} ${what} at first and ${last.toFixed(1)} at last`,
      };
  }
  const direct = [...stories]
    .filter(([, { lead, decisions }]) => OWNED.has(lead.status) && decisions.length === 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, story]) => story);
  const tenth = Math.floor(direct.length / 10);
  if (tenth < ENOUGH) return;
  const [early, late] = [direct.slice(0, tenth), direct.slice(-tenth)];
  for (const what of ['items', 'bytes'] as const) {
    const [first, last] = [early, late].map((of) => mean(of.map((story) => story[what]))) as [number, number];
    if (last > GROWN * first)
      yield {
        invariant: 9,
        leadId: '',
        what: `a lead left ${first.toFixed(1)} ${what} at first and ${last.toFixed(1)} at last`,
      };
  }
}
