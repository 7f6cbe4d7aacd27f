import { type Change, put } from '../platform/commit.ts';
import { getMany, type Key, query, type Table } from '../platform/table.ts';

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

const companyPartition = (companyKey: string): string => `COMPANY#${companyKey}`;

/** A lead of a company, and how whoever posted it is called. */
export interface OfCompany {
  leadId: string;
  name?: string;
}

/** The newest leads of a company (see companyKey), newest first. */
export async function newestOfCompany(from: Table, companyKey: string, limit: number): Promise<OfCompany[]> {
  const items = await query(from, { pk: companyPartition(companyKey), newestFirst: true, limit });
  return items.map(({ sk, name }) => ({ leadId: sk, ...(typeof name === 'string' ? { name } : {}) }));
}

/**
 * Lists a lead with its company: an item each, so that a burst from one company does not wait for itself. The name lies there
 * too, so that nobody else's form is read to compare it; it goes when the form goes.
 */
export const noteCompany = (companyKey: string, leadId: string, name: string | undefined): Change =>
  put('company', { pk: companyPartition(companyKey), sk: leadId, ...(name === undefined ? {} : { name }) });

/** The keys of what ties contact keys to these leads, or lets their senders pass unjudged. */
export async function tiesTo(
  from: Table,
  contactKeys: readonly string[],
  leadIds: ReadonlySet<string>,
): Promise<Key[]> {
  const items = await Promise.all(contactKeys.map((key) => query(from, { pk: keyOf(key).pk })));
  return items.flat().filter(({ leadId }) => leadIds.has(String(leadId)));
}
