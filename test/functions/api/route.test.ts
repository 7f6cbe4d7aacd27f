import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { beginning, dayIn, ending, pageOf, pagingOfLeads } from '../../../functions/api/route.ts';
import { putRep } from '../../../functions/api/routes/reps.ts';
import { Problem } from '../../../shared/platform/problem.ts';

const causes = ['a', 'b', 'c', 'd', 'e'];

describe('a short list', () => {
  it('read page by page gives each item once, in order, and ends', () => {
    for (const limit of [1, 2, 5, 200]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const { items, nextCursor } = pageOf(causes, (each) => each, { limit, cursor });
        seen.push(...items);
        cursor = nextCursor;
      } while (cursor !== undefined);
      expect(seen).toEqual(causes);
    }
  });

  it('knows a cursor that it never gave', () => {
    expect(() => pageOf(causes, (each) => each, { limit: 2, cursor: 'x' })).toThrow(Problem);
  });
});

describe('what an address asks for', () => {
  it('goes on after a lead only, of a list of leads', () => {
    const { cursor } = pagingOfLeads;
    expect(cursor.safeParse('01M8RPP3M46100BFKXM7AWPG6F').success).toBe(true);
    for (const strange of ['garbage', 'rep-huang', '01m8rpp3m46100bfkxm7awpg6f', '']) {
      expect(cursor.safeParse(strange).success).toBe(false);
    }
  });

  it('has the day that is named last in it', () => {
    expect(beginning.parse('2026-11-23').toISOString()).toBe('2026-11-23T00:00:00.000Z');
    expect(ending.parse('2026-11-23').toISOString()).toBe('2026-11-24T00:00:00.000Z');
    expect(ending.parse('2026-11-23T08:00:00+08:00').toISOString()).toBe('2026-11-23T00:00:00.000Z');
    expect(dayIn.parse('2026-11-23T01:00:00+08:00')).toBe('2026-11-22');
  });

  it('is told how a day or a time is written', () => {
    for (const text of ['yesterday', '2026-13-01', '2026-11-23T08:00:00', '']) {
      expect(z.prettifyError(dayIn.safeParse(text).error ?? new z.ZodError([]))).toContain('such as 2026-11-23');
    }
  });
});

it('a rep’s mobile number may be set as it is dialled in China', () => {
  const phoneOf = (phone: string) => putRep.body?.safeParse({ channels: { phone } }).data?.channels?.phone;
  expect(phoneOf('13900000011')).toBe('+8613900000011');
  expect(phoneOf('+4930123456')).toBe('+4930123456');
  expect(phoneOf('12345')).toBeUndefined();
});
