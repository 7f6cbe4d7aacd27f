import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { become } from '../../../shared/lead/lead.ts';
import { nextEscalation, overdue, progressed, type Sla, startClock, taken } from '../../../shared/sla/clock.ts';
import { restartedFor } from '../../../shared/sla/lead-clock.ts';
import { deadlines, defaultSlaRules, slaRules } from '../../../shared/sla/rules.ts';
import { monday, scoredLead } from '../../histories.ts';

const DAY = 24 * 3_600_000;
const TWO_WEEKS = 14 * DAY;
const day = (n: number) => new Date(monday.getTime() + n * DAY);
const contacted: Sla = {
  ...startClock(monday, deadlines(defaultSlaRules)),
  firstContactAt: day(0).toISOString(),
};

describe('a deal', () => {
  it('turns red when it stood still for as long as its stage allows, and not before', () => {
    const sla = progressed(contacted, day(1), TWO_WEEKS);
    expect(sla.stuckDueAt).toBe(day(15).toISOString());
    expect(overdue(sla, new Date(day(15).getTime() - 1))).toBeUndefined();
    expect(overdue(sla, day(15))).toEqual({ step: 'stuck', dueAt: day(15).toISOString() });
  });

  it('that is red is told of once, and says since when', () => {
    const red = taken(progressed(contacted, day(1), TWO_WEEKS), 'stuck');
    expect(red).toEqual({ ...contacted, stuckSince: day(15).toISOString() });
    expect(nextEscalation(red)).toBeUndefined();
    expect(taken(contacted, 'stuck')).toStrictEqual(contacted);
  });

  it('is red no longer once something happened', () => {
    const red = taken(progressed(contacted, day(1), TWO_WEEKS), 'stuck');
    expect(progressed(red, day(16), TWO_WEEKS)).toStrictEqual({ ...contacted, stuckDueAt: day(30).toISOString() });
  });

  it('counts from the latest progress, in whatever order it is logged', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 1 }), (days) => {
        const sla = days.reduce((so, n) => progressed(so, day(n), TWO_WEEKS), contacted);
        expect(sla.stuckDueAt).toBe(day(Math.max(...days) + 14).toISOString());
      }),
    );
  });

  it('that is red stays red when only something older is logged late', () => {
    const red = taken(progressed(contacted, day(10), TWO_WEEKS), 'stuck');
    expect(progressed(red, day(9), TWO_WEEKS)).toBe(red);
    expect(progressed(red, day(10), TWO_WEEKS)).toBe(red);
  });

  it('that nobody contacted yet waits for what is due first', () => {
    const waiting = { ...startClock(monday, deadlines(defaultSlaRules)), stuckDueAt: day(-1).toISOString() };
    expect(nextEscalation(waiting)?.step).toBe('stuck');
    expect(nextEscalation({ ...waiting, stuckDueAt: day(1).toISOString() })?.step).toBe('supervisor');
  });
});

describe('a reminder', () => {
  it('is noted beside the level, which an escalation before it keeps', () => {
    const started = startClock(monday, deadlines(defaultSlaRules));
    expect(taken(started, 'remind')).toEqual({ ...started, level: 'reminded', reminded: true });
    const escalated = taken(started, 'supervisor');
    expect(taken(escalated, 'remind')).toEqual({ ...escalated, level: 'supervisor', reminded: true });
  });

  it('is given once, and only where there is one', () => {
    const without = startClock(monday, deadlines(defaultSlaRules));
    expect(nextEscalation(without)?.step).toBe('supervisor');
    const rules = slaRules.parse({ supervisorAfter: 'PT2H', exceptionAfter: 'PT4H', remindAfter: 'PT1H' });
    const sla = startClock(monday, deadlines(rules));
    expect(nextEscalation(sla)?.step).toBe('remind');
    expect(nextEscalation(taken(sla, 'remind'))?.step).toBe('supervisor');
  });
});

describe('a lead whose customer posts again', () => {
  const rules = slaRules.parse({
    supervisorAfter: 'PT2H',
    exceptionAfter: 'PT4H',
    teams: { east: { supervisorAfter: 'PT1H' } },
  });
  const owner = { repId: 'rep-li', name: 'rep-li', teamId: 'east' };
  const seen = { seenAt: day(0).toISOString(), triedAt: day(0).toISOString() };

  it('is to be contacted again by whoever has it, by their team’s deadlines counted from then', () => {
    const lead = become(scoredLead(undefined, seen as object), { status: 'contacted', owner });
    const again = restartedFor({ ...lead, sla: contacted }, rules, day(3));
    expect(again).toMatchObject({ status: 'assigned', owner });
    expect(again.sla).toEqual(startClock(day(3), deadlines(rules, { grade: 'B', teamId: 'east' })));
    expect(again).not.toHaveProperty('seenAt');
    expect(again).not.toHaveProperty('triedAt');
  });

  it('stays what it is when nobody had contacted the customer, with or without an owner', () => {
    const assigned = become(scoredLead(), { status: 'assigned', owner });
    expect(restartedFor(assigned, rules, day(1))).toMatchObject({ status: 'assigned', owner });
    const unowned = restartedFor(scoredLead(), rules, day(1));
    expect(unowned.status).toBe(scoredLead().status);
    expect(unowned.sla).toEqual(startClock(day(1), deadlines(rules, { grade: 'B' })));
  });
});
