import { isOpen } from '../../shared/lead/lead.ts';
import { read, save } from '../../shared/lead/store.ts';
import { memberStill, readRep } from '../../shared/org/store.ts';
import { commit, reconsider } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';
import { IndexLags, openLeadsOf } from './open-leads.ts';

/**
 * Open leads go along with a rep who moved to another team: their ends are counted there, and its deadlines hold for what begins
 * from now on. What was counted stays where it was. It can be stopped anywhere and run again.
 */
export async function follow(table: Table, repId: string): Promise<void> {
  const rep = await readRep(table, repId);
  const theirs = await openLeadsOf(table, repId);
  for (const { leadId } of theirs) await followOne(table, leadId, repId);
  if (rep && theirs.length < rep.openLeads) throw new IndexLags();
}

const followOne = (table: Table, leadId: string, repId: string): Promise<void> =>
  reconsider(async () => {
    const [lead, rep] = await Promise.all([read(table, leadId), readRep(table, repId)]);
    if (!rep || !lead || !isOpen(lead) || lead.owner.repId !== repId || lead.owner.teamId === rep.teamId) return;
    const { teamId, ...owner } = lead.owner;
    const moved = { ...lead, owner: rep.teamId === undefined ? owner : { ...owner, teamId: rep.teamId } };
    await commit(table, [save(lead, moved), memberStill(rep)]);
  });
