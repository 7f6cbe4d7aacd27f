import { current } from '../../shared/config/store.ts';
import { gradeOf, isOpen } from '../../shared/lead/lead.ts';
import { ownedBy, read, readMany } from '../../shared/lead/store.ts';
import { isFrozen } from '../../shared/org/rep.ts';
import { readRep } from '../../shared/org/store.ts';
import { commit, reconsider } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';
import { release } from '../../shared/routing/store.ts';

const PAGE = 100;

/** Leads are still with somebody frozen, but the index does not show them yet. The message comes again. */
class IndexLags extends Error {
  override readonly name = 'IndexLags';
}

/**
 * Releases the open leads of somebody frozen, A grade first, each in a transaction of its own with its audit record. Can be
 * stopped anywhere and run again: a released lead is theirs no longer. Does nothing for somebody who is not frozen (any more).
 */
export async function handOver(table: Table, repId: string, now: () => Date): Promise<void> {
  for (;;) {
    const rep = await readRep(table, repId);
    if (!rep || !isFrozen(rep) || rep.openLeads === 0) return;
    const leads = await readMany(table, await ownedBy(table, repId, PAGE));
    const theirs = leads.filter((lead) => isOpen(lead) && lead.owner.repId === repId);
    if (theirs.length === 0) throw new IndexLags();
    for (const { leadId } of theirs.sort((a, b) => (gradeOf(a) < gradeOf(b) ? -1 : 1))) {
      await releaseOne(table, leadId, repId, `owner-${rep.status}`, now);
    }
  }
}

const releaseOne = (table: Table, leadId: string, repId: string, reason: string, now: () => Date): Promise<void> =>
  reconsider(async () => {
    const lead = await read(table, leadId);
    if (!lead || !isOpen(lead) || lead.owner.repId !== repId) return;
    await commit(table, release(lead, reason, undefined, await current(table), now()));
  });
