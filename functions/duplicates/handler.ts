import { LeadDuplicated } from '../../events/lead-duplicated.ts';
import { LeadUnmerged } from '../../events/lead-unmerged.ts';
import { paymentsOf } from '../../shared/appraisal/payments/store.ts';
import { current, load } from '../../shared/config/store.ts';
import { cameAfter } from '../../shared/duplicates/merging/store.ts';
import { joinable, survivor } from '../../shared/duplicates/original.ts';
import { rootsOf } from '../../shared/duplicates/store.ts';
import { commit, reconsider } from '../../shared/platform/commit.ts';
import { queueStep } from '../../shared/platform/queue-step.ts';
import type { Table } from '../../shared/platform/table.ts';
import { rulesNow } from '../../shared/routing/facts/store.ts';
import { mergeInto } from '../../shared/routing/store.ts';
import { handOnStrays } from './strays.ts';
import { cameTooLate, readUntold, touching } from './touch.ts';

/**
 * LeadDuplicated → a touch of the original, its owner told; open leads that the post shows to be one person's become one.
 * LeadUnmerged → what came in at that very moment goes with the lead whose it is.
 */
export const handler = queueStep([LeadDuplicated, LeadUnmerged], async ({ type, detail }, { table, now }) => {
  if (type === 'LeadUnmerged') return handOnStrays(table, detail.leadId, detail.reason, now);
  const { leadId, others = [] } = detail;
  await reconsider(async () => {
    const found = await readUntold(table, leadId);
    if (!found) return;
    const { duplicate, original } = found;
    if (!original || cameTooLate(duplicate, original.lead))
      return commit(table, await cameAfter(table, duplicate, original?.lead, now()));
    const { duplicates } = await current(table);
    const rules = await load(table, 'duplicates', duplicates);
    await commit(table, touching({ ...found, original }, rules, (await rulesNow(table)).sla, now()));
  });
  for (const other of others) await reconsider(() => join(table, [leadId, other], now));
});

/** Makes two leads of one person one, that with which nobody got as far; unless somebody works on both or kept them apart. */
async function join(table: Table, ids: readonly string[], now: () => Date): Promise<void> {
  const roots = await rootsOf(table, ids);
  const leads = [...new Map([...roots.values()].map((lead) => [lead.leadId, lead])).values()];
  const into = survivor(leads);
  const lead = leads.find((each) => each !== into);
  if (!lead || !into || !joinable(lead, into, (await paymentsOf(table, lead.leadId)).length)) return;
  const { versions } = await rulesNow(table);
  await commit(table, mergeInto(lead, into, { likeness: 'exact' }, versions, now()));
}
