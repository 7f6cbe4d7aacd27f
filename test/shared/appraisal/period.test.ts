import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlap, periodKinds, periodNameOf, periodOf } from '../../../shared/appraisal/period.ts';
import { localTime } from '../../../shared/org/hours.ts';

describe('a period', () => {
  it('is written as a week, a month, a quarter or a year', () => {
    expect(periodOf('2026-W47')).toMatchObject({ kind: 'week', from: '2026-11-16', to: '2026-11-23' });
    expect(periodOf('2026-W01')).toMatchObject({ from: '2025-12-29', to: '2026-01-05' });
    expect(periodOf('2026-W53')).toMatchObject({ from: '2026-12-28', to: '2027-01-04' });
    expect(periodOf('2026-11')).toMatchObject({ kind: 'month', from: '2026-11-01', to: '2026-12-01' });
    expect(periodOf('2026-Q4')).toMatchObject({ kind: 'quarter', from: '2026-10-01', to: '2027-01-01' });
    expect(periodOf('2026')).toMatchObject({ kind: 'year', from: '2026-01-01', to: '2027-01-01' });
  });

  it('that there is not is none', () => {
    for (const name of [
      '2025-W53',
      '2026-W00',
      '2026-13',
      '2026-00',
      '2026-Q5',
      '26',
      '',
      '2026-11-01',
      '1999',
      '2026-W5',
      '12026-11',
    ])
      expect(periodOf(name), name).toBeUndefined();
  });

  it('of each kind holds each day once', () => {
    const day = fc
      .date({ min: new Date('2021-01-01T00:00:00Z'), max: new Date('2034-12-31T00:00:00Z'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.constantFrom(...periodKinds), (each, kind) => {
        const period = periodOf(periodNameOf(each, kind));
        expect(period?.kind).toBe(kind);
        expect(period && each >= period.from && each < period.to).toBe(true);
        if (kind === 'week') expect(period?.name).toBe(localTime(new Date(`${each}T12:00:00Z`), 'UTC').week);
      }),
    );
  });

  it('overlaps another when they share a day', () => {
    const [november, week48, week49] = ['2026-11', '2026-W48', '2026-W49'].map((name) => periodOf(name));
    if (!november || !week48 || !week49) throw new Error('no periods');
    expect([overlap(week49, november), overlap(week48, november), overlap(week49, week48)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([overlap(november, week48), overlap(november, week49), overlap(week48, week49)]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
