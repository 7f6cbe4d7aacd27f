import { lastRouted } from '../../shared/audit/store.ts';
import { waitsUntil } from '../../shared/lead/lead.ts';
import { read } from '../../shared/lead/store.ts';
import { commit, reconsider } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';
import { differ, lookedThrough, noteLookedThrough } from '../../shared/routing/changes/store.ts';
import { rulesNow } from '../../shared/routing/facts/store.ts';
import { together, waitingInTurn } from './in-turn.ts';
import { letGoOn } from './steps.ts';

/**
 * Lets the leads go on that wait for a shift when routing rules, staff or territories changed since they were tried: somebody may take
 * them sooner, the best grade first. Without a change, two reads; with one, the list of those that wait. Whoever was tried by what is in force is left to
 * wait, so that it can be stopped anywhere and run again.
 */
export async function tryAnew(table: Table, now: () => Date, time: () => boolean): Promise<void> {
  const [{ versions }, looked] = await Promise.all([rulesNow(table), lookedThrough(table)]);
  const settled = looked !== undefined && !differ(looked.versions, versions);
  // Once more in the next minute: an attempt by what was in force before may just be on its way, and the list lags.
  if (settled && looked.settled) return;
  const { leads, all } = await waitingInTurn(table, time);
  let failed: PromiseRejectedResult | undefined;
  for (const [nth, some] of together(leads).entries()) {
    if (nth > 0 && !time()) return;
    const tried = await Promise.allSettled(some.map(({ leadId }) => tryOne(table, leadId, now)));
    failed ??= tried.find((each) => each.status === 'rejected');
  }
  if (failed) throw failed.reason;
  if (!all) return;
  await noteLookedThrough(table, { versions, settled });
}

const tryOne = (table: Table, leadId: string, now: () => Date): Promise<void> =>
  reconsider(async () => {
    const [lead, { versions }, tried] = await Promise.all([
      read(table, leadId),
      rulesNow(table),
      lastRouted(table, leadId),
    ]);
    if (!lead || waitsUntil(lead) === undefined || (tried && !differ(tried.versions, versions))) return;
    await commit(table, await letGoOn(table, lead, now()));
  });
