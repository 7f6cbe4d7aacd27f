import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { become } from '../../../shared/lead/lead.ts';
import {
  nextEscalation,
  overdue,
  protect,
  retime,
  type SlaStep,
  startClock,
  taken,
} from '../../../shared/sla/clock.ts';
import { protectedFrom, timedFor } from '../../../shared/sla/lead-clock.ts';
import { deadlines, keptSlaRules, slaRules } from '../../../shared/sla/rules.ts';
import { monday, scoredLead } from '../../histories.ts';

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

describe('rules for deadlines', () => {
  const paths = (said: object) =>
    slaRules
      .safeParse({ supervisorAfter: 'PT2H', exceptionAfter: 'PT4H', ...said })
      .error?.issues.map(({ path }) => path.join('.'));

  it('must remind the owner before the supervisor is told, for every team and grade', () => {
    expect(paths({ remindAfter: 'PT1H59M' })).toBeUndefined();
    expect(paths({ remindAfter: 'PT2H' })?.[0]).toBe('remindAfter');
    expect(paths({ grades: { B: { remindAfter: 'PT3H' } } })).toEqual(['grades.B.remindAfter']);
    expect(paths({ remindAfter: 'PT1H', grades: { A: { supervisorAfter: 'PT30M' } } })).toEqual([
      'grades.A.remindAfter',
    ]);
  });

  it('stay as an earlier version has them, in whatever order', () => {
    const kept = { supervisorAfter: 'PT2H', exceptionAfter: 'PT2H', remindAfter: 'PT3H' };
    expect(keptSlaRules.parse(kept)).toMatchObject(kept);
    expect(deadlines(keptSlaRules.parse({ ...kept, exceptionAfter: 'P99999999999D' })).exceptionMs).toBe(
      3650 * 24 * 3_600_000,
    );
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
      pool: step,
    });
    fc.assert(
      fc.property(ladder, looked, ({ remind, supervisor, more, reassign, pool }, at) => {
        const ms = (minute: number) => minute * 60_000;
        let sla = startClock(monday, {
          supervisorMs: ms(supervisor),
          exceptionMs: ms(supervisor + more),
          ...(remind === undefined ? {} : { remindMs: ms(remind) }),
          ...(reassign === undefined ? {} : { reassignMs: ms(reassign) }),
          ...(pool === undefined ? {} : { poolMs: ms(pool) }),
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
          // Once it is in the pool nobody has it to be taken from.
          ...(reassign !== undefined && reassign <= last && (pool === undefined || reassign <= pool)
            ? ['reassign']
            : []),
          ...(pool !== undefined && pool <= last ? ['pool'] : []),
        ];
        expect([...took].sort()).toEqual(expected.sort());
        expect(sla.level).toBe(
          took.includes('exception')
            ? 'exception'
            : took.includes('supervisor')
              ? 'supervisor'
              : took.includes('remind')
                ? 'reminded'
                : 'none',
        );
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

  it('gives whoever gets it after another a time of their own until it goes to the pool, or none', () => {
    const times = { supervisorMs: 1000, exceptionMs: 2000 };
    const started = startClock(monday, { ...times, remindMs: 3000, reassignMs: 4000, poolMs: 5000 });
    const later = new Date(monday.getTime() + 10_000);
    expect(started.poolDueAt).toBe(new Date(monday.getTime() + 5000).toISOString());
    expect(retime(started, { ...times, poolMs: 5000 }, later, 'anew')).toEqual({
      receivedAt: started.receivedAt,
      supervisorDueAt: started.supervisorDueAt,
      exceptionDueAt: started.exceptionDueAt,
      poolDueAt: new Date(later.getTime() + 5000).toISOString(),
      firstContactAt: null,
      level: 'none',
    });
    expect(Object.keys(retime(started, times, later, 'anew')).sort()).toEqual(
      ['exceptionDueAt', 'firstContactAt', 'level', 'receivedAt', 'supervisorDueAt'].sort(),
    );
    expect(retime({ ...started, reminded: true }, times, later, 'first').reminded).toBe(true);
  });
});

describe('a lead that was contacted', () => {
  const times = { supervisorMs: 1000, exceptionMs: 2000, poolMs: 5000 };
  const waiting = startClock(monday, times);
  const contacted = { ...waiting, firstContactAt: monday.toISOString() };
  const later = new Date(monday.getTime() + 3_600_000);

  it('is left with its owner for the protection period after anything that happens, then goes to the pool', () => {
    const protectedNow = protect(contacted, { ...times, protectMs: 7000 }, later);
    const dueAt = new Date(later.getTime() + 7000).toISOString();
    expect(nextEscalation(protectedNow)).toEqual({ step: 'pool', dueAt });
    expect(overdue(protectedNow, new Date(later.getTime() + 6999))).toBeUndefined();
    expect(overdue(protectedNow, new Date(later.getTime() + 7000))).toEqual({ step: 'pool', dueAt });
    expect(nextEscalation(taken(protectedNow, 'pool'))).toBeUndefined();
  });

  it('stays with its owner where there is no such period', () =>
    expect(nextEscalation(protect(contacted, times, later))).toBeUndefined());

  it('is not so before it is contacted', () =>
    expect(protect(waiting, { ...times, protectMs: 7000 }, later)).toBe(waiting));
});

describe('whoever gets a lead', () => {
  const graded = { ...scoredLead(), score: { value: 90, grade: 'A' as const, points: [], version: 1 } };
  const lead = { ...graded, sla: startClock(monday, deadlines(rules)) };
  const later = new Date(monday.getTime() + 3 * 3_600_000);
  const minutesAfter = (from: Date, minutes: number) => new Date(from.getTime() + minutes * 60_000).toISOString();
  const everywhere = slaRules.parse({
    supervisorAfter: 'PT2H',
    exceptionAfter: 'PT4H',
    grades: { A: { remindAfter: 'PT10M' } },
    teams: { east: { supervisorAfter: 'PT1H' } },
  });

  it('has the deadlines of their team and its grade, counted from its receipt', () => {
    const { sla } = timedFor(lead, { teamId: 'east' }, everywhere, later);
    expect(sla).toMatchObject({ supervisorDueAt: minutesAfter(monday, 60), remindDueAt: minutesAfter(monday, 10) });
  });

  it.each([
    ['had an owner', { ...become(lead, { status: 'assigned', owner: { repId: 'x', name: 'x' } }) }],
    ['was let lie', { ...lead, letLieBy: ['x'] }],
    ['was in the pool', { ...lead, formerly: [{ repId: 'x', until: monday.toISOString() }] }],
    ['was released', { ...lead, releasedAt: monday.toISOString() }],
  ])('is reminded in a time of their own when it %s', (_, before) =>
    expect(timedFor(before, {}, everywhere, later).sla.remindDueAt).toBe(minutesAfter(later, 10)),
  );

  it('is not disturbed by what never was', () =>
    expect(timedFor({ ...lead, letLieBy: [] }, {}, everywhere, later).sla.remindDueAt).toBe(minutesAfter(monday, 10)));

  it('keeps it for their team’s protection period', () => {
    const protecting = slaRules.parse({ ...everywhere, teams: { east: { protectAfter: 'P1D' } } });
    const owned = become(lead, { status: 'contacted', owner: { repId: 'x', name: 'x', teamId: 'east' } });
    const contacted = { ...owned, sla: { ...owned.sla, firstContactAt: monday.toISOString() } };
    expect(protectedFrom(contacted, protecting, later).sla.poolDueAt).toBe(minutesAfter(later, 24 * 60));
    const elsewhere = { ...contacted, owner: { repId: 'x', name: 'x' } };
    expect(protectedFrom(elsewhere, protecting, later).sla.poolDueAt).toBeUndefined();
  });
});
