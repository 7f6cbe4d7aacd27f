import { describe, expect, it } from 'vitest';
import { redriveDue } from '../../../shared/platform/quarantine.ts';

const at = '2026-11-02T02:00:00.000Z';
const letter = { quarantineId: '1', step: 'dead-letters', reason: '-', raw: '{}', type: 'LeadAssigned', at };
const due = (but: object) => redriveDue({ ...letter, ...but })?.toISOString();

describe('a message that no retry could deal with', () => {
  it('goes on its way again by itself after a minute, ten minutes and an hour, and then no more', () => {
    expect(due({})).toBe('2026-11-02T02:01:00.000Z');
    expect(due({ redriven: 1, redrivenAt: '2026-11-02T02:01:05.000Z' })).toBe('2026-11-02T02:11:05.000Z');
    expect(due({ redriven: 2, redrivenAt: '2026-11-02T02:11:10.000Z' })).toBe('2026-11-02T03:11:10.000Z');
    expect(due({ redriven: 3, redrivenAt: '2026-11-02T03:11:10.000Z' })).toBeUndefined();
  });

  it('stays where it is when it could not be read', () => {
    expect(due({ type: undefined })).toBeUndefined();
  });
});
