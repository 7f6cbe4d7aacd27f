import { describe, expect, it } from 'vitest';
import { shiftFor } from '../../../shared/routing/shift.ts';
import { anyInputs, anyRep, around } from '../../histories.ts';

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const shift = (from: string, to: string, days = everyDay) => ({ days, from, to });
/** Ten in the evening of a Monday, in Shanghai. */
const night = '2026-11-02T14:00:00.000Z';
const nine = '2026-11-03T01:00:00.000Z';
const at = (reps: ReturnType<typeof anyRep>[], but: object = {}) =>
  shiftFor(anyInputs({ at: night, territories: around(...reps.map(({ repId }) => repId)), reps, ...but }));

describe('the shift that a lead waits for', () => {
  it('is the first that begins of a rep who could take it', () => {
    const full = anyRep('full', { shifts: [shift('07:00', '18:00')], capacity: 1, openLeads: 1 });
    const [early, late] = [
      anyRep('a', { shifts: [shift('09:00', '18:00')] }),
      anyRep('b', { shifts: [shift('10:00', '18:00')] }),
    ];
    expect(at([full, late, early])).toBe(nine);
  });

  it("begins by the rep's own clock", () => {
    expect(at([anyRep('berlin', { timeZone: 'Europe/Berlin', shifts: [shift('09:00', '14:00')] })])).toBe(
      '2026-11-03T08:00:00.000Z',
    );
  });

  it('is none of a public holiday for a team that keeps them', () => {
    const teams = { east: { shifts: [shift('09:00', '18:00', [1, 2, 3, 4, 5])], holidays: 'china' as const } };
    const reps = [anyRep('east-1', { teamId: 'east' })];
    expect(at(reps, { at: '2026-09-30T14:00:00.000Z', rules: { teams } })).toBe('2026-10-08T01:00:00.000Z');
  });

  it('is after the break of a rep who is back only then', () => {
    const pausedUntil = '2026-11-03T03:30:00.000Z';
    expect(at([anyRep('paused', { pausedUntil, shifts: [shift('09:00', '18:00')] })])).toBe(pausedUntil);
  });

  it('need not begin where the break of somebody on duty ends before', () => {
    const pausedUntil = '2026-11-02T14:30:00.000Z';
    const [pausing, late] = [anyRep('a', { pausedUntil }), anyRep('b', { shifts: [shift('09:00', '18:00')] })];
    expect(at([pausing, late])).toBe(pausedUntil);
    expect(at([pausing])).toBeUndefined();
  });

  describe('need not begin where the cap renews of somebody who is on duty then', () => {
    const [midnight, monday] = ['2026-11-02T16:00:00.000Z', '2026-11-08T16:00:00.000Z'];
    const late = anyRep('late', { shifts: [shift('09:00', '18:00')] });
    const capped = (but: object) =>
      anyRep('capped', {
        taken: { day: 3, week: 3, month: 3, good: 0 },
        caps: { day: 3 },
        renews: { day: midnight },
        ...but,
      } as object);

    it('around the clock, or in a shift over midnight', () => {
      for (const shifts of [undefined, [shift('20:00', '06:00')], [shift('20:00', '24:00'), shift('00:00', '06:00')]])
        expect(at([capped(shifts ? { shifts } : {}), late])).toBe(midnight);
      expect(at([capped({ shifts: [shift('20:00', '24:00')] }), late])).toBe(nine);
    });

    it('unless another cap is reached still, or there is none to renew', () => {
      expect(at([capped({ caps: { day: 3, week: 3 }, renews: { day: midnight, week: monday } }), late])).toBe(nine);
      expect(at([capped({ caps: { day: 0 }, renews: {} }), late])).toBe(nine);
      expect(at([capped({ openLeads: 9, capacity: 9 }), late])).toBe(nine);
    });

    it('nor is over before that of a rep who is off duty until then', () => {
      const afternoon = { at: '2026-11-02T08:00:00.000Z' };
      expect(at([capped({ shifts: [shift('20:00', '06:00')] })], afternoon)).toBe(midnight);
      expect(at([capped({ shifts: [shift('07:00', '12:00')] })], afternoon)).toBe('2026-11-02T23:00:00.000Z');
    });

    it('but no lead waits for a cap where no shift would help', () => {
      expect(at([capped({})])).toBeUndefined();
      expect(
        at([capped({}), anyRep('away', { status: 'on-leave', shifts: [shift('09:00', '18:00')] })]),
      ).toBeUndefined();
    });

    it('and a record of an earlier version says the shift still', () => {
      const { renews, ...before } = capped({}) as ReturnType<typeof anyRep> & { renews: object };
      expect(at([before, late])).toBe(nine);
      expect(
        at([{ ...before, shifts: [shift('20:00', '06:00')] }], { at: '2026-11-02T08:00:00.000Z' }),
      ).toBeUndefined();
    });
  });

  it('is none of a rep who is back only when they say so', () => {
    // In New York it is working time when the last moment comes that a pause can end at.
    const shifts = [shift('12:00', '22:00')];
    const [zone, paused] = ['America/New_York', '9999-12-31T23:59:59.999Z'];
    expect(at([anyRep('away', { timeZone: zone, pausedUntil: paused, shifts })])).toBeUndefined();
  });

  it('is none where something else keeps everybody from taking it', () => {
    const shifts = [shift('09:00', '18:00')];
    expect(at([anyRep('away', { status: 'on-leave', shifts })])).toBeUndefined();
    expect(at([anyRep('full', { capacity: 0, shifts })])).toBeUndefined();
    expect(at([anyRep('never', { shifts: [] })])).toBeUndefined();
  });
});
