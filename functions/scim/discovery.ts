import { Config, Messages, Resources, Schemas } from 'scimmy';
import { Refusal } from './failure.ts';
import { MOST } from './listing.ts';

Config.set({
  patch: true,
  bulk: false,
  filter: MOST,
  changePassword: false,
  sort: false,
  etag: true,
  authenticationSchemes: [
    { type: 'oauthbearertoken', name: 'Bearer token', description: 'A long-lived key in the Authorization header' },
  ],
});

type Described = Record<string, unknown> & { id: string };
const plain = (resource: unknown): Described => JSON.parse(JSON.stringify(resource)) as Described;

/** What can be asked about the service itself, by the first part of the address. `base` is the address of the service. */
const catalogues: Record<string, (base: string) => Described[]> = {
  Schemas: (base) =>
    [Schemas.User, Schemas.EnterpriseUser].map(({ definition }) => plain(definition.describe(`${base}/Schemas`))),
  ResourceTypes: (base) => [
    plain(
      new Schemas.ResourceType(Resources.User.describe() as unknown as Schemas.ResourceType, `${base}/ResourceTypes`),
    ),
  ],
};

/** What the service says of itself at an address, or undefined when that is not about the service. */
export function discover(first: string, id: string | undefined, base: string): Record<string, unknown> | undefined {
  if (first === 'ServiceProviderConfig' && id === undefined) {
    return plain(
      new Schemas.ServiceProviderConfig(
        Config.get() as unknown as Schemas.ServiceProviderConfig,
        `${base}/ServiceProviderConfig`,
      ),
    );
  }
  const all = Object.hasOwn(catalogues, first) ? catalogues[first]?.(base) : undefined;
  if (!all) return undefined;
  if (id === undefined) {
    return {
      schemas: [Messages.ListResponse.id],
      totalResults: all.length,
      startIndex: 1,
      itemsPerPage: all.length,
      Resources: all,
    };
  }
  const found = all.find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (!found) throw new Refusal(404, undefined, `${first}/${id} does not exist`);
  return found;
}
