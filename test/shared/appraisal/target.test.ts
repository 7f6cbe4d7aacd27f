import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodOf } from '../../../shared/appraisal/period.ts';
import { progressOf, type TargetSheet, targetSheet } from '../../../shared/appraisal/target.ts';

const sheet = (teams: [teamId: string, reps: [repId: string, target: number][]][]): TargetSheet => {
  const own = teams.map(([teamId, reps]) => ({
    teamId,
    target: reps.reduce((sum, [, target]) => sum + target, 0),
    reps: reps.map(([repId, target]) => ({ repId, target })),
  }));
  return { measure: 'won', company: own.reduce((sum, { target }) => sum + target, 0), teams: own };
};
const wrong = (of: object) =>
  targetSheet.safeParse(of).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe('targets', () => {
  const amounts = fc.array(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 4,
  });

  it('are taken when each is the sum of its parts, whatever fractions they have', () => {
    fc.assert(
      fc.property(amounts, fc.nat(), fc.integer({ min: 1, max: 1000 }), (all, which, more) => {
        const sound = sheet(all.map((reps, t) => [`t${t}`, reps.map((target, r) => [`r${t}-${r}`, target])]));
        expect(wrong(sound)).toEqual([]);
        const at = which % sound.teams.length;
        const changed = sound.teams.map((team, t) => (t === at ? { ...team, target: team.target + more } : team));
        const { teams, ...rest } = sound;
        expect(wrong({ ...rest, teams: changed }).map((each) => each.split(':')[0])).toEqual([
          'teams',
          `teams.${at}.reps`,
        ]);
      }),
    );
  });

  it('say what they sum to where that is not the whole', () => {
    const two = sheet([
      ['east', [['li', 3]]],
      ['west', [['wang', 4]]],
    ]);
    expect(wrong({ ...two, company: 8 })).toEqual(['teams: sum to 7, not 8']);
  });

  it('need no parts: a company may share out nothing, and a team leave it to its people', () => {
    expect(targetSheet.parse({ measure: 'won', company: 9 })).toEqual({ measure: 'won', company: 9, teams: [] });
    expect(wrong({ measure: 'won', company: 9, teams: [{ teamId: 'east', target: 9 }] })).toEqual([]);
  });

  it('name each team and each rep once, a rep in one team only', () => {
    const parts = (second: string, rep: string) =>
      sheet([
        ['east', [['li', 1]]],
        [second, [[rep, 2]]],
      ]);
    expect(wrong(parts('west', 'wang'))).toEqual([]);
    expect(wrong(parts('east', 'wang'))).toEqual(['teams.1.teamId: is named twice']);
    expect(wrong(parts('west', 'li'))).toEqual(['teams: somebody is named twice']);
  });

  it('are amounts of something that is counted', () => {
    expect(wrong({ measure: 'won', company: -1 })[0]).toMatch(/^company/);
    expect(wrong({ measure: 'charm', company: 1 })[0]).toMatch(/^measure/);
  });
});

describe('how far one is', () => {
  const period = periodOf('2026-W47');
  if (!period) throw new Error('no period');
  const weekday = (day: string) => ![0, 6].includes(new Date(day).getUTCDay());
  const counted = [
    { day: '2026-11-16', facts: { won: 1, paid: 100 } },
    { day: '2026-11-18', facts: { won: 2 } },
    { day: '2026-11-18', facts: { won: 0.5 } },
    { day: '2026-11-19', facts: { lost: 1 } },
    { day: '2026-11-21', facts: { won: 1 } },
  ];
  const progress = (today: string, target = 10, worked = weekday) =>
    progressOf(target, 'won', counted, { period, worked, today });

  it('is told day by day until today: what was counted, beside an equal share of each working day', () => {
    const { days, ...now } = progress('2026-11-19');
    expect(now).toEqual({ target: 10, actual: 3.5, due: 8 });
    expect(days).toEqual([
      { day: '2026-11-16', actual: 1, due: 2 },
      { day: '2026-11-17', actual: 1, due: 4 },
      { day: '2026-11-18', actual: 3.5, due: 6 },
      { day: '2026-11-19', actual: 3.5, due: 8 },
    ]);
  });

  it('comes to the whole target on the last working day, and stays there', () => {
    expect(progress('2026-11-30')).toMatchObject({ actual: 4.5, due: 10 });
    expect(
      progress('2026-11-30')
        .days.map(({ due }) => due)
        .slice(4),
    ).toEqual([10, 10, 10]);
    expect(progress('2026-11-17', 1, (day) => day < '2026-11-19').due).toBe(0.67);
  });

  it('is nothing before the period begins', () => {
    expect(progress('2026-11-15')).toEqual({ target: 10, actual: 0, due: 0, days: [] });
  });

  it('is due at once where no day is worked', () => {
    expect(progress('2026-11-16', 10, () => false).due).toBe(10);
  });
});
