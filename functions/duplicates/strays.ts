import { announce } from '../../events/contract.ts';
import { LeadDuplicated } from '../../events/lead-duplicated.ts';
import { withoutThose } from '../../shared/duplicates/merging/store.ts';
import { rightfulOf } from '../../shared/duplicates/parting/store.ts';
import { touchesOf, undoTouch } from '../../shared/duplicates/store.ts';
import { leadPartition } from '../../shared/lead/partition.ts';
import { read, readWithForm, save } from '../../shared/lead/store.ts';
import { iso } from '../../shared/platform/clock.ts';
import { commit, outbox, reconsider } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';

/** Hands posts that became touches of a lead at the moment when another was set apart from it to that one, if they are its. */
export async function handOnStrays(table: Table, of: string, reason: string, now: () => Date): Promise<void> {
  const touches = (await touchesOf(table, of, 0)).filter(({ undone, joined }) => !undone && !joined);
  for (const { leadId } of touches) await reconsider(() => handOn(table, of, leadId, reason, now()));
}

async function handOn(table: Table, of: string, leadId: string, reason: string, at: Date): Promise<void> {
  const [found, original] = await Promise.all([readWithForm(table, leadId), read(table, of)]);
  if (!original || found?.lead.status !== 'duplicate' || found.lead.duplicateOf !== of) return;
  const rightful = await rightfulOf(table, found.lead, found.form, original);
  if (rightful === original) return;
  const duplicateOf = rightful.leadId;
  const event = announce(LeadDuplicated, { leadId, duplicateOf, source: found.form.source.channel });
  await commit(table, [
    save(found.lead, { ...found.lead, duplicateOf }),
    undoTouch(of, leadId, { at: iso(at), reason, role: 'system' }),
    ...(await withoutThose(table, original, new Set([leadId]))),
    outbox(leadPartition(leadId), event, at),
  ]);
}
