import { type Change, put } from '../platform/commit.ts';
import { getMany, type Key, query, type Read, type Table } from '../platform/table.ts';

/** By which lead a contact key (see contactKeys) is known. */
export interface Known {
  contactKey: string;
  leadId: string;
}

const keyOf = (contactKey: string) => ({ pk: `CONTACT#${contactKey}`, sk: 'CONTACT' });

/** The leads by which these contact keys are known already. */
export async function known(from: Table, contactKeys: readonly string[], read: Read = 'strongly'): Promise<Known[]> {
  const items = await getMany(from, contactKeys.map(keyOf), read);
  return items.map((item) => ({ contactKey: item.contactKey as string, leadId: item.leadId as string }));
}

/** Ties a contact key to a lead, if it is still known as it was seen to be: two posts of one person cannot both be new. */
export const claim = (contactKey: string, leadId: string, seen: Known | undefined): Change =>
  put(
    'contact',
    { ...keyOf(contactKey), contactKey, leadId },
    seen
      ? { expression: 'leadId = :seen', values: { ':seen': seen.leadId } }
      : { expression: 'attribute_not_exists(pk)' },
  );

/** The keys of what ties contact keys to these leads, or lets their senders pass unjudged. */
export async function tiesTo(
  from: Table,
  contactKeys: readonly string[],
  leadIds: ReadonlySet<string>,
): Promise<Key[]> {
  const items = await Promise.all(contactKeys.map((key) => query(from, { pk: keyOf(key).pk })));
  return items.flat().filter(({ leadId }) => leadIds.has(String(leadId)));
}
