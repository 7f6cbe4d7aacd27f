import chineseDays from 'chinese-days';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOn, localTime, type Shift } from '../../../shared/org/hours.ts';
import { dueAfter, isKnown, shiftsOn, type WorkingHours } from '../../../shared/sla/calendar.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const office: Shift[] = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }];
const everyDay: Shift[] = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '18:00' }];
const china: WorkingHours = { timeZone: 'Asia/Shanghai', shifts: office, holidays: 'china' };
const due = (start: string, hours: number, calendar: WorkingHours = china) =>
  dueAfter(new Date(start), hours * HOUR, calendar).toISOString();

describe('working time', () => {
  it.each([
    ['within a day', '2026-11-23T10:00:00+08:00', 2, '2026-11-23T12:00:00+08:00'],
    ['until the very end of one', '2026-11-23T16:00:00+08:00', 2, '2026-11-23T18:00:00+08:00'],
    ['over night', '2026-11-23T17:00:00+08:00', 2, '2026-11-24T10:00:00+08:00'],
    ['from the night', '2026-11-23T03:00:00+08:00', 2, '2026-11-23T11:00:00+08:00'],
    ['over a weekend', '2026-11-20T17:30:00+08:00', 4, '2026-11-23T12:30:00+08:00'],
    ['over the National Day holidays', '2026-09-30T17:00:00+08:00', 2, '2026-10-08T10:00:00+08:00'],
    ['on a Saturday that is worked for a holiday', '2026-10-09T17:00:00+08:00', 2, '2026-10-10T10:00:00+08:00'],
  ])('passes %s', (_, start, hours, expected) => expect(due(start, hours)).toBe(new Date(expected).toISOString()));

  it('is all time without hours', () => {
    const start = new Date('2026-10-01T00:00:00Z');
    expect(dueAfter(start, 2 * HOUR, undefined).toISOString()).toBe('2026-10-01T02:00:00.000Z');
  });

  it('that is longer than 400 days have of it is over when all time has passed, and no sooner than less of it', () => {
    const spans = [40, 90, 100, 180, 365, 403, 404, 405, 500, 3650].map((days) =>
      due('2026-11-23T10:00:00+08:00', days * 24),
    );
    expect(spans).toEqual([...spans].sort());
    // Of 90 days, that is 240 days of work or 48 weeks and the seven holidays of 2027 on weekdays, the end is known.
    expect(spans[1]).toBe('2027-11-03T02:00:00.000Z');
    expect(spans.at(-1)).toBe('2036-11-20T02:00:00.000Z');
  });

  it('knows beyond 2026 the holidays by law only, and no weekends that are worked for more', () => {
    expect([isKnown('2026-12-31'), isKnown('2027-01-01'), isKnown('2003-12-31')]).toEqual([true, false, false]);
    // New Year's Day of 2027, a Friday, and its Monday after.
    expect([shiftsOn('2027-01-01', china), shiftsOn('2027-01-04', china)]).toEqual([[], office]);
    expect(shiftsOn('2027-01-01', { ...china, holidays: 'none' })).toEqual(office);
    expect(shiftsOn('2050-10-01', { ...china, shifts: everyDay })).toEqual(everyDay);
  });

  it('has the holidays by law as the lunar calendar and the sun have them', () => {
    const fixed = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);
    const lunar = new Set(['1-1', '1-2', '1-3', '5-5', '8-15']);
    const lunarOf = (at: number) => {
      const { lunarMon, lunarDay, isLeap } = chineseDays.getLunarDate(new Date(at).toISOString().slice(0, 10));
      return isLeap ? 'leap' : `${lunarMon}-${lunarDay}`;
    };
    for (let at = Date.UTC(2027, 0, 1); at < Date.UTC(2031, 0, 1); at += 24 * HOUR) {
      const day = new Date(at).toISOString().slice(0, 10);
      const brightness = chineseDays.getSolarTermDate(Number(day.slice(0, 4)), 4, 'pure_brightness');
      const eve = lunarOf(at + 24 * HOUR) === '1-1';
      const off = fixed.has(day.slice(5)) || lunar.has(lunarOf(at)) || eve || day === brightness;
      expect([day, shiftsOn(day, { ...china, shifts: everyDay }).length === 0]).toEqual([day, off]);
    }
  });

  it('has the holidays as chinese-days has them, and no year less', () => {
    const every = { ...china, shifts: everyDay };
    for (let at = Date.UTC(2025, 0, 1); at < Date.UTC(2027, 0, 1); at += 24 * HOUR) {
      const day = new Date(at).toISOString().slice(0, 10);
      expect([day, shiftsOn(day, china).length > 0]).toEqual([day, chineseDays.isWorkday(day)]);
      const legal = !chineseDays.isWorkday(day) && chineseDays.getDayDetail(day).name.includes(',');
      expect([day, shiftsOn(day, every).length > 0]).toEqual([day, !legal]);
    }
    expect(chineseDays.getDayDetail('2027-10-01').name).not.toContain(',');
  });

  it('leaves weekend shifts on, but for holidays', () => {
    const always = { ...china, shifts: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '10:00', to: '20:00' }] };
    expect(shiftsOn('2026-11-22', always)).toHaveLength(1);
    expect(shiftsOn('2026-10-04', always)).toHaveLength(0);
  });

  it('passes through summer time as the clock on the wall does', () => {
    const berlin: WorkingHours = {
      timeZone: 'Europe/Berlin',
      shifts: [{ days: [6, 7], from: '01:00', to: '05:00' }],
      holidays: 'none',
    };
    // 29 March 2026: 02:00 to 03:00 is skipped, three hours are worked. 25 October: it comes twice, five are.
    expect(due('2026-03-29T00:00:00Z', 3, berlin)).toBe('2026-03-29T03:00:00.000Z');
    expect(due('2026-10-24T23:00:00Z', 5, berlin)).toBe('2026-10-25T04:00:00.000Z');
  });
});

