import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { invalid, notFound, Problem, parseOrRefuse, wrongKey } from '../../../shared/platform/problem.ts';

const refused = (schema: z.ZodType, value: unknown, prefix?: string[]): Problem => {
  try {
    parseOrRefuse(schema, value, prefix);
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('it was taken');
};
const paths = (schema: z.ZodType, value: unknown): string[] => refused(schema, value).errors.map(({ path }) => path);

describe('a problem', () => {
  it('is said as RFC 9457 has it', () => {
    expect(new Problem(409, 'somebody was faster').toJSON()).toEqual({
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: 'somebody was faster',
      errors: [],
    });
    expect(new Problem(799, 'odd').toJSON()).toMatchObject({ title: 'Error', status: 799 });
  });

  it('names what is wrong, what is missing, and which key', () => {
    expect(invalid('phone', 'not a phone number')).toMatchObject({
      status: 400,
      errors: [{ path: 'phone', message: 'not a phone number' }],
    });
    expect(notFound('lead x')).toMatchObject({ status: 404, message: 'lead x does not exist', errors: [] });
    expect(wrongKey()).toMatchObject({ status: 401, errors: [{ path: 'x-api-key' }] });
  });
});

describe('a body that is not as it should be', () => {
  const schema = z.strictObject({ name: z.string(), at: z.strictObject({ lng: z.number(), lat: z.number() }) });

  it('is answered with the path of each wrong field', () => {
    const problem = refused(schema, { name: 7, at: { lng: 'x', lat: 1 } }, ['leads', '3']);
    expect(problem.status).toBe(400);
    expect(problem.errors.map(({ path }) => path)).toEqual(['leads.3.name', 'leads.3.at.lng']);
    expect(problem.message).toBe('not valid: leads.3.name, leads.3.at.lng');
    expect(refused(schema, 'text').message).toBe('not valid: body');
  });

  it('names what it does not know, and each field once', () => {
    const strange = { name: 'x', at: { lng: 1e300, lat: 1, height: 3 }, colour: 'red' };
    expect(paths(schema, strange)).toEqual(['at.height', 'colour']);
    const number = z.object({ n: z.int().max(9) });
    expect(refused(number, { n: 1e300 }).message).toBe('not valid: n');
  });

  it('may hold null for what is not there; what is needed is missing then', () => {
    const known = z.object({ name: z.string(), age: z.number().optional(), until: z.string().nullable().optional() });
    expect(parseOrRefuse(known, { name: 'x', age: null, until: null })).toEqual({ name: 'x', until: null });
    expect(paths(known, { name: null, age: 'old' })).toEqual(['name', 'age']);
    expect(paths(known, null)).toEqual(['']);
    const list = z.object({ people: z.array(known) });
    expect(parseOrRefuse(list, { people: [{ name: 'x', age: null }] })).toEqual({ people: [{ name: 'x' }] });
    expect(paths(list, { people: [null] })).toEqual(['people.0']);
  });

  it('may hold null beside what is nested however deep, and is left as it came', () => {
    const posted = JSON.parse(
      `{"people":[{"name":"x","age":null}],"other":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`,
    );
    const person = z.object({ name: z.string(), age: z.number().optional() });
    expect(parseOrRefuse(z.object({ people: z.array(person) }), posted)).toEqual({ people: [{ name: 'x' }] });
    expect(posted.people).toEqual([{ name: 'x', age: null }]);
    const several = { a: { b: null, c: { d: null } }, e: null };
    const inner = z.object({ b: z.string().optional(), c: z.object({ d: z.string().optional() }) });
    expect(parseOrRefuse(z.object({ a: inner, e: z.string().optional() }), several)).toEqual({ a: { c: {} } });
  });

  it('is taken when it is as it should be, as the schema makes it', () => {
    expect(parseOrRefuse(z.string().trim(), ' x ')).toBe('x');
  });

  const circle = z.strictObject({ kind: z.literal('circle'), radius: z.number() });
  const square = z.strictObject({ kind: z.literal('square'), side: z.number(), turned: z.number() });

  it('of several shapes is told what is wrong in the one that was meant', () => {
    const shape = z.union([circle, square]);
    expect(paths(shape, { kind: 'circle', radius: 'wide' })).toEqual(['radius']);
    expect(paths(z.object({ shapes: z.array(shape) }), { shapes: [{ kind: 'square', side: 1, turned: 'x' }] })).toEqual(
      ['shapes.0.turned'],
    );
    expect(paths(shape, { kind: 'circle', radius: 'wide', extra: 1 })).toEqual(['radius', 'extra']);
  });

  it('of several shapes, of which none is the likeliest, is told that none fits', () => {
    expect(paths(z.union([circle, square]), 'text')).toEqual(['']);
    expect(paths(z.union([z.string(), z.number()]), true)).toEqual(['']);
    expect(paths(z.object({ a: z.union([z.string(), z.number()]) }), { a: null })).toEqual(['a']);
  });

  it('of shapes within shapes is told of the innermost', () => {
    const inner = z.union([circle, z.strictObject({ kind: z.literal('dot') })]);
    const outer = z.union([
      z.strictObject({ holds: inner, size: z.number() }),
      z.strictObject({ empty: z.literal(true) }),
    ]);
    expect(paths(outer, { holds: { kind: 'circle', radius: 'x' }, size: 1 })).toEqual(['holds.radius']);
  });

  it('of shapes of which another has fewer faults is still told of the one of which fewer fields are missing or strange', () => {
    const a = z.strictObject({ kind: z.literal('a'), x: z.number(), y: z.number(), z: z.number() });
    const loose = z.object({ kind: z.literal('b'), q: z.number() });
    expect(paths(z.union([loose, a]), { kind: 'a', x: '1', y: '2', z: '3' })).toEqual(['x', 'y', 'z']);
    const strict = z.strictObject({ kind: z.literal('b') });
    expect(paths(z.union([a, strict]), { kind: 'a', x: '1', y: '2' })).toEqual(['x', 'y', 'z']);
    expect(paths(z.union([z.string(), a]), { kind: 'a', x: '1', y: '2', z: '3' })).toEqual(['x', 'y', 'z']);
    expect(paths(z.discriminatedUnion('kind', [a, strict]), { kind: 'c' })).toEqual(['kind']);
    const holds = z.union([
      z.object({ at: z.object({ p: z.object({ q: z.number() }) }), n: z.number() }),
      z.object({ m: z.number() }),
    ]);
    expect(paths(holds, { at: 7, n: 'x' })).toEqual(['at', 'n']);
  });

  it('is an error by its own name', () => expect(new Problem(400, 'x').name).toBe('Problem'));
});
