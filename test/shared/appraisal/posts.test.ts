import { describe, expect, it } from 'vitest';
import { performanceRules } from '../../../shared/appraisal/check.ts';
import { defaultPerformanceRules } from '../../../shared/appraisal/defaults.ts';
import { groundOf } from '../../../shared/appraisal/ground.ts';
import { type Period, periodOf } from '../../../shared/appraisal/period.ts';
import { segmentsOf } from '../../../shared/appraisal/posts.ts';
import { monthsBetween, type Person, standings, teamsOf, wasEverIn } from '../../../shared/appraisal/standing.ts';
import { workdaysOf } from '../../../shared/appraisal/workdays.ts';

const dayOf = (time: string) => time.slice(0, 10);
const period = (name: string): Period => {
  const found = periodOf(name);
  if (!found) throw new Error(name);
  return found;
};
const won = { id: 'won', name: 'won', kind: 'result', formula: 'won', target: 10, weight: 100 };
const plan = (planId: string, who: object = {}, cycle = 'month') => ({
  planId,
  name: planId,
  for: who,
  cycle,
  components: [won],
});
const rules = (...plans: object[]) => performanceRules.parse({ ...defaultPerformanceRules, suggestions: [], plans });
const workdays = workdaysOf(defaultPerformanceRules.workdays);
const li: Person = { repId: 'li', name: '李雷', status: 'active', teamId: 'east', hiredAt: '2021-05-10' };
const segments = (who: Person, of: ReturnType<typeof rules>, name = '2026-11') =>
  segmentsOf(who, period(name), of, workdays, dayOf);
const plansOf = (who: Person, of: ReturnType<typeof rules>, name?: string) =>
  segments(who, of, name).map(({ planId, from, to }) => [planId, from.slice(5), to.slice(5)]);

describe('what somebody is on a day', () => {
  const on = (who: Person, ...days: string[]) =>
    days.map((day) => {
      const { status, teamId, role } = standings(who, dayOf)(`2026-11-${day}`);
      return [status, teamId, role];
    });

  it('is what the roster says, as long as nobody wrote down more', () => {
    expect(on(li, '01', '30')).toEqual([
      ['active', 'east', undefined],
      ['active', 'east', undefined],
    ]);
    expect(on({ ...li, status: 'on-leave' }, '01')).toEqual([['on-leave', 'east', undefined]]);
  });

  it('was active before the status that they have since', () => {
    const away: Person = { ...li, status: 'on-leave', statusSince: '2026-11-10T03:00:00.000Z' };
    expect(on(away, '09', '10').map(([status]) => status)).toEqual(['active', 'on-leave']);
    expect(on({ ...li, statusSince: '2026-11-10T03:00:00.000Z' }, '09', '10').map(([status]) => status)).toEqual([
      'active',
      'active',
    ]);
    expect(on({ ...li, status: 'left', leftAt: '2026-11-10' }, '09').map(([status]) => status)).toEqual(['active']);
  });

  it('has the role that was written down, from its day on, in whatever order it was written', () => {
    const postings = [
      { at: '2026-11-20T01:00:00.000Z', role: 'head' },
      { at: '2026-11-10T01:00:00.000Z', role: 'lead' },
    ];
    expect(on({ ...li, postings }, '09', '10', '20')).toEqual([
      ['active', 'east', undefined],
      ['active', 'east', 'lead'],
      ['active', 'east', 'head'],
    ]);
  });

  it('goes by what HR wrote down, where it did: no team, no status of the roster', () => {
    const postings = [
      { at: '', status: 'active' as const, teamId: 'west' },
      { at: '2026-11-10T01:00:00.000Z', status: 'on-leave' as const },
      { at: '2026-11-12T01:00:00.000Z', role: 'lead' },
    ];
    expect(on({ ...li, status: 'left', statusSince: '2026-11-11', postings }, '09', '11', '12')).toEqual([
      ['active', 'west', undefined],
      ['on-leave', undefined, undefined],
      ['on-leave', undefined, 'lead'],
    ]);
    expect(on({ ...li, postings: postings.slice(1) }, '09')).toEqual([['active', undefined, undefined]]);
  });

  it('counts for the team of that day, or the one that they left from', () => {
    const postings = [
      { at: '', status: 'active' as const, teamId: 'west' },
      { at: '2026-11-10T01:00:00.000Z', status: 'active' as const, teamId: 'east' },
      { at: '2026-11-20T01:00:00.000Z', status: 'left' as const },
    ];
    const { teamId: _, ...gone } = { ...li, status: 'left' as const, postings };
    expect(['09', '10', '20'].map((day) => teamsOf(gone, dayOf)(`2026-11-${day}`))).toEqual(['west', 'east', 'east']);
    expect(teamsOf(li, dayOf)('2026-11-09')).toBe('east');
    expect([wasEverIn(gone, 'west'), wasEverIn(gone, 'north'), wasEverIn(li, 'east')]).toEqual([true, false, true]);
  });

  it('has been there for whole months', () => {
    expect(monthsBetween('2026-08-20', '2026-11-19')).toBe(2);
    expect(monthsBetween('2026-08-20', '2026-11-20')).toBe(3);
    expect(monthsBetween('2025-12-31', '2026-01-01')).toBe(0);
    expect(monthsBetween('2024-11-01', '2026-11-01')).toBe(24);
  });
});

