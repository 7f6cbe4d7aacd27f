import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { funnelOf, type Unplaced } from '../../../shared/response/funnel.ts';
import type { Row } from '../../../shared/response/response.ts';

/** A row in which so many went on, each part of those before. */
const row = fc
  .record({
    source: fc.constantFrom('web', 'meta'),
    teamId: fc.constantFrom('east', 'west'),
    given: fc.nat(200),
    called: fc.nat(100),
    won: fc.nat(100),
    uncalled: fc.nat(3),
  })
  .map(({ source, teamId, given, called, won, uncalled }): Row => {
    const contacted = Math.min(given, called);
    return {
      ...{ day: '2026-11-02', source, teamId, repId: 'r', grade: 'A' },
      ...{ given: given + uncalled, lost: 0, uncalled },
      contacted: new Map([[30, contacted]]),
      won: new Map([[30, Math.min(contacted, won)]]),
    };
  });
const unplaced = fc.array(fc.record<Unplaced>({ source: fc.constantFrom('web', 'meta'), scored: fc.boolean() }));

describe('the way of leads', () => {
  it('loses or keeps leads from column to column, and makes none', () => {
    fc.assert(
      fc.property(fc.array(row), unplaced, (rows, others) => {
        const { columns, sources } = funnelOf(rows, others);
        const counts = columns.map(({ leads }) => leads);
        expect(counts).toEqual([...counts].sort((a, b) => b - a));
        for (const [at, { dropOff, leads, conversion }] of columns.entries()) {
          const before = columns[at - 1]?.leads ?? leads;
          expect(dropOff).toBe(before - leads);
          expect(conversion === null).toBe(at === 0 || before === 0);
        }
        expect(sources.reduce((sum, { leads }) => sum + leads, 0)).toBe(counts[0]);
      }),
    );
  });

  it('is, added up over the teams, that of the company from assigned on', () => {
    fc.assert(
      fc.property(fc.array(row), unplaced, (rows, others) => {
        const of = (teamId?: string) =>
          funnelOf(rows, others, teamId === undefined ? rows : rows.filter((each) => each.teamId === teamId));
        const from = (teamId?: string) =>
          of(teamId)
            .columns.slice(2)
            .map(({ leads }) => leads);
        const [east = [], west = []] = [from('east'), from('west')];
        expect(from()).toEqual(east.map((leads, at) => leads + (west[at] ?? 0)));
        expect(
          of('east')
            .columns.slice(0, 2)
            .map(({ leads }) => leads),
        ).toEqual(
          of()
            .columns.slice(0, 2)
            .map(({ leads }) => leads),
        );
      }),
    );
  });
});
