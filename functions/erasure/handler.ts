import { PersonErasureAsked } from '../../events/person-erasure-asked.ts';
import { erasureDone, readErasure } from '../../shared/person/erasure/store.ts';
import { queueStep } from '../../shared/platform/queue-step.ts';
import { endLead } from './end-lead.ts';
import { eraseBeside } from './erase-beside.ts';
import { eraseLead } from './erase-lead.ts';

/**
 * PersonErasureAsked → nothing is known of a person any more → PersonErased. First nobody works with their leads any more; then what
 * lies elsewhere goes, which is found by what their leads still hold; their leads last. Each part can be done again: should this
 * break off, the message comes again and it is begun anew.
 */
export const handler = queueStep([PersonErasureAsked], async ({ detail: { personId } }, { table, now }) => {
  const erasure = await readErasure(table, personId);
  if (!erasure || erasure.state === 'erased') return;
  for (const leadId of erasure.leadIds) await endLead(table, leadId, erasure, now());
  await eraseBeside(table, erasure.leadIds, now());
  for (const leadId of erasure.leadIds) await eraseLead(table, leadId, now());
  await erasureDone(table, erasure, now());
});