describe('the stretches of a period', () => {
  it('are of the first plan that is for somebody: by team, role and how long they have been there', () => {
    const all = rules(
      plan('heads', { roles: ['head'] }),
      plan('westerners', { teams: ['west'] }),
      plan('settled', { tenureMonths: { from: 12, until: 24 } }),
      plan('all'),
    );
    expect(plansOf(li, all)).toEqual([['all', '11-01', '12-01']]);
    expect(plansOf({ ...li, teamId: 'west' }, all)).toEqual([['westerners', '11-01', '12-01']]);
    const { teamId: _, ...teamless } = li;
    expect(plansOf(teamless, all)).toEqual([['all', '11-01', '12-01']]);
    expect(plansOf({ ...li, postings: [{ at: '', role: 'head' }] }, all)).toEqual([['heads', '11-01', '12-01']]);
    expect(plansOf({ ...li, hiredAt: '2025-11-16' }, all)).toEqual([
      ['all', '11-01', '11-16'],
      ['settled', '11-16', '12-01'],
    ]);
    expect(plansOf({ ...li, hiredAt: '2024-11-16' }, all)).toEqual([
      ['settled', '11-01', '11-16'],
      ['all', '11-16', '12-01'],
    ]);
  });

  it('of whom it is not known when they were hired are no newcomer’s', () => {
    const all = rules(plan('newcomers', { tenureMonths: { until: 3 } }), plan('all'));
    const { hiredAt: _, ...unknown } = li;
    expect(plansOf(unknown, all)).toEqual([['all', '11-01', '12-01']]);
    expect(plansOf({ ...li, hiredAt: '2026-11-10' }, all)).toEqual([['newcomers', '11-10', '12-01']]);
  });

  it('end when somebody left, and begin anew when they came back', () => {
    expect(plansOf({ ...li, leftAt: '2026-11-09' }, rules(plan('all')))).toEqual([['all', '11-01', '11-10']]);
    const postings = [
      { at: '', status: 'active' as const, teamId: 'east' },
      { at: '2026-11-10T01:00:00.000Z', status: 'left' as const, teamId: 'east' },
      { at: '2026-11-12T01:00:00.000Z', status: 'active' as const, teamId: 'east' },
    ];
    expect(plansOf({ ...li, postings }, rules(plan('all')))).toEqual([
      ['all', '11-01', '11-10'],
      ['all', '11-12', '12-01'],
    ]);
  });

  it('change with the role, and say team and role where there are any', () => {
    const postings = [{ at: '2026-11-16T01:00:00.000Z', role: 'lead' }];
    const [before, after] = segments({ ...li, postings }, rules(plan('all')));
    expect(before).not.toHaveProperty('role');
    expect(before).toMatchObject({ teamId: 'east', from: '2026-11-01', to: '2026-11-16' });
    expect(after).toMatchObject({ teamId: 'east', role: 'lead', from: '2026-11-16' });
    const { teamId: _, ...teamless } = li;
    expect(segments(teamless, rules(plan('all')))[0]).not.toHaveProperty('teamId');
  });

  it('are as long as the working days that somebody was there, in days, weeks, months, quarters and years', () => {
    const length = (who: Person, name: string) => segments(who, rules(plan('all')), name)[0];
    const week = length(li, '2026-W47');
    expect(week?.days).toBe(5);
    expect(week?.lengths).toMatchObject({ day: 5, week: 1 });
    expect(week?.lengths.month).toBeCloseTo(5 / 21, 10);
    const year = length(li, '2026')?.lengths;
    expect([year?.month, year?.quarter, year?.year].map((each) => each?.toFixed(9))).toEqual([
      '12.000000000',
      '4.000000000',
      '1.000000000',
    ]);
    const away: Person = { ...li, status: 'on-leave', statusSince: '2026-11-18T01:00:00.000Z' };
    expect(length(away, '2026-W47')).toMatchObject({ days: 2, lengths: { day: 2, week: 0.4 } });
  });
});

