import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GivenAt, type Pending, placesOf, withOneMore } from '../../../shared/response/pending.ts';

const place = fc.record({
  day: fc.constantFrom('2026-11-23', '2026-11-24', '2026-11-25'),
  source: fc.constantFrom('web', 'meta', 'baidu'),
  teamId: fc.constantFrom('', 'east'),
  grade: fc.constantFrom('A', 'B', 'C'),
});

const nameOf = ({ day, source, teamId, grade }: Omit<GivenAt, 'leads'>): string =>
  `${day} ${source} ${teamId} ${grade}`;

describe('leads given that the running counts do not hold yet', () => {
  it('are each counted once, with the rep or in their row, in the place where they belong', () => {
    fc.assert(
      fc.property(fc.array(place, { maxLength: 60 }), (places) => {
        const sums = new Map<string, number>();
        const add = (given: GivenAt) => sums.set(nameOf(given), (sums.get(nameOf(given)) ?? 0) + given.leads);
        let pending: Pending | undefined;
        for (const each of places) {
          const next = withOneMore(pending, each);
          next.full.forEach(add);
          pending = next.pending;
        }
        if (pending) placesOf(pending).forEach(add);
        const expected = Map.groupBy(places, nameOf);
        expect([...sums].sort()).toEqual([...expected].map(([name, leads]) => [name, leads.length]).sort());
      }),
    );
  });

  it('stay with the rep up to eight rows, and only of one team', () => {
    let pending: Pending | undefined;
    const give = (day: number, teamId = 'east') => {
      const next = withOneMore(pending, { day: `2026-11-0${day}`, source: 'web', teamId, grade: 'A' });
      pending = next.pending;
      return next.full.length;
    };
    expect([1, 2, 3, 4, 5, 6, 7, 8, 8, 1].map((day) => give(day))).toEqual(Array(10).fill(0));
    expect([give(9), give(9), give(9, 'west'), give(9, '')]).toEqual([8, 0, 1, 1]);
  });
});
