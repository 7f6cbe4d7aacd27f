import type { Answer, Call } from '../../shared/platform/http-step.ts';
import type { ScimUser } from '../../shared/scim/user.ts';
import { bodyOf } from './body.ts';
import { discover } from './discovery.ts';
import { etagOf, isNamed } from './etag.ts';
import { bad, Refusal } from './failure.ts';
import { type Asked, listUsers } from './listing.ts';
import { isObject } from './normalise.ts';
import { locationOf, type Selection, shown } from './show.ts';
import { addUser, dropUser, patchUser, replaceUser, userOf, type World } from './users.ts';

const ROOT = '/scim/v2';
/** What SCIM knows and we do not serve. */
const unserved = new Set(['Groups', 'Bulk', 'Me', '.search']);

/** A call, the id in its address, and the address of the service. */
interface Request {
  call: Call;
  world: World;
  id: string;
  base: string;
}

/** What answers a call, by its method. */
type Methods = Readonly<Record<string, (request: Request) => Promise<Answer>>>;

const users: Methods = { GET: ({ call, ...request }) => list(request, call.query), POST: add };
const search: Methods = { POST: (request) => list(request, searchOf(request.call)) };
const user: Methods = { GET: read, PUT: replace, PATCH: patch, DELETE: drop };

/** Answers a call under /scim/v2 (RFC 7644). */
export async function answer(call: Call, world: World): Promise<Answer> {
  const [first = '', id, ...more] = call.path.slice(ROOT.length).split('/').filter(Boolean).map(decoded);
  const base = `${call.headers['x-forwarded-proto'] ?? 'http'}://${call.headers.host ?? ''}${ROOT}`;
  const request = { call, world, id: id ?? '', base };
  if (unserved.has(first)) throw new Refusal(501, undefined, `${first} is not served`);
  if (first === 'Users' && more.length === 0) {
    return serve(id === undefined ? users : id === '.search' ? search : user, request);
  }
  const said = more.length === 0 ? discover(first, id, base) : undefined;
  if (!said) throw new Refusal(404, undefined, 'there is nothing at this address');
  if (call.query.filter !== undefined) throw new Refusal(403, undefined, `'filter' is not for ${first}`);
  return serve({ GET: async () => ({ status: 200, body: said }) }, request);
}

function serve(methods: Methods, request: Request): Promise<Answer> {
  const { method } = request.call;
  const run = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!run)
    throw new Refusal(405, undefined, `${method} is not for this address`, { allow: Object.keys(methods).join(', ') });
  return run(request);
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

async function list({ world, base }: Omit<Request, 'call'>, asked: Readonly<Record<string, unknown>>): Promise<Answer> {
  return { status: 200, body: await listUsers(world.table, askedFor(asked), base) };
}

async function add(request: Request): Promise<Answer> {
  const added = await addUser(request.world, bodyOf(request.call));
  const { headers, body } = resource(added, request);
  return { status: 201, headers: { ...headers, location: locationOf(added, request.base) }, body };
}

async function read(request: Request): Promise<Answer> {
  const found = await userOf(request.world, request.id);
  const known = request.call.headers['if-none-match'];
  if (known !== undefined && isNamed(known, found)) return { status: 304, headers: { etag: etagOf(found) } };
  return resource(found, request);
}

async function replace(request: Request): Promise<Answer> {
  const { call, world, id } = request;
  return resource(await replaceUser(world, id, bodyOf(call), call.headers['if-match']), request);
}

async function patch(request: Request): Promise<Answer> {
  const { call, world, id } = request;
  return resource(await patchUser(world, id, bodyOf(call), call.headers['if-match']), request);
}

async function drop({ call, world, id }: Request): Promise<Answer> {
  await dropUser(world, id, call.headers['if-match']);
  return { status: 204 };
}

const resource = (found: ScimUser, { call, base }: Request): Answer => ({
  status: 200,
  headers: { etag: etagOf(found) },
  body: shown(found, base, selectionOf(call.query)),
});

function searchOf(call: Call): Record<string, unknown> {
  const asked = bodyOf(call);
  if (!isObject(asked)) throw bad('invalidSyntax', 'the body must be a SearchRequest: a JSON object');
  return asked;
}

function askedFor(asked: Readonly<Record<string, unknown>>): Asked {
  const { filter, startIndex, count } = asked;
  if (filter !== undefined && typeof filter !== 'string') throw bad('invalidFilter', `'filter' must be a text`);
  return { filter, startIndex, count, ...selectionOf(asked) };
}

const selectionOf = ({ attributes, excludedAttributes }: Readonly<Record<string, unknown>>): Selection => ({
  attributes: namesOf(attributes),
  excludedAttributes: namesOf(excludedAttributes),
});

/** Names in a list, or parted by commas. */
function namesOf(list: unknown): string[] | undefined {
  if (list === undefined) return undefined;
  return (Array.isArray(list) ? list : String(list).split(',')).map((name) => String(name).trim());
}
