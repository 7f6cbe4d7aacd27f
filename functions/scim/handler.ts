import SCIMMY from 'scimmy';
import { now } from '../../shared/platform/clock.ts';
import { type Answer, type Call, httpStep } from '../../shared/platform/http-step.ts';
import { readSecret, sameKey, sourceKey } from '../../shared/platform/secrets.ts';
import { table } from '../../shared/platform/table.ts';
import type { ScimUser } from '../../shared/scim/store.ts';
import { answered, baseOf, bodyOf, refusedInScim, whole } from './message.ts';
import { etag, refusal, type Selection, show } from './schema.ts';
import { addUser, getUser, getUsers, patchUser, removeUser, replaceUser } from './users.ts';

/** SCIM 2.0: what an identity provider says of its users → the roster. `ANY /scim/v2/…`, with the key of the source `scim`. */
export const handler = httpStep(async (call) => {
  try {
    const [, key = ''] = /^Bearer (.+)$/i.exec(call.headers.authorization ?? '') ?? [];
    if (!sameKey(key, sourceKey(await readSecret(), 'scim'))) throw refusal(401, '', 'wrong or missing bearer token');
    const [collection = '', id, ...rest] = (call.params.proxy ?? '').split('/').filter(Boolean);
    if (rest.length > 0) throw refusal(404, '', 'there is nothing at this address');
    return collection.toLowerCase() === 'users' ? await users(call, id) : await described(call, collection, id);
  } catch (error) {
    return refusedInScim(error);
  }
});

async function users(call: Call, id: string | undefined): Promise<Answer> {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = call.headers;
  const { filter, attributes, excludedAttributes } = call.query;
  const selection: Selection = { attributes, excludedAttributes };
  const base = baseOf(call);
  const shown = (status: number, user: ScimUser): Answer =>
    answered(status, show(user, base, selection), {
      etag: etag(user),
      ...(status === 201 ? { location: `${base}/Users/${user.id}` } : {}),
    });

  switch (`${call.method} ${id === undefined ? '/' : '/{id}'}`) {
    case 'GET /': {
      const start = Math.max(1, whole(call, 'startIndex', 1));
      const { total, users: found } = await getUsers(table(), {
        filter,
        start,
        count: Math.min(200, Math.max(0, whole(call, 'count', 100))),
      });
      const resources = found.map((user) => show(user, base, selection));
      return answered(200, {
        schemas: [SCIMMY.Messages.ListResponse.id],
        totalResults: total,
        startIndex: start,
        itemsPerPage: resources.length,
        Resources: resources,
      });
    }
    case 'POST /':
      return shown(201, await addUser(table(), bodyOf(call), now));
    case 'GET /{id}': {
      const user = await getUser(table(), id ?? '');
      return ifNoneMatch === etag(user) ? { status: 304, headers: { etag: etag(user) } } : shown(200, user);
    }
    case 'PUT /{id}':
      return shown(200, await replaceUser(table(), id ?? '', bodyOf(call), ifMatch, now));
    case 'PATCH /{id}':
      return shown(200, await patchUser(table(), id ?? '', bodyOf(call), ifMatch, now));
    case 'DELETE /{id}':
      await removeUser(table(), id ?? '', ifMatch, now);
      return { status: 204 };
    default:
      throw refusal(405, '', `${call.method} is not for this address`);
  }
}

/** What this service can do, for providers that ask. */
async function described(call: Call, collection: string, id: string | undefined): Promise<Answer> {
  const { ServiceProviderConfig, Schema, ResourceType } = SCIMMY.Resources;
  const base = baseOf(call);
  const kinds = { serviceproviderconfig: ServiceProviderConfig, schemas: Schema, resourcetypes: ResourceType };
  const kind = kinds[collection.toLowerCase() as keyof typeof kinds];
  if (!kind) throw refusal(404, '', `there is no ${collection} here`);
  if (call.method !== 'GET') throw refusal(405, '', `${call.method} is not for this address`);
  kind.basepath(base);
  return answered(200, await (id === undefined ? new kind() : new kind(id)).read());
}