const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'];
const clock = fc
  .integer({ min: 0, max: 95 })
  .map(
    (quarters) =>
      `${String(Math.floor(quarters / 4)).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`,
  );
const anyShift = fc
  .record({ days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), from: clock, to: clock })
  .filter(({ from, to }) => from !== to);
const anyHours: fc.Arbitrary<WorkingHours> = fc.record({
  timeZone: fc.constantFrom(...zones),
  shifts: fc.array(anyShift, { minLength: 1, maxLength: 3 }),
  holidays: fc.constant('none' as const),
});
/** Around the changes of summer time as well. */
const anyStart = fc
  .tuple(fc.constantFrom('2026-03-07', '2026-03-28', '2026-10-24', '2026-10-31', '2026-11-20'), fc.nat(3 * 24 * 60))
  .map(([day, minutes]) => new Date(Date.parse(day) + minutes * MINUTE));

/** Whether somebody works in the minute that begins then, asked of the clock on the wall. */
const working = (at: number, { shifts, timeZone }: WorkingHours): boolean =>
  shifts.some((each) => isOn(each, localTime(new Date(at), timeZone)));

describe('the calendar', () => {
  it('agrees with counting minute by minute, and is never due outside of working hours', () => {
    fc.assert(
      fc.property(anyHours, anyStart, fc.integer({ min: 1, max: 600 }), (hours, start, minutes) => {
        const end = dueAfter(start, minutes * MINUTE, hours).getTime();
        let worked = 0;
        for (let at = start.getTime(); at < end; at += MINUTE) if (working(at, hours)) worked += 1;
        expect(worked).toBe(minutes);
        expect(working(end - MINUTE, hours)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is due no earlier for what began later', () => {
    fc.assert(
      fc.property(anyHours, anyStart, fc.nat(2000), fc.integer({ min: 1, max: 600 }), (hours, start, wait, minutes) => {
        const later = new Date(start.getTime() + wait * MINUTE);
        expect(dueAfter(later, minutes * MINUTE, hours).getTime()).toBeGreaterThanOrEqual(
          dueAfter(start, minutes * MINUTE, hours).getTime(),
        );
      }),
      { numRuns: 100 },
    );
  });
});
