import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOn, localTime, shift } from '../../../shared/org/hours.ts';
import { emptyTally, nextBegins, renewals, takenAt, tallied } from '../../../shared/org/tally.ts';

const at = (time: string) => new Date(time);
const on = (time: string, zone: string, from: string, to: string, days = [1, 2, 3, 4, 5]) =>
  isOn({ days, from, to }, localTime(at(time), zone));

describe('local time', () => {
  it('is the day, ISO week and month on the wall of the rep', () => {
    expect(localTime(at('2026-12-31T20:30:00.000Z'), 'Asia/Shanghai')).toEqual({
      day: '2027-01-01',
      week: '2026-W53',
      month: '2027-01',
      weekday: 5,
      minutes: 4 * 60 + 30,
    });
    expect(localTime(at('2026-12-31T20:30:00.000Z'), 'America/New_York')).toMatchObject({ day: '2026-12-31' });
    expect(localTime(at('2027-01-04T00:00:00.000Z'), 'Etc/UTC')).toMatchObject({ week: '2027-W01', weekday: 1 });
  });

  it('follows daylight saving time', () => {
    expect(localTime(at('2026-03-08T06:59:00.000Z'), 'America/New_York').minutes).toBe(119);
    expect(localTime(at('2026-03-08T07:00:00.000Z'), 'America/New_York').minutes).toBe(180);
  });
});

describe('a shift', () => {
  it('begins with its first minute and ends before its last', () => {
    expect(on('2026-11-02T01:00:00.000Z', 'Asia/Shanghai', '09:00', '18:00')).toBe(true);
    expect(on('2026-11-02T00:59:00.000Z', 'Asia/Shanghai', '09:00', '18:00')).toBe(false);
    expect(on('2026-11-02T10:00:00.000Z', 'Asia/Shanghai', '09:00', '18:00')).toBe(false);
    expect(on('2026-11-01T04:00:00.000Z', 'Asia/Shanghai', '09:00', '18:00')).toBe(false);
  });

  it('over midnight belongs to the day on which it began', () => {
    const friday = [5];
    expect(on('2026-11-06T23:00:00.000Z', 'Etc/UTC', '22:00', '06:00', friday)).toBe(true);
    expect(on('2026-11-07T05:59:00.000Z', 'Etc/UTC', '22:00', '06:00', friday)).toBe(true);
    expect(on('2026-11-06T05:59:00.000Z', 'Etc/UTC', '22:00', '06:00', friday)).toBe(false);
    expect(on('2026-11-09T00:30:00.000Z', 'Etc/UTC', '22:00', '06:00', [7])).toBe(true);
  });

  it('that names no time of day, or ends when it begins, is refused', () => {
    expect(shift.safeParse({ days: [1], from: '9', to: '18:00' }).success).toBe(false);
    expect(shift.safeParse({ days: [1], from: '09:00', to: '09:00' }).success).toBe(false);
    expect(shift.safeParse({ days: [8], from: '09:00', to: '10:00' }).success).toBe(false);
  });
});

describe('a tally', () => {
  it('counts by the day, week and month of the rep, and begins anew with each', () => {
    const given = fc.array(fc.integer({ min: 0, max: 90 * 24 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(given, fc.constantFrom('Asia/Shanghai', 'America/New_York'), (hours, zone) => {
        const times = [...hours].sort((a, b) => a - b).map((hour) => new Date(Date.UTC(2026, 9, 1, hour)));
        const last = times.at(-1) ?? new Date(0);
        const tally = times.reduce((so, time) => tallied(so, so.turns + 1, true, time, zone), emptyTally);
        const same = (part: 'day' | 'week' | 'month') =>
          times.filter((time) => localTime(time, zone)[part] === localTime(last, zone)[part]).length;
        expect(takenAt(tally, last, zone)).toEqual({
          day: same('day'),
          week: same('week'),
          month: same('month'),
          good: same('month'),
        });
        expect(tally.total).toBe(times.length);
      }),
    );
  });
});

describe('a cap that is reached', () => {
  const taken = { day: 2, week: 5, month: 5, good: 0 };

  it('renews when the next day, week or month begins for the rep; one of no leads never does', () => {
    const night = at('2026-11-02T14:00:00.000Z');
    expect(renewals({ day: 2, week: 5, month: 6 }, taken, night, 'Asia/Shanghai')).toEqual({
      day: '2026-11-02T16:00:00.000Z',
      week: '2026-11-08T16:00:00.000Z',
    });
    expect(renewals({ month: 5 }, taken, night, 'America/New_York')).toEqual({ month: '2026-12-01T05:00:00.000Z' });
    for (const most of [undefined, {}, { day: 3 }, { day: 0 }])
      expect(renewals(most, taken, night, 'Asia/Shanghai')).toBeUndefined();
  });

  it('renews later where the clock leaps over midnight', () => {
    expect(nextBegins('day', at('2026-04-23T20:00:00.000Z'), 'Africa/Cairo')).toEqual(at('2026-04-23T22:00:00.000Z'));
  });

  it('renews in the first minute that is no longer counted with the ones before, anywhere and at any time', () => {
    fc.assert(
      fc.property(
        fc.date({ min: at('2020-01-01'), max: at('2035-01-01'), noInvalidDate: true }),
        fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Africa/Cairo', 'Asia/Kathmandu', 'Pacific/Apia'),
        fc.constantFrom('day', 'week', 'month'),
        (now, zone, period) => {
          const begins = nextBegins(period, now, zone);
          const running = localTime(now, zone)[period];
          expect(begins > now && begins.getTime() % 60_000 === 0).toBe(true);
          expect(localTime(begins, zone)[period]).not.toBe(running);
          expect(localTime(new Date(begins.getTime() - 1), zone)[period]).toBe(running);
        },
      ),
    );
  });
});
