import { type Change, put } from '../platform/commit.ts';
import { getMany, type Table } from '../platform/table.ts';

/** By which lead a contact key (see contactKeys) is known. */
export interface Known {
  contactKey: string;
  leadId: string;
}

const keyOf = (contactKey: string) => ({ pk: `CONTACT#${contactKey}`, sk: 'CONTACT' });

/** The leads by which these contact keys are known already. */
export async function known(from: Table, contactKeys: readonly string[]): Promise<Known[]> {
  const items = await getMany(from, contactKeys.map(keyOf));
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

/** Notes a lead as the newest of its company. The last one noted stays: this is no claim, and nothing is decided on it alone. */
export const noteCompany = (companyKey: string, leadId: string): Change =>
  put('company', { ...keyOf(companyKey), contactKey: companyKey, leadId });
