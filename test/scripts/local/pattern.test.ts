import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches } from '../../../scripts/local/pattern.ts';

describe('event patterns', () => {
  const event = {
    source: 'leadkeeper',
    'detail-type': 'LeadScored',
    detail: { grade: 'A', value: 82, tags: ['x', 'y'], nested: { name: null } },
  };

  it.each([
    [{ source: ['leadkeeper'] }, true],
    [{ source: ['other', 'leadkeeper'] }, true],
    [{ source: ['other'] }, false],
    [{ source: ['leadkeeper'], 'detail-type': ['LeadReceived'] }, false],
    [{ detail: { grade: [{ prefix: 'A' }] } }, true],
    [{ detail: { grade: [{ suffix: 'B' }] } }, false],
    [{ detail: { value: [{ numeric: ['>', 80, '<=', 82] }] } }, true],
    [{ detail: { value: [{ numeric: ['<', 80] }] } }, false],
    [{ detail: { tags: ['y'] } }, true],
    [{ detail: { tags: ['z'] } }, false],
    [{ detail: { missing: [{ exists: false }] } }, true],
    [{ detail: { grade: [{ exists: false }] } }, false],
    [{ detail: { nested: { name: [null] } } }, true],
    [{ detail: { grade: [{ 'anything-but': ['B', 'C'] }] } }, true],
    [{ detail: { grade: [{ 'anything-but': { prefix: 'A' } }] } }, false],
    [{ detail: { grade: [{ 'equals-ignore-case': 'a' }] } }, true],
    [{ 'detail-type': [{ wildcard: 'Lead*d' }] }, true],
    [{ $or: [{ source: ['other'] }, { detail: { grade: ['A'] } }] }, true],
  ])('%j', (pattern, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  it('match exactly what is listed, whatever the values', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), fc.string(), (listed, value) => {
        expect(matches({ a: listed }, { a: value })).toBe(listed.includes(value));
      }),
    );
  });

  it('that are not supported are an error, not a guess', () => {
    expect(() => matches({ a: [{ cidr: '10.0.0.0/8' }] }, { a: '10.0.0.1' })).toThrow('not supported');
  });
});
