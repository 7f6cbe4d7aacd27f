import { companyKey, contactKeys } from '../../shared/lead/contact.ts';
import type { Form } from '../../shared/lead/form.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import { readMany } from '../../shared/lead/store.ts';
import { type Known, known } from '../../shared/person/store.ts';
import type { Table } from '../../shared/platform/table.ts';

/**
 * What is known of whoever posted: their contact keys, by which leads these are known, and those leads, newest first; the key
 * of their company and its newest lead.
 */
export interface Person {
  contactKeys: string[];
  known: Known[];
  leads: Lead[];
  companyKey: string | undefined;
  companyLeadId: string | undefined;
}

/** Looks up whoever posted, by key: at most three contact keys and a company's, and the leads that the former point to. */
export async function whoIsThis(from: Table, { contact, company }: Pick<Form, 'contact' | 'company'>): Promise<Person> {
  const keys = contactKeys(contact);
  const ofCompany = companyKey(company?.name);
  const found = await known(from, ofCompany === undefined ? keys : [...keys, ofCompany]);
  const own = found.filter(({ contactKey }) => contactKey !== ofCompany);
  const leads = own.length === 0 ? [] : await readMany(from, [...new Set(own.map(({ leadId }) => leadId))]);
  return {
    contactKeys: keys,
    known: own,
    leads: leads.sort((a, b) => (a.leadId < b.leadId ? 1 : -1)),
    companyKey: ofCompany,
    companyLeadId: found.find(({ contactKey }) => contactKey === ofCompany)?.leadId,
  };
}
