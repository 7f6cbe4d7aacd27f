import SCIMMY from 'scimmy';
import type { Attributes, ScimUser } from '../../shared/scim/store.ts';
import { tame, tameOperation } from './dialects.ts';

/** The extension that carries the employee number, the department and the manager. */
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

// By name: that of the class does not survive the bundle.
SCIMMY.Resources.declare(SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false), 'User');
SCIMMY.Config.set({
  patch: true,
  bulk: false,
  filter: { supported: true, maxResults: 200 },
  changePassword: false,
  sort: false,
  etag: true,
  authenticationSchemes: [
    { type: 'oauthbearertoken', name: 'Bearer token', description: 'The key of the source `scim`', primary: true },
  ],
});

/** A refusal in SCIM's own words. */
export const refusal = (status: number, scimType: string, detail: string): Error =>
  new SCIMMY.Types.Error(status, scimType, detail);

const User = SCIMMY.Resources.User.schema;

const plain = (resource: object): Record<string, unknown> =>
  JSON.parse(JSON.stringify(resource)) as Record<string, unknown>;

/**
 * What a provider may say of a user, by the schema; a password is not among it.
 * @throws a refusal naming the attribute that is not valid
 */
export function read(said: object): Attributes {
  try {
    const { id, meta, schemas, ...attributes } = plain(new User(tame(said), 'in'));
    return attributes as Attributes;
  } catch (error) {
    // So the schema says what is wrong.
    if (error instanceof TypeError) throw refusal(400, 'invalidValue', error.message);
    throw error;
  }
}

/** Which attributes of a user are asked for. */
export interface Selection {
  attributes?: string | undefined;
  excludedAttributes?: string | undefined;
}

const chosen = (selection: Selection) => {
  const named = Object.entries(selection).filter(([, value]) => value);
  return named.length === 0 ? undefined : new SCIMMY.Resources.User(Object.fromEntries(named) as never).attributes;
};

/** The version of a user as HTTP tells it. */
export const etag = ({ version }: Pick<ScimUser, 'version'>): string => `W/"${version}"`;

/** A user as providers see them. `base`: the address of the service. */
export function show(user: ScimUser, base: string, selection: Selection = {}): Record<string, unknown> {
  const whole = {
    ...user.attributes,
    id: user.id,
    meta: { created: user.created, lastModified: user.modified, version: etag(user) },
  };
  const shown = plain(new User(whole, 'out', `${base}/Users`, chosen(selection)));
  return 'meta' in shown
    ? { ...shown, meta: { ...(shown.meta as object), location: `${base}/Users/${user.id}` } }
    : shown;
}

/**
 * A user's attributes after a PATCH; undefined when it changes nothing. One operation after the other, each put as the
 * standard would by what the one before has made.
 * @throws a refusal
 */
export async function patched(user: ScimUser, message: object): Promise<Attributes | undefined> {
  const { Operations: operations, schemas } = message as { Operations?: unknown; schemas?: string[] };
  type Message = ConstructorParameters<typeof SCIMMY.Messages.PatchOp>[0];
  // Says what is wrong with the message as a whole.
  new SCIMMY.Messages.PatchOp(message as Message);
  let after = user.attributes;
  let changed = false;
  for (const operation of operations as unknown[]) {
    for (const each of tameOperation(operation, after)) {
      const patch = new SCIMMY.Messages.PatchOp({ schemas, Operations: [each] } as Message);
      const now = await patch.apply(new User({ ...after, id: user.id }, 'out'));
      if (!now) continue;
      after = read(plain(now));
      changed = true;
    }
  }
  return changed && JSON.stringify(after) !== JSON.stringify(user.attributes) ? after : undefined;
}
