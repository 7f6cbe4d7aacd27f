import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { beginning, dayIn, ending, page, pageOf, paging, route } from '../../../functions/api/route.ts';
import { putRep } from '../../../functions/api/routes/reps.ts';
import type { Call } from '../../../shared/platform/http-step.ts';

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

  it('goes on behind somebody who has left it since, and ends when it was the last', () => {
    const without = (gone: string) => causes.filter((each) => each !== gone);
    expect(pageOf(without('b'), (each) => each, { limit: 2, cursor: 'b' })).toEqual({
      items: ['c', 'd'],
      nextCursor: 'd',
    });
    expect(pageOf(without('e'), (each) => each, { limit: 2, cursor: 'e' })).toEqual({ items: [] });
  });
});

const callOf = (params: Record<string, string>, query: Record<string, string>): Call => ({
  ...{ method: 'GET', path: '', headers: {}, body: Buffer.from('') },
  ...{ params, query },
});

describe('the cursor of a list', () => {
  const letters = (path: `/${string}`) =>
    route({
      method: 'GET',
      path,
      summary: 'letters',
      roles: 'public',
      params: z.object({ of: z.string() }),
      query: z.object({ ...paging, kind: z.string().optional() }),
      answers: { 200: page(z.string()) },
      handle: async ({ query }) => ({ status: 200, body: pageOf(causes, (each) => each, query) }),
    });
  const list = letters('/letters/{of}');
  const asked = async (query: Record<string, string>, { of = 'a', from = list } = {}) =>
    (await from.run(callOf({ of }, query), { role: 'rep' }, undefined as never, () => new Date())).body as {
      items: string[];
      nextCursor: string;
    };
  const refused = { status: 400, errors: [{ path: 'cursor', message: 'none that this list gave' }] };

  it('leads on where the page ended, with another limit too', async () => {
    const { nextCursor: cursor } = await asked({ limit: '2', kind: 'vowels' });
    expect(await asked({ kind: 'vowels', cursor })).toEqual({ items: ['c', 'd', 'e'] });
  });

  it('is refused where the list never gave it, whatever is made up', async () => {
    const { nextCursor: given } = await asked({ limit: '2' });
    for (const cursor of ['', 'b', '~', '01M8RPP3M46100BFKXM7AWPG6F', `${given}x`, `${given},${given}`, 'YWJj'])
      await expect(asked({ cursor })).rejects.toMatchObject(refused);
  });

  it('is refused by another list, and by the same chosen otherwise', async () => {
    const { nextCursor: cursor } = await asked({ limit: '2' });
    await expect(asked({ cursor }, { from: letters('/others/{of}') })).rejects.toMatchObject(refused);
    await expect(asked({ cursor }, { of: 'b' })).rejects.toMatchObject(refused);
    await expect(asked({ cursor, kind: 'vowels' })).rejects.toMatchObject(refused);
  });
});

describe('a call without a body', () => {
  const of = (bare: { bare?: true }) =>
    route({
      ...{ method: 'POST', path: '/letters', summary: 'letters', roles: 'public', ...bare },
      body: z.strictObject({ limit: z.int().default(100) }),
      answers: { 200: z.object({ limit: z.int() }) },
      handle: async ({ body }) => ({ status: 200, body }),
    });
  const asked = (bare: { bare?: true }, body: string, type = 'application/json') =>
    of(bare).run(
      { ...callOf({}, {}), headers: { 'content-type': type }, body: Buffer.from(body) },
      { role: 'rep' },
      undefined as never,
      () => new Date(),
    );

  it('says as much as an empty object where the call may be made so, whatever type the nothing has', async () => {
    for (const type of ['application/json', 'application/x-www-form-urlencoded'])
      expect(await asked({ bare: true }, '', type)).toEqual({ status: 200, body: { limit: 100 } });
    expect(await asked({ bare: true }, '{"limit":5}')).toEqual({ status: 200, body: { limit: 5 } });
  });

  it('is refused everywhere else, lest nothing replaces what there is; and so is what is no JSON', async () => {
    const refused = { status: 400, errors: [{ path: 'body', message: 'not JSON' }] };
    await expect(asked({}, '')).rejects.toMatchObject(refused);
    for (const body of [' ', '{', 'null x']) await expect(asked({ bare: true }, body)).rejects.toMatchObject(refused);
  });
});

describe('what an address asks for', () => {
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
