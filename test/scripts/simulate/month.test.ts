import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapOf, rosterOf } from '../../../scripts/simulate/company.ts';
import { monthOf, type Posted, type SourceName, sources, timesOf } from '../../../scripts/simulate/month.ts';
import { naive } from '../../../scripts/simulate/naive.ts';
import { buys, figuresOf, type Outcome, verdictOf } from '../../../scripts/simulate/outcome.ts';
import { lines, page } from '../../../scripts/simulate/report.ts';
import { atWork, callsAt, habitsOf, isStaff } from '../../../scripts/simulate/reps.ts';
import { sent, sentFile, type Told } from '../../../scripts/simulate/senders.ts';
import { DAY, HOUR, SLOT } from '../../../scripts/simulate/time.ts';

const month = (seed: number, leads = 300) => monthOf({ leads, days: 30, seed, firstDay: 2 });

describe('a month of sales', () => {
  it('is the same month for the same seed, and another for another', () => {
    expect(month(7)).toEqual(month(7));
    expect(naive(month(7), 2)).toEqual(naive(month(7), 2));
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
          expect(at % SLOT).toBe(0);
        }
        const people = new Set(posted.map(({ person }) => person)).size;
        expect(people).toBeGreaterThan(250);
        expect(people).toBeLessThan(300);
      }),
      { numRuns: 30 },
    );
  });

  it('has leads of every source, most of them by day, and few on Sundays', () => {
    const { posted } = month(1, 6000);
    expect(new Set(posted.map(({ source }) => source))).toEqual(new Set(Object.keys(sources)));
    const byDay = posted.filter(({ at }) => at % DAY >= 8 * HOUR && at % DAY < 20 * HOUR).length;
    expect(byDay).toBeGreaterThan(0.7 * posted.length);
    const on = (weekday: number) => posted.filter(({ at }) => (2 + Math.floor(at / DAY)) % 7 === weekday).length;
    expect(on(0)).toBeLessThan(on(3) * 0.7);
  });

  it('of a hundred times the leads is that of a company with more reps', () => {
    expect([1, 1200, 12_000, 120_000].map(timesOf)).toEqual([1, 1, 3, 10]);
    const habits = habitsOf(10, (day) => day * DAY);
    expect(new Set(habits.map(({ repId }) => repId)).size).toBe(80);
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

  it('has HR say who is away, and once, by mistake, that all reps left', async () => {
    const { habits } = month(1);
    const stateOf = (at: number, broken = false) =>
      new Map(
        (rosterOf(habits, 0, at, broken) as { employeeId: string; status: string }[]).map(({ employeeId, status }) => [
          employeeId,
          status,
        ]),
      );
    expect(stateOf(0).get('rep-zhang')).toBe('active');
    expect(stateOf(10 * DAY).get('rep-yang')).toBe('on-leave');
    expect(stateOf(20 * DAY).get('rep-zhang')).toBe('left');
    expect([...stateOf(0, true).values()].filter((status) => status === 'active')).toHaveLength(2);
    const { features } = (await mapOf(habits, false)) as { features: { properties: { repIds: string[] } }[] };
    expect(features.flatMap(({ properties }) => properties.repIds).sort()).toEqual(
      habits.map(({ repId }) => repId).sort(),
    );
  });

  it('is posted as each source posts; what is only referred to is told when it is asked for', () => {
    const told: Told = new Map();
    const keys = Object.fromEntries([...Object.keys(sources), 'web'].map((name) => [name, 'a-key']));
    const sending = { keys, url: 'http://127.0.0.1', at: new Date(0), told };
    const { posted } = month(9, 600);
    for (const [n, { source, ...rest }] of posted.entries()) {
      if (source === 'import') continue;
      const { path, body } = sent({ ...rest, source }, n, sending);
      expect(path.startsWith('/leads/')).toBe(true);
      expect(body.length).toBeGreaterThan(20);
    }
    const referring: SourceName[] = ['meta', 'linkedin', 'hubspot'];
    expect(told.size).toBe(posted.filter(({ source }) => referring.includes(source)).length);
    const list = posted.filter(({ source }) => source === 'import');
    expect(sentFile(list, sending).body.trim().split('\n')).toHaveLength(list.length + 1);
  });
});

