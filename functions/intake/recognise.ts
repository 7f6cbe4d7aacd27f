import { type Contact, contactKeys } from '../../shared/lead/contact.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import { readMany } from '../../shared/lead/store.ts';
import { type Known, known } from '../../shared/person/store.ts';
import type { Table } from '../../shared/platform/table.ts';

/** What is known of whoever posted: their contact keys, by which leads these are known, and those leads, newest first. */
export interface Person {
  contactKeys: string[];
  known: Known[];
  leads: Lead[];
}

/** Looks up whoever posted, by key: at most three contact keys and the leads they point to. */
export async function whoIsThis(from: Table, contact: Contact): Promise<Person> {
  const keys = contactKeys(contact);
  const found = await known(from, keys);
  const leads = found.length === 0 ? [] : await readMany(from, [...new Set(found.map(({ leadId }) => leadId))]);
  return { contactKeys: keys, known: found, leads: leads.sort((a, b) => (a.leadId < b.leadId ? 1 : -1)) };
}
