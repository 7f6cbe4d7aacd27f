import { type Kept, readBehavior } from '../../shared/behavior/store.ts';
import { rootsOf } from '../../shared/duplicates/store.ts';
import type { Form } from '../../shared/lead/form.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import { readWithForm } from '../../shared/lead/store.ts';
import type { Table } from '../../shared/platform/table.ts';

/** A lead, what is known of its customer, and what they did. */
export interface Customer {
  lead: Lead;
  form: Form;
  did: Kept;
}

/** Whoever this lead is of. A duplicate's customer is that of the lead that it was merged into: sites know them by either. */
export async function readCustomer(table: Table, leadId: string): Promise<Customer | undefined> {
  const [found, did] = await Promise.all([readWithForm(table, leadId), readBehavior(table, leadId)]);
  if (found?.lead.status !== 'duplicate') return found && { ...found, did };
  const root = (await rootsOf(table, [leadId])).get(leadId);
  return root ? readCustomer(table, root.leadId) : { ...found, did };
}