describe('a lead', () => {
  const { habits, posted } = month(3);
  const post = (but: Partial<Posted> = {}): Posted => {
    const [first] = posted;
    if (!first) throw new Error('no lead');
    return { ...first, at: 100, says: 'point', ...but };
  };
  const place = post().place;
  const [own, elsewhere] = [true, false].map(
    (same) => habits.find(({ territoryId, away }) => (territoryId === place.territoryId) === same && !away)?.repId,
  );
  const verdict = (but: Omit<Outcome, 'posted'>, of: Partial<Posted> = {}) =>
    verdictOf(habits, { posted: post(of), ...but });

  it('is given right on time to somebody at work who serves the place', () => {
    expect(verdict({ givenTo: own, givenAt: 110 })).toBe('right');
    expect(verdict({ givenTo: own, givenAt: 111 })).toBe('late');
    expect(verdict({ givenTo: elsewhere, givenAt: 100 })).toBe('elsewhere');
    expect(verdict({ givenTo: 'somebody', givenAt: 100 })).toBe('nobody');
    expect(verdict({})).toBe('nobody');
    expect(verdict({ givenTo: 'rep-zhang', givenAt: 20 * DAY }, { at: 20 * DAY })).toBe('absent');
  });

  it('of which only the city is known may go to any of the city’s territories', () => {
    const other = month(3).habits.find(
      ({ territoryId }) =>
        territoryId !== place.territoryId && territoryId.slice(0, 4) === place.territoryId.slice(0, 4),
    );
    expect(verdict({ givenTo: other?.repId, givenAt: 100 }, { says: 'city' })).toBe('right');
  });

  it('of which nothing says where it is belongs to people, at once', () => {
    expect(verdict({ toPeopleAt: 105, givenTo: own, givenAt: 600 }, { says: 'nothing' })).toBe('people');
    expect(verdict({ toPeopleAt: 300, givenTo: own, givenAt: 600 }, { says: 'nothing' })).toBe('late');
    expect(verdict({ toPeopleAt: 105, givenTo: own, givenAt: 600 })).toBe('late');
  });

  it('is won the oftener the sooner it is called', () => {
    const called = (after: number) => buys({ posted: post({ luck: 0.2 }), calledAt: 100 + after });
    expect([called(30), called(300), buys({ posted: post({ luck: 0 }) })]).toEqual([true, false, false]);
  });
});

describe('the figures of a month', () => {
  it('are worse where nobody asks HR: leads of who left wait for somebody to read the log', () => {
    const played = month(42, 1200);
    const outcomes = naive(played, 2);
    const gone = outcomes.filter(({ givenTo, givenAt = 0 }) => {
      const habit = played.habits.find(({ repId }) => repId === givenTo);
      return habit && !isStaff(habit, givenAt);
    });
    expect(gone.length).toBeGreaterThan(20);
    const figures = figuresOf(played, outcomes);
    expect(figures.leads).toBe(1200);
    expect(figures.right).toBeLessThan(0.9);
    expect(figures.buckets.reduce((sum, { leads }) => sum + leads, 0)).toBe(1200);
    expect(Object.values(figures.verdicts).reduce((sum, count) => sum + count, 0)).toBe(1200);
    for (const gave of gone)
      expect((gave.calledAt ?? Number.POSITIVE_INFINITY) - gave.posted.at).toBeGreaterThan(12 * HOUR);
  });

  it('are fair where each gets as many for each day at work, whoever was away or half-time', () => {
    const played = month(4, 3000);
    const workOf = ({ weight = 1, ...habit }: (typeof played.habits)[number]) =>
      Math.round(
        4 *
          weight *
          Array.from({ length: 30 }, (_, day) => day).filter((day) => isStaff({ ...habit }, day * DAY + DAY / 2))
            .length,
      );
    const [posted] = played.posted;
    if (!posted) throw new Error('no lead');
    const outcomes = played.habits.flatMap((habit) =>
      Array.from({ length: workOf(habit) }, (): Outcome => ({ posted, givenTo: habit.repId, givenAt: posted.at })),
    );
    expect(figuresOf(played, outcomes).fairness).toBeCloseTo(1, 5);
    const oneLess = outcomes.filter(({ givenTo }, n) => givenTo !== 'rep-li' || n % 2 === 0);
    expect(figuresOf(played, oneLess).fairness).toBeLessThan(0.9);
  });

  it('are shown both ways side by side on a page that needs nothing beside it, light and dark', () => {
    const played = month(5);
    const figures = figuresOf(played, naive(played, 2), { 'lead-missed': Array.from({ length: 30 }, () => 3) });
    expect(figures.alertsPerDay).toBe(3);
    const compared = { ours: figures, naive: figures, leads: 300, days: 30, seed: 5 };
    const shown = page(compared);
    expect(shown.match(/<svg/g)).toHaveLength(10);
    expect(shown).not.toMatch(/<script|src=|https?:\/\/(?!www\.w3\.org)|undefined|NaN/);
    for (const [what] of lines(compared)) expect(shown).toContain(what);
  });
});
