import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overdue, retime, type SlaStep, startClock, taken } from '../../../shared/sla/clock.ts';
import { deadlines, slaRules } from '../../../shared/sla/rules.ts';
import { monday } from '../../histories.ts';

const office = { shifts: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }] };
const rules = slaRules.parse({
  supervisorAfter: 'PT2H',
  exceptionAfter: 'PT4H',
  grades: { A: { supervisorAfter: 'PT30M', remindAfter: 'PT10M' } },
  teams: {
    east: { hours: office, grades: { A: { supervisorAfter: 'PT15M' } } },
    night: { hours: 'around-the-clock', exceptionAfter: 'PT8H' },
  },
  hours: { ...office, timeZone: 'Europe/Berlin', holidays: 'none' },
});
const minutes = (lead: Parameters<typeof deadlines>[1]) => {
  const { supervisorMs, exceptionMs, remindMs, hours } = deadlines(rules, lead);
  return [supervisorMs / 60_000, exceptionMs / 60_000, remindMs && remindMs / 60_000, hours?.timeZone];
};

describe('the deadlines of a lead', () => {
  it('are those of its grade and its owner’s team, the narrowest that says something', () => {
    expect(minutes({})).toEqual([120, 240, undefined, 'Europe/Berlin']);
    expect(minutes({ grade: 'A' })).toEqual([30, 240, 10, 'Europe/Berlin']);
    expect(minutes({ grade: 'A', teamId: 'east' })).toEqual([15, 240, 10, 'Asia/Shanghai']);
    expect(minutes({ grade: 'B', teamId: 'night' })).toEqual([120, 480, undefined, undefined]);
    expect(minutes({ teamId: 'unknown' })).toEqual([120, 240, undefined, 'Europe/Berlin']);
  });

  it('must not put the exception before the supervisor, for any team or grade', () => {
    const bad = slaRules.safeParse({
      supervisorAfter: 'PT2H',
      exceptionAfter: 'PT4H',
      teams: { x: { grades: { C: { supervisorAfter: 'PT5H' } } } },
    });
    expect(bad.error?.issues.map(({ path }) => path.join('.'))).toEqual(['teams.x.grades.C.exceptionAfter']);
    for (const said of [{ remindAfter: 'soon' }, { grades: { D: {} } }, { teams: { x: { hours: { shifts: [] } } } }])
      expect(slaRules.safeParse({ supervisorAfter: 'PT2H', exceptionAfter: 'PT4H', ...said }).success).toBe(false);
  });
});

describe('the ladder', () => {
  const step = fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined });

  it('takes every step once, none early, and the exception after the supervisor, however late it is looked at', () => {
    const looked = fc.array(fc.nat(1000), { maxLength: 30 });
    const ladder = fc.record({
      remind: step,
      supervisor: fc.integer({ min: 1, max: 300 }),
      more: fc.integer({ min: 1, max: 300 }),
      reassign: step,
    });
    fc.assert(
      fc.property(ladder, looked, ({ remind, supervisor, more, reassign }, at) => {
        const ms = (minute: number) => minute * 60_000;
        let sla = startClock(monday, {
          supervisorMs: ms(supervisor),
          exceptionMs: ms(supervisor + more),
          ...(remind === undefined ? {} : { remindMs: ms(remind) }),
          ...(reassign === undefined ? {} : { reassignMs: ms(reassign) }),
        });
        const took: SlaStep[] = [];
        for (const minute of [...at].sort((a, b) => a - b)) {
          const now = new Date(monday.getTime() + ms(minute));
          for (let due = overdue(sla, now); due; due = overdue(sla, now)) {
            expect(due.dueAt <= now.toISOString()).toBe(true);
            took.push(due.step);
            sla = taken(sla, due.step);
          }
        }
        const last = Math.max(-1, ...at);
        const expected = [
          ...(remind !== undefined && remind <= last ? ['remind'] : []),
          ...(supervisor <= last ? ['supervisor'] : []),
          ...(supervisor + more <= last ? ['exception'] : []),
          ...(reassign !== undefined && reassign <= last ? ['reassign'] : []),
        ];
        expect([...took].sort()).toEqual(expected.sort());
        if (took.includes('exception')) expect(took.indexOf('exception')).toBeGreaterThan(took.indexOf('supervisor'));
      }),
    );
  });

  it('counts from the receipt when somebody gets the lead, and gives who gets it after another time of their own', () => {
    const started = startClock(monday, deadlines(rules, { grade: 'B' }));
    const later = new Date(monday.getTime() + 3 * 3_600_000);
    const more = { supervisorMs: 1000, exceptionMs: 2000, remindMs: 3000, reassignMs: 4000 };
    const first = retime(started, more, later, 'first');
    expect(first.remindDueAt).toBe(new Date(monday.getTime() + 3000).toISOString());
    const anew = retime({ ...first, level: 'exception', reminded: true }, more, later, 'anew');
    expect(anew).toMatchObject({
      level: 'exception',
      supervisorDueAt: first.supervisorDueAt,
      remindDueAt: new Date(later.getTime() + 3000).toISOString(),
      reassignDueAt: new Date(later.getTime() + 4000).toISOString(),
    });
    expect(anew).not.toHaveProperty('reminded');
  });
});
