import * as z from 'zod';
import { after, iso } from '../../shared/platform/clock.ts';
import type { Answer, Call } from '../../shared/platform/http-step.ts';
import { jsonBody } from '../../shared/platform/http-step.ts';
import type { Person } from '../../shared/platform/identity.ts';
import { Problem, parseOrRefuse } from '../../shared/platform/problem.ts';
import type { Table } from '../../shared/platform/table.ts';
import { type Chosen, cursorOf, placeOf } from './cursor.ts';

type Role = Person['role'];

/** What a handler of a route is given: the call's parts, parsed by the route's own schemas, and who calls. */
export interface Asked<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly headers: Call['headers'];
  readonly person: Person;
  readonly table: Table;
  readonly now: () => Date;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Answers = Readonly<Record<number, z.ZodType>>;

/** One call that people make: its address, who may make it, the schemas that check it and describe it, and what it does. */
export interface RouteSpec<
  M extends Method,
  U extends `/${string}`,
  A extends Answers,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
> {
  readonly method: M;
  readonly path: U;
  readonly summary: string;
  /** Roles that may call it; `public` needs no token. */
  readonly roles: readonly Role[] | 'public';
  /** It honours an `Idempotency-Key`. */
  readonly once?: true;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** The body is an HTML form's, not JSON. */
  readonly form?: true;
  /** It may be called without a body, which says as much as `{}`. Not for what would be replaced by nothing. */
  readonly bare?: true;
  /** Takes out of what was posted what the schema checks, where it may come wrapped. */
  readonly opened?: (posted: unknown) => unknown;
  /** What a good answer holds, by status. */
  readonly answers: A;
  /** What it comes as, where that is not JSON alone. */
  readonly types?: readonly string[];
  readonly handle: (asked: Asked<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<Answer>;
}

/** A route with its types folded away: what the router and the description need. */
export interface Route {
  readonly method: Method;
  readonly path: `/${string}`;
  readonly summary: string;
  readonly roles: readonly Role[] | 'public';
  readonly once?: true;
  readonly params?: z.ZodType | undefined;
  readonly query?: z.ZodType | undefined;
  readonly body?: z.ZodType | undefined;
  readonly form?: true;
  readonly bare?: true;
  readonly answers: Readonly<Record<number, z.ZodType>>;
  readonly types?: readonly string[];
  readonly run: (call: Call, person: Person, table: Table, now: () => Date) => Promise<Answer>;
}

const nothing = z.object({});

/** A route that knows its types: whoever calls it from TypeScript is held to them. */
type Typed<M, U, A, P, Q, B> = Omit<Route, 'method' | 'path' | 'answers' | 'params' | 'query' | 'body'> & {
  readonly method: M;
  readonly path: U;
  readonly answers: A;
  readonly params?: P | undefined;
  readonly query?: Q | undefined;
  readonly body?: B | undefined;
};

/** Declares a route. */
export function route<
  const M extends Method,
  const U extends `/${string}`,
  A extends Answers,
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = z.ZodUndefined,
>(spec: RouteSpec<M, U, A, P, Q, B>): Typed<M, U, A, P, Q, B> {
  const { handle, roles, opened = (posted: unknown) => posted, ...described } = spec;
  return {
    ...described,
    roles,
    run: async (call, person, table, now) => {
      if (roles !== 'public' && !roles.includes(person.role))
        throw new Problem(403, `a ${person.role} may not do this`);
      const params = parseOrRefuse(spec.params ?? nothing, call.params) as z.infer<P>;
      const list = JSON.stringify([spec.path, params]);
      const query = parseOrRefuse(spec.query ?? nothing, goingOn(list, call.query)) as z.infer<Q>;
      const posted = spec.body ? opened(postedIn(call, spec)) : undefined;
      const body = (spec.body ? parseOrRefuse(spec.body, goingOn(list, posted)) : undefined) as z.infer<B>;
      const answer = await handle({ params, query, body, headers: call.headers, person, table, now });
      return withCursor(list, fieldsOf(spec.body ? posted : call.query), answer);
    },
  };
}

const fieldsOf = (asked: unknown): Chosen => (typeof asked === 'object' && asked !== null ? (asked as Chosen) : {});

/** What was asked, with the place in the list for the cursor that stands for it. @throws Problem 400 for a cursor that it never gave */
function goingOn(list: string, asked: unknown): unknown {
  const fields = fieldsOf(asked);
  return typeof fields.cursor === 'string' ? { ...fields, cursor: placeOf(list, fields, fields.cursor) } : asked;
}

/** The answer, with a cursor for the place where the list goes on. */
function withCursor(list: string, chosen: Chosen, answer: Answer): Answer {
  const { nextCursor: place, ...body } = fieldsOf(answer.body);
  return typeof place === 'string'
    ? { ...answer, body: { ...body, nextCursor: cursorOf(list, chosen, place) } }
    : answer;
}

const postedIn = (call: Call, { form, bare }: Pick<Route, 'form' | 'bare'>): unknown => {
  if (form) return formBody(call);
  return bare && call.body.length === 0 ? {} : jsonBody(call);
};

/** The fields of an HTML form in a call's body. */
const formBody = (call: Call): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(call.body.toString('utf8')));

/** `limit` and `cursor` of a list. A cursor that the list gave stands for a place in it, and that is what the list is told. */
export const paging = {
  limit: z.coerce.number('a whole number from 1 to 200').int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(600).optional(),
};

/** The part of a short list that a page shows, by what puts it in order; so it goes on though the last one shown has gone since. */
export function pageOf<T>(
  all: readonly T[],
  orderOf: (each: T) => string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): { items: T[]; nextCursor?: string } {
  const rest = all
    .filter((each) => cursor === undefined || orderOf(each) > cursor)
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(last !== undefined && limit < rest.length ? { nextCursor: orderOf(last) } : {}) };
}

/** A day, or a time with its zone, in an address. */
const dayOrTime = z.union(
  [z.iso.date(), z.iso.datetime({ offset: true })],
  'a day such as 2026-11-23, or a time such as 2026-11-23T08:00:00Z',
);

/** The day (UTC) of a day or time in an address. */
export const dayIn = dayOrTime.transform((text) => iso(new Date(text)).slice(0, 10));

const DAY = 24 * 3600 * 1000;

/** When a span that an address names begins. */
export const beginning = dayOrTime.transform((text) => new Date(text));

/** The moment before which a span that an address names ends: a day that is named last is among it. */
export const ending = dayOrTime.transform((text) => (text.includes('T') ? new Date(text) : after(new Date(text), DAY)));

/** A page of items. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

/** An id in an address. */
export const id = z.string().min(1).max(64);
