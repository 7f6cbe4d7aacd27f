import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atWork, callsAt, DAY, HOUR, isStaff, monthOf, repsOf } from '../../../scripts/simulate/month.ts';
import { naive } from '../../../scripts/simulate/naive.ts';
import { buys, figuresOf } from '../../../scripts/simulate/outcome.ts';
import { lines, page } from '../../../scripts/simulate/report.ts';
import { sent } from '../../../scripts/simulate/senders.ts';

const month = (seed: number, leads = 300) => monthOf({ leads, days: 30, seed, firstDay: 2 });

describe('a month of sales', () => {
  it('is the same month for the same seed, and another for another', () => {
    expect(month(7)).toEqual(month(7));
    expect(month(7).posted).not.toEqual(month(8).posted);
  });

  it('has all its leads within its days, in their order, a few of them from somebody who posted before', () => {
    fc.assert(
      fc.property(fc.nat(10_000), (seed) => {
        const { posted, days } = month(seed);
        expect(posted).toHaveLength(300);
        for (const [n, { at }] of posted.entries()) {
          expect(at).toBeGreaterThanOrEqual(posted[n - 1]?.at ?? 0);
          expect(at).toBeLessThan(days * DAY);
        }
        const people = new Set(posted.map(({ person }) => person)).size;
        expect(people).toBeGreaterThan(250);
        expect(people).toBeLessThan(300);
      }),
      { numRuns: 30 },
    );
  });

  it('has reps call while people work, never before they know', () => {
    const [habit] = month(1).habits;
    if (!habit) throw new Error('nobody works here');
    fc.assert(
      fc.property(
        fc.nat(30 * DAY),
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (knows, draws) => {
          const at = callsAt(habit, knows, () => draws.pop() ?? 0.5);
          if (at === undefined) return;
          expect(at).toBeGreaterThan(knows);
          expect(atWork(at)).toBe(at);
          expect(at % DAY).toBeLessThan(20 * HOUR);
        },
      ),
    );
  });

  it('is worse where nobody asks HR: leads of who left wait for somebody to read the log', () => {
    const played = month(42, 1200);
    const outcomes = naive(played, 2);
    const gone = outcomes.filter(({ givenTo, givenAt = 0 }) => {
      const habit = played.habits.find(({ repId }) => repId === givenTo);
      return habit && !isStaff(habit, givenAt);
    });
    expect(gone.length).toBeGreaterThan(20);
    const figures = figuresOf(played, outcomes, 0);
    expect(figures.leads).toBe(1200);
    expect(figures.right).toBeLessThan(0.9);
    expect(figures.buckets.reduce((sum, { leads }) => sum + leads, 0)).toBe(1200);
    for (const gave of gone)
      expect((gave.calledAt ?? Number.POSITIVE_INFINITY) - gave.posted.at).toBeGreaterThan(12 * HOUR);
  });

  it('counts a lead as given right when it went on time to somebody who works there', () => {
    const played = month(3, 1);
    const [posted] = played.posted;
    if (!posted) throw new Error('no lead');
    const [first = '', second = ''] = repsOf[posted.place.territoryId] ?? [];
    const right = (but: object) => figuresOf(played, [{ posted, givenTo: first, givenAt: posted.at, ...but }], 0).right;
    const there = played.habits.every((habit) => ![first, second].includes(habit.repId) || isStaff(habit, posted.at));
    expect(there).toBe(true);
    expect(right({})).toBe(1);
    expect(right({ givenTo: second })).toBe(1);
    expect(right({ givenAt: posted.at + 11 })).toBe(0);
    expect(right({ givenTo: 'somebody else' })).toBe(0);
    expect(buys({ posted: { ...posted, luck: 0.2 }, calledAt: posted.at + 30 })).toBe(true);
    expect(buys({ posted: { ...posted, luck: 0.2 }, calledAt: posted.at + 300 })).toBe(false);
  });

  it('is shown with both ways side by side on a page that needs nothing beside it', () => {
    const played = month(5);
    const figures = figuresOf(played, naive(played, 2), 3);
    const shown = page({ ours: figures, naive: figures, leads: 300, days: 30, seed: 5 });
    expect(shown.match(/<svg/g)).toHaveLength(3);
    expect(shown).not.toMatch(/<script|src=|https?:\/\/(?!www\.w3\.org)/);
    for (const [what] of lines({ ours: figures, naive: figures, leads: 300, days: 30, seed: 5 }))
      expect(shown).toContain(what);
  });

  it('is posted as each source posts', () => {
    for (const [n, posted] of month(9).posted.entries()) {
      const { path, body } = sent(posted, n, { web: 'w', 'google-ads': 'g', 'ocean-engine': 'o' });
      expect(path.startsWith('/leads/')).toBe(true);
      expect(body.length).toBeGreaterThan(20);
    }
  });
});