describe('what was counted', () => {
  const counted = (...days: string[]) => days.map((day, n) => ({ day: `2026-${day}`, facts: { won: 10 ** n } }));
  const done = (who: Person, of: ReturnType<typeof rules>, name: string, ...days: string[]) =>
    groundOf(who, counted(...days), { period: period(name), rules: of, version: 1, workdays, dayOf }).done.map(
      ({ segment, facts }) => [segment.planId, segment.from.slice(5), facts.won ?? 0],
    );
  const both = rules(plan('newcomers', { tenureMonths: { until: 3 } }, 'week'), plan('all'));

  it('counts for the stretch in which it was', () => {
    const postings = [{ at: '2026-11-16T01:00:00.000Z', role: 'lead' }];
    expect(done({ ...li, postings }, rules(plan('all')), '2026-11', '11-01', '11-15', '11-16', '11-30')).toEqual([
      ['all', '11-01', 11],
      ['all', '11-16', 1100],
    ]);
  });

  it('on a day on which somebody was not there counts for the stretch before, or the first', () => {
    const postings = [
      { at: '', status: 'active' as const },
      { at: '2026-11-10T01:00:00.000Z', status: 'left' as const },
      { at: '2026-11-12T01:00:00.000Z', status: 'active' as const },
    ];
    const who = { ...li, hiredAt: '2026-11-03', postings };
    expect(done(who, rules(plan('all')), '2026-11', '11-01', '11-10', '11-11', '11-12')).toEqual([
      ['all', '11-03', 111],
      ['all', '11-12', 1000],
    ]);
  });

  it('under a plan that is appraised by other periods does not count', () => {
    const who = { ...li, hiredAt: '2026-08-16' };
    expect(done(who, both, '2026-11', '11-01', '11-15', '11-16')).toEqual([['all', '11-16', 100]]);
    expect(done(who, both, '2026-W46', '11-09', '11-15', '11-16')).toEqual([['newcomers', '11-09', 111]]);
  });

  it('is shown by the plan that they have where none is appraised by such a period', () => {
    expect(done({ ...li, hiredAt: '2026-10-16' }, both, '2026-11', '11-05')).toEqual([['newcomers', '11-01', 1]]);
  });

  it('says whose it is', () => {
    const by = { period: period('2026-11'), rules: both, version: 1, workdays, dayOf };
    expect(groundOf(li, [], by)).toMatchObject({ repId: 'li', name: '李雷', teamId: 'east' });
    const { teamId: _, ...teamless } = li;
    expect(groundOf(teamless, [], by)).not.toHaveProperty('teamId');
  });
});
