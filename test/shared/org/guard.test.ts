import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultHrRules, hrRules, keptHrRules, whyHold } from '../../../shared/org/guard.ts';

const size = { freezes: 0, ofActive: 0, active: 100, mode: 'delta' as const, rows: 100, lastRows: 0 };

describe('Invariant 7: the guard against mass mistakes', () => {
  it('holds what would freeze more than a fifth of the active staff, or more than thirty people', () => {
    expect(whyHold({ ...size, freezes: 20, ofActive: 20 }, defaultHrRules)).toBeUndefined();
    expect(whyHold({ ...size, freezes: 21, ofActive: 21 }, defaultHrRules)).toBe(
      '21 of 100 active people would be frozen at once',
    );
    expect(whyHold({ ...size, active: 1000, freezes: 30 }, defaultHrRules)).toBeUndefined();
    expect(whyHold({ ...size, active: 1000, freezes: 31 }, defaultHrRules)).toBe('31 people would be frozen at once');
  });

  it('holds a whole roster under half the size of the last', () => {
    const full = { ...size, mode: 'full' as const, lastRows: 200 };
    expect(whyHold({ ...full, rows: 100 }, defaultHrRules)).toBeUndefined();
    expect(whyHold({ ...full, rows: 99 }, defaultHrRules)).toBe('99 rows, where the last whole roster had 200');
    expect(whyHold({ ...full, rows: 99, mode: 'delta' }, defaultHrRules)).toBeUndefined();
  });

  it('never holds that one person leaves, and never lets more go than it says', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 1000 }), (freezes, active) => {
        const held = whyHold({ ...size, freezes, ofActive: freezes, active }, defaultHrRules) !== undefined;
        expect(held).toBe(freezes >= 2 && (freezes > 30 || freezes / active > 0.2));
      }),
    );
  });
});

describe('the team of a department', () => {
  const rules = (team: string) => ({ ...defaultHrRules, departments: { 销售一部: team } });

  it('is one that a team may be called; what was published before still reads as it did', () => {
    expect(hrRules.safeParse(rules('华东大区')).success).toBe(true);
    expect(hrRules.safeParse(rules('ea<st')).error?.issues[0]?.path).toEqual(['departments', '销售一部']);
    expect(keptHrRules.parse(rules('ea<st')).departments).toEqual({ 销售一部: 'ea<st' });
  });
});
