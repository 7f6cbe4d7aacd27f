import { indexes, queryIndex, type Table } from '../../platform/table.ts';
import { companyKey } from '../contact.ts';
import type { Form } from '../form.ts';

/**
 * A company's leads: their forms are listed under it in an index, which also holds how whoever posted is called, so that nobody
 * else's form is read to compare it. An entry each, so that a burst from one company does not wait for itself.
 */

const listOf = (companyKey: string): string => `COMPANY#${companyKey}`;

/** The attributes by which a lead's form is listed with its company; none where it names no company. */
export function withCompany(leadId: string, { contact, company }: Pick<Form, 'contact' | 'company'>) {
  const key = companyKey(company?.name);
  if (key === undefined) return {};
  return { list: listOf(key), sort: leadId, ...(contact.name === undefined ? {} : { called: contact.name }) };
}

/** A lead of a company, and how whoever posted it is called. */
export interface OfCompany {
  leadId: string;
  name?: string;
}

/**
 * The newest leads of a company (see companyKey), newest first. The index lags by moments: posts that come at once may not know of
 * each other.
 */
export async function newestOfCompany(from: Table, companyKey: string, limit: number): Promise<OfCompany[]> {
  const range = { index: indexes.list, pk: listOf(companyKey), newestFirst: true, limit };
  const entries = await queryIndex(from, range);
  return entries.map(({ sort, called }) => ({
    leadId: String(sort),
    ...(typeof called === 'string' ? { name: called } : {}),
  }));
}
