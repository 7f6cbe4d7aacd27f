import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextEscalation, overdue, startClock, taken } from '../../../shared/sla/clock.ts';
import { milliseconds } from '../../../shared/sla/duration.ts';
import { deadlines, defaultSlaRules, slaRules } from '../../../shared/sla/rules.ts';
import { monday } from '../../histories.ts';

const HOUR = 3_600_000;
const later = (hours: number) => new Date(monday.getTime() + hours * HOUR);
const started = startClock(monday, deadlines(defaultSlaRules));

describe('the SLA clock of a lead', () => {
  it('is due to the supervisor 2 h and on the exception report 4 h after the lead came in', () => {
    expect(started).toMatchObject({
      supervisorDueAt: later(2).toISOString(),
      exceptionDueAt: later(4).toISOString(),
      firstContactAt: null,
      level: 'none',
    });
  });

  it('fires no level early, and each once, in order, whenever it is looked at', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 40 }), (minutes) => {
        let sla = started;
        const fired: string[] = [];
        for (const minute of minutes.sort((a, b) => a - b)) {
          const now = new Date(monday.getTime() + minute * 60_000);
          for (let step = overdue(sla, now); step; step = overdue(sla, now)) {
            expect(now.toISOString() >= step.dueAt).toBe(true);
            fired.push(step.step);
            sla = taken(sla, step.step);
          }
        }
        const last = Math.max(-1, ...minutes);
        expect(fired).toEqual(last >= 240 ? ['supervisor', 'exception'] : last >= 120 ? ['supervisor'] : []);
      }),
    );
  });

  it('stops at the first contact', () => {
    expect(nextEscalation({ ...started, firstContactAt: later(1).toISOString() })).toBeUndefined();
  });

  it('reads ISO durations, and refuses others and an exception before the supervisor', () => {
    expect(milliseconds('P1DT2H3M4S')).toBe(((24 + 2) * 60 + 3) * 60_000 + 4000);
    expect(milliseconds('P2W')).toBe(milliseconds('P14D'));
    expect(milliseconds('P1W1DT1H')).toBe(milliseconds('P8DT1H'));
    expect(milliseconds('2 hours')).toBeUndefined();
    expect(milliseconds('PT')).toBeUndefined();
    expect(slaRules.safeParse({ supervisorAfter: 'PT4H', exceptionAfter: 'PT2H' }).success).toBe(false);
  });
});
