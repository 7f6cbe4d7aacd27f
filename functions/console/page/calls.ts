import type * as z from 'zod';
import type { appraisal } from '../../api/groups/appraisal.ts';
import type { map } from '../../api/groups/map.ts';
import type { people } from '../../api/groups/people.ts';
import type { reports } from '../../api/groups/reports.ts';
import type { settings } from '../../api/groups/settings.ts';
import { signOut, token } from './session.ts';

/** The calls with their types. */
type TypedRoute = (typeof people | typeof settings | typeof map | typeof reports | typeof appraisal)[number];
type Method = TypedRoute['method'];
type Address<M extends Method> = Extract<TypedRoute, { method: M }>['path'];
type Call<M, U> = Extract<TypedRoute, { method: M; path: U }>;
type Schema<T> = T extends z.ZodType ? T : never;

/** What a call answers when all is well. */
export type Answer<M extends Method, U> = z.output<Schema<Call<M, U>['answers'][keyof Call<M, U>['answers']]>>;

/** What a call takes: the fields of its address, its query and its body, as the API's own schemas have them. */
interface Asked<M extends Method, U> {
  params?: Record<string, string>;
  query?: z.input<Schema<NonNullable<Call<M, U>['query']>>>;
  body?: z.input<Schema<NonNullable<Call<M, U>['body']>>>;
}

/** The API's refusal (RFC 9457). */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly errors: { path: string; message: string }[];
  constructor(status: number, detail: string, errors: { path: string; message: string }[]) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }
}

const TIMEOUT = 30_000;
/** The last answers to GET by address, with the tag to ask again by. */
const known = new Map<string, { etag: string; body: unknown }>();
const MOST_KNOWN = 200;

/** Who signed in last has to sign in again; told to whoever renders the page. */
export const signedOut = new EventTarget();

const filled = (path: string, params: Record<string, string> = {}): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));

const asQuery = (query: unknown): string => {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
};

/** Calls an address by a method. The same answer as before is the very same object. @throws Refused, or TypeError when there is no network */
export async function request(method: Method, address: string, body?: unknown): Promise<unknown> {
  const bearer = token();
  if (bearer === null) throw new Refused(401, '', []);
  const seen = method === 'GET' ? known.get(address) : undefined;
  const answer = await fetch(address, {
    method,
    headers: {
      authorization: `Bearer ${bearer}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(seen ? { 'if-none-match': seen.etag } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (answer.status === 304 && seen) return seen.body;
  const said = await answer.json().catch(() => undefined);
  if (answer.status === 401) {
    signOut();
    signedOut.dispatchEvent(new Event('signed-out'));
  }
  if (!answer.ok) throw new Refused(answer.status, said?.detail ?? answer.statusText, said?.errors ?? []);
  const etag = answer.headers.get('etag');
  if (method === 'GET' && etag) {
    if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value ?? '');
    known.set(address, { etag, body: said });
  }
  return said;
}

/** Makes one of the API's calls, held to its own types. @throws Refused */
export const call = <M extends Method, U extends Address<M>>(
  method: M,
  path: U,
  { params, query, body }: Asked<M, U> = {},
): Promise<Answer<M, U>> => request(method, filled(path, params) + asQuery(query), body) as Promise<Answer<M, U>>;

/** A lead in a list. */
export type LeadSummary = Answer<'GET', '/leads'>['items'][number];
/** A lead, whole. */
export type Lead = Answer<'GET', '/leads/{leadId}'>;
/** A decision about a lead. */
export type Decision = Answer<'GET', '/leads/{leadId}/decisions'>['items'][number];
/** A rep of the roster. */
export type Rep = Answer<'GET', '/reps/{repId}'>;
/** Whoever is signed in. */
export type Me = Answer<'GET', '/me'>;
