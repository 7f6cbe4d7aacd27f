import type * as z from 'zod';
import type { appraisal } from '../../api/groups/appraisal.ts';
import type { map } from '../../api/groups/map.ts';
import type { people } from '../../api/groups/people.ts';
import type { reports } from '../../api/groups/reports.ts';
import type { settings } from '../../api/groups/settings.ts';
import { now } from './clock.ts';
import { bearer, renew, signOut } from './session.ts';

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
  /** The version that the body was made from: with another in force, it is refused (412). */
  madeFrom?: number;
  /** Under which it is done once, however often it is sent. */
  key?: string;
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

/** Whether nobody answered: there is no network, or it took too long. What was sent may have come all the same. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError');

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

/** Asks with the token of whoever is signed in; once more with another, if it is not taken any more. @throws Refused 401, TypeError */
async function send(address: string, { headers, ...how }: RequestInit): Promise<Response> {
  const token = await bearer(now());
  if (token === null) throw new Refused(401, '', []);
  const signed = (by: string): Promise<Response> =>
    fetch(address, {
      ...how,
      headers: { ...headers, authorization: `Bearer ${by}` },
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT),
    });
  const answer = await signed(token);
  if (answer.status !== 401) return answer;
  const other = (await renew()) ? await bearer(now()) : null;
  const again = other === null ? answer : await signed(other);
  if (again.status === 401) {
    signOut();
    signedOut.dispatchEvent(new Event('signed-out'));
  }
  return again;
}

/** @throws Refused unless all is well */
async function refuse(answer: Response): Promise<void> {
  if (answer.ok) return;
  const said = await answer.json().catch(() => undefined);
  throw new Refused(answer.status, said?.detail ?? answer.statusText, said?.errors ?? []);
}

/** Calls an address by a method. The same answer as before is the very same object. @throws Refused, or TypeError when there is no network */
export async function request(
  method: Method,
  address: string,
  body?: unknown,
  { madeFrom, key }: Pick<Asked<Method, string>, 'madeFrom' | 'key'> = {},
): Promise<unknown> {
  const seen = method === 'GET' ? known.get(address) : undefined;
  const answer = await send(address, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(seen ? { 'if-none-match': seen.etag } : {}),
      ...(madeFrom === undefined ? {} : { 'if-match': `"${madeFrom}"` }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.status === 304 && seen) return seen.body;
  await refuse(answer);
  const said = await answer.json().catch(() => undefined);
  const etag = answer.headers.get('etag');
  if (method === 'GET' && etag) {
    if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value ?? '');
    known.set(address, { etag, body: said });
  }
  return said;
}

/** Gives a file of the API's to the browser, to be saved under the name that the API gives it. @throws Refused, or TypeError */
export async function download(address: string): Promise<void> {
  const answer = await send(address, { method: 'GET' });
  await refuse(answer);
  const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'leadkeeper.csv';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Makes one of the API's calls, held to its own types. @throws Refused */
export const call = <M extends Method, U extends Address<M>>(
  method: M,
  path: U,
  { params, query, body, ...under }: Asked<M, U> = {},
): Promise<Answer<M, U>> =>
  request(method, filled(path, params) + asQuery(query), body, under) as Promise<Answer<M, U>>;

/** A key for what is to be done once. Also where the page came unencrypted: `randomUUID` is not there then. */
export const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');

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
