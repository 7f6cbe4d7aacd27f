import { type Change, update } from '../platform/commit.ts';
import { getMany, type Table } from '../platform/table.ts';
import type { Deals } from './win-rate.ts';

/** A team's closed deals of one segment lie in one item, two numbers for each rep: one read tells all that a decision needs. */
const keyOf = (teamId: string | undefined, segment: string) => ({ pk: `TEAM#${teamId ?? ''}`, sk: `DEALS#${segment}` });
const WON = 'won:';
const CLOSED = 'closed:';

/** Counts a deal that was won or lost, in the transaction that closes it. */
export const countDeal = (teamId: string | undefined, segment: string, repId: string, won: boolean): Change =>
  update('deals', keyOf(teamId, segment), {
    expression: 'ADD #won :won, #closed :one',
    names: { '#won': `${WON}${repId}`, '#closed': `${CLOSED}${repId}` },
    values: { ':won': Number(won), ':one': 1 },
  });

/** The closed deals of a segment, by team and then by rep. May be a second old: they are counted, not decided on to the one. */
export async function teamDeals(
  from: Table,
  teamIds: readonly string[],
  segment: string,
): Promise<Map<string, Map<string, Deals>>> {
  const items = await getMany(
    from,
    teamIds.map((teamId) => keyOf(teamId, segment)),
    'eventually',
  );
  return new Map(
    items.map((item) => {
      const deals = Object.entries(item).flatMap(([name, closed]): [string, Deals][] => {
        if (!name.startsWith(CLOSED)) return [];
        const repId = name.slice(CLOSED.length);
        return [[repId, { won: Number(item[`${WON}${repId}`] ?? 0), closed: Number(closed) }]];
      });
      return [item.pk.slice('TEAM#'.length), new Map(deals)];
    }),
  );
}
