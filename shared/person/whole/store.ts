import { ownTouchesOf } from '../../duplicates/store.ts';
import { contactKeys } from '../../lead/contact.ts';
import type { Form } from '../../lead/form.ts';
import type { Lead } from '../../lead/lead.ts';
import { leadPartition } from '../../lead/partition.ts';
import { read, readForms, readMany, readWithForm } from '../../lead/store.ts';
import { query, type Table } from '../../platform/table.ts';
import { known } from '../store.ts';

/**
 * A person: all leads that are known to be of one and the same, by phone, e-mail or WeChat, or because they were merged. Their id is
 * made of the oldest of these leads, so that it says nothing of them and is there without being written.
 */

const PREFIX = 'person-';
/** So many leads of a person are followed from one to the other; any of their ids leads to all of them. */
const FARTHEST = 8;

/** The lead that a person's id is made of; undefined when it is none. */
export const leadIn = (personId: string): string | undefined =>
  personId.startsWith(PREFIX) ? personId.slice(PREFIX.length) : undefined;

const idFrom = (leadId: string): string => `${PREFIX}${leadId}`;

/** A lead that came before this one of the same person, or that it was merged into. */
const before = (lead: Lead): string | undefined =>
  lead.status === 'duplicate' ? lead.duplicateOf : lead.previousBy === 'company' ? undefined : lead.previousLeadId;

/** The id of a lead's person. */
export async function personOf(from: Table, lead: Lead): Promise<string> {
  if (lead.erased) return lead.erased.personId;
  let oldest = lead;
  for (let step = 0; step < FARTHEST; step += 1) {
    const earlier = before(oldest);
    const found = earlier === undefined ? undefined : await read(from, earlier);
    // Who comes back after they were erased is somebody new.
    if (!found || found.erased || areApart(oldest, found)) break;
    oldest = found;
  }
  return idFrom(oldest.leadId);
}

/** Somebody said that they are not of the same person. */
const areApart = (one: Lead, other: Lead): boolean =>
  (one.apartFrom ?? []).includes(other.leadId) || (other.apartFrom ?? []).includes(one.leadId);

/** A person with all that leads to them. */
export interface Whole {
  personId: string;
  /** The oldest first. */
  leads: Lead[];
  /** Their forms, merged and as posted, by lead. */
  forms: Map<string, Form[]>;
  /** Every key by which they are known. */
  contactKeys: string[];
}

/** All of a person from one of their leads on; undefined when there is no such lead. */
export async function wholeOf(from: Table, leadId: string): Promise<Whole | undefined> {
  const first = await readWithForm(from, leadId);
  if (!first) return undefined;
  const found = new Map<string, Lead>();
  const forms = new Map<string, Form[]>();
  const keys = new Set<string>();
  let next: Lead[] = [first.lead];
  while (next.length > 0) {
    const ids = next.map((lead) => lead.leadId);
    for (const lead of next) found.set(lead.leadId, lead);
    const [merged, posted] = await Promise.all([readForms(from, ids), readForms(from, ids, 'posted')]);
    const fresh = new Set<string>();
    for (const id of ids) {
      const both = [merged.get(id), posted.get(id)].filter((form) => form !== undefined);
      forms.set(id, both);
      for (const key of both.flatMap(({ contact }) => contactKeys(contact))) if (!keys.has(key)) fresh.add(key);
    }
    for (const key of fresh) keys.add(key);
    next = await beside(from, next, [...fresh], found);
  }
  const leads = [...found.values()].sort((a, b) => (a.leadId < b.leadId ? -1 : 1));
  return { personId: await personOf(from, leads[0] ?? first.lead), leads, forms, contactKeys: [...keys] };
}

/** The leads of the same person that these lead to and that were not found yet. */
async function beside(from: Table, leads: readonly Lead[], keys: readonly string[], found: ReadonlyMap<string, Lead>) {
  const [byKey, touches] = await Promise.all([
    known(from, keys),
    Promise.all(leads.map(({ leadId }) => ownTouchesOf(from, leadId))),
  ]);
  const ids = new Set([
    ...byKey.map(({ leadId }) => leadId),
    ...leads.flatMap((lead) => before(lead) ?? []),
    ...touches.flat().map((touch) => touch.leadId),
  ]);
  const others = await readMany(
    from,
    [...ids].filter((id) => !found.has(id)),
  );
  const all = [...found.values()];
  const isErased = all.some(({ erased }) => erased);
  return others.filter((other) => Boolean(other.erased) === isErased && !all.some((lead) => areApart(lead, other)));
}

/** All that lies with a lead: its whole partition, as it is. */
export const allOf = (from: Table, leadId: string) => query(from, { pk: leadPartition(leadId) });
