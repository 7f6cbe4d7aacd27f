import { calledAlike, likelyOriginal, survivor, takesDuplicates } from '../../shared/duplicates/original.ts';
import { type DuplicateRules, windowBegins } from '../../shared/duplicates/rules.ts';
import { rootsOf } from '../../shared/duplicates/store.ts';
import { newestOfCompany, type OfCompany } from '../../shared/lead/company/store.ts';
import { companyKey, contactKeys } from '../../shared/lead/contact.ts';
import type { Form } from '../../shared/lead/form.ts';
import type { Lead, Likeness } from '../../shared/lead/lead.ts';
import { readForms } from '../../shared/lead/store.ts';
import { type Known, known } from '../../shared/person/store.ts';
import { firstId } from '../../shared/platform/random.ts';
import type { Read, Table } from '../../shared/platform/table.ts';

/** So many of a company's newest leads are looked at for a likely duplicate. */
const NEWEST = 8;

/** By what somebody who posts may be known: their contact keys with the leads that these point to, and their company's newest leads. */
export interface Traces {
  contactKeys: string[];
  known: Known[];
  companyKey: string | undefined;
  ofCompany: OfCompany[];
}

/** Looks up by what whoever posted may be known, by key: at most three contact keys and a company's. */
export async function tracesOf(
  from: Table,
  { contact, company }: Pick<Form, 'contact' | 'company'>,
  read: Read = 'strongly',
): Promise<Traces> {
  const keys = contactKeys(contact);
  const key = companyKey(company?.name);
  const [pointers, ofCompany] = await Promise.all([
    known(from, keys, read),
    key === undefined ? [] : newestOfCompany(from, key, NEWEST),
  ]);
  return { contactKeys: keys, known: pointers, companyKey: key, ofCompany };
}

/** Who posted: their leads, newest first, and the one that this post is a duplicate of, if it is one. */
export interface Person extends Traces {
  leads: Lead[];
  original?: { lead: Lead; likeness: Likeness; others: string[] };
}

/** Whose post it is. Leads that were merged count as the lead that they were merged into. */
export async function whoIsThis(
  from: Table,
  form: Pick<Form, 'contact' | 'source'>,
  traces: Traces,
  rules: DuplicateRules,
  at: Date,
): Promise<Person> {
  const roots = traces.known.length === 0 ? new Map<string, Lead>() : await rootsOf(from, traces.known.map(idOf));
  const leads = [...new Map([...roots.values()].map((lead) => [lead.leadId, lead])).values()];
  const open = leads.filter((lead) => takesDuplicates(lead, rules, at));
  const exact = survivor(open);
  const person = { ...traces, leads: leads.sort((a, b) => (a.leadId < b.leadId ? 1 : -1)) };
  if (exact) {
    const others = open.filter((lead) => lead !== exact).map(idOf);
    return { ...person, original: { lead: exact, likeness: 'exact', others } };
  }
  const likely = rules.likely.enabled ? await alike(from, form, traces.ofCompany, rules, at) : undefined;
  return likely ? { ...person, original: { lead: likely, likeness: 'likely', others: [] } } : person;
}

const idOf = ({ leadId }: { leadId: string }): string => leadId;

/** The open lead of somebody of this name at the same company. Only who is called alike is read. */
async function alike(
  from: Table,
  { contact, source }: Pick<Form, 'contact' | 'source'>,
  leads: readonly OfCompany[],
  rules: DuplicateRules,
  at: Date,
) {
  const earliest = firstId(new Date(windowBegins(rules, at)));
  const ids = leads
    .filter(({ leadId, name }) => leadId >= earliest && calledAlike(contact.name, name, rules))
    .map(idOf);
  if (ids.length === 0) return undefined;
  const [roots, forms] = await Promise.all([rootsOf(from, ids), readForms(from, ids)]);
  const candidates = ids.flatMap((leadId) => {
    const [lead, form] = [roots.get(leadId), forms.get(leadId)];
    const counts = rules.likely.across === 'all-sources' || form?.source.channel !== source.channel;
    return lead && form && counts ? [{ lead, form }] : [];
  });
  return likelyOriginal(contact, candidates, rules, at);
}
