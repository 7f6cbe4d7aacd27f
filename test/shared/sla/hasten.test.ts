import { describe, expect, it } from 'vitest';
import { become } from '../../../shared/lead/lead.ts';
import { hasten, type Sla, startClock } from '../../../shared/sla/clock.ts';
import { raisedFor } from '../../../shared/sla/lead-clock.ts';
import { deadlines, slaRules } from '../../../shared/sla/rules.ts';
import { monday, scoredLead } from '../../histories.ts';

const HOUR = 3_600_000;
const at = (hours: number) => new Date(monday.getTime() + hours * HOUR);
const iso = (hours: number) => at(hours).toISOString();
const slow = { supervisorMs: 4 * HOUR, exceptionMs: 8 * HOUR };
const steps = { remindMs: 2 * HOUR, reassignMs: 10 * HOUR, poolMs: 20 * HOUR };
const fast = { supervisorMs: HOUR, exceptionMs: 2 * HOUR, remindMs: HOUR / 2, reassignMs: 3 * HOUR, poolMs: 5 * HOUR };
const waiting = startClock(monday, { ...slow, ...steps });

describe('a better grade', () => {
  it('brings every step forward to what it allows from then on', () => {
    expect(hasten(waiting, fast, at(1))).toEqual({
      ...waiting,
      raisedAt: iso(1),
      remindDueAt: iso(1.5),
      supervisorDueAt: iso(2),
      exceptionDueAt: iso(3),
      reassignDueAt: iso(4),
      poolDueAt: iso(6),
    });
  });

  it('never puts a step off', () => {
    const soon = startClock(monday, fast);
    expect(hasten(soon, { ...slow, ...steps }, at(0.25))).toEqual({ ...soon, raisedAt: iso(0.25) });
    expect(hasten(soon, slow, at(0.25))).toEqual({ ...soon, raisedAt: iso(0.25) });
  });

  it('adds the steps that only it has', () => {
    const { remindDueAt, reassignDueAt, poolDueAt } = hasten(startClock(monday, slow), fast, at(1));
    expect([remindDueAt, reassignDueAt, poolDueAt]).toEqual([iso(1.5), iso(4), iso(6)]);
    expect(hasten(startClock(monday, slow), slow, at(1))).not.toHaveProperty('poolDueAt');
  });

  it.each<[Sla['level'], boolean, boolean]>([
    ['none', true, true],
    ['reminded', true, true],
    ['supervisor', false, true],
    ['exception', false, false],
  ])('after level %s hastens the supervisor (%s) and the exception (%s), none a second time', (level, one, other) => {
    const sla = hasten({ ...waiting, level }, fast, at(1));
    expect(sla.supervisorDueAt).toBe(one ? iso(2) : waiting.supervisorDueAt);
    expect(sla.exceptionDueAt).toBe(other ? iso(3) : waiting.exceptionDueAt);
  });

  it('reminds nobody a second time, and changes nothing once the customer was contacted', () => {
    expect(hasten({ ...waiting, reminded: true }, fast, at(1)).remindDueAt).toBe(waiting.remindDueAt);
    const contacted = { ...waiting, firstContactAt: iso(1) };
    expect(hasten(contacted, fast, at(1))).toBe(contacted);
  });

  it('counts by the owner’s team, if there is an owner', () => {
    const rules = slaRules.parse({
      supervisorAfter: 'PT4H',
      exceptionAfter: 'PT8H',
      grades: { B: { supervisorAfter: 'PT2H' } },
      teams: { east: { supervisorAfter: 'PT1H' } },
    });
    const lead = { ...scoredLead(), sla: startClock(monday, deadlines(rules)) };
    expect(raisedFor(lead, undefined, rules, at(1)).sla.supervisorDueAt).toBe(iso(3));
    const owner = { repId: 'rep-li', name: 'rep-li', teamId: 'east' };
    const assigned = become(lead, { status: 'assigned', owner });
    expect(raisedFor(assigned, owner, rules, at(1))).toMatchObject({
      status: 'assigned',
      sla: { supervisorDueAt: iso(2) },
    });
  });
});
