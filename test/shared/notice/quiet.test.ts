import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietHours, quietUntil } from '../../../shared/notice/quiet.ts';
import { localTime } from '../../../shared/org/hours.ts';

const night = { from: '22:00', to: '07:30' };

describe('quiet hours', () => {
  it.each([
    ['2026-11-23T13:59:59Z', undefined],
    ['2026-11-23T14:00:00Z', '2026-11-23T23:30:00.000Z'],
    ['2026-11-23T23:29:59Z', '2026-11-23T23:30:00.000Z'],
    ['2026-11-23T23:30:00Z', undefined],
  ])('at %s in Shanghai last until %s', (at, until) =>
    expect(quietUntil(night, new Date(at), 'Asia/Shanghai')?.toISOString()).toBe(until),
  );

  it('end at the same time of day where the clocks change meanwhile', () => {
    // In the night to 29 March 2026 Berlin loses an hour, in that to 25 October it gains one.
    expect(quietUntil(night, new Date('2026-03-28T22:00:00Z'), 'Europe/Berlin')?.toISOString()).toBe(
      '2026-03-29T05:30:00.000Z',
    );
    expect(quietUntil(night, new Date('2026-10-24T21:00:00Z'), 'Europe/Berlin')?.toISOString()).toBe(
      '2026-10-25T06:30:00.000Z',
    );
  });

  it.each([
    ['2026-11-23T03:59:59Z', undefined],
    ['2026-11-23T04:00:00Z', '2026-11-23T06:00:00.000Z'],
    ['2026-11-23T04:30:00Z', '2026-11-23T06:00:00.000Z'],
    ['2026-11-23T06:00:00Z', undefined],
    ['2026-11-23T14:00:00Z', undefined],
  ])('of the middle of the day at %s in Shanghai last until %s', (at, until) =>
    expect(quietUntil({ from: '12:00', to: '14:00' }, new Date(at), 'Asia/Shanghai')?.toISOString()).toBe(until),
  );

  it('end at the first minute that is not quiet, wherever and whenever', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const zone = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata');
    const at = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(time, time, zone, at, (from, to, zone, at) => {
        fc.pre(from !== to);
        const isQuiet = (moment: Date) => quietUntil({ from, to }, moment, zone) !== undefined;
        const until = quietUntil({ from, to }, at, zone);
        if (!until) return;
        expect(until.getTime()).toBeGreaterThan(at.getTime());
        expect(isQuiet(until)).toBe(false);
        expect(isQuiet(new Date(until.getTime() - 1))).toBe(true);
        expect(localTime(until, zone).minutes % 1).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('have to end', () => {
    expect(quietHours.safeParse({ from: '22:00', to: '22:00' }).success).toBe(false);
    expect(quietHours.safeParse(night).success).toBe(true);
  });
});
