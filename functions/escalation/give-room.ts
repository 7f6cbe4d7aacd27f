import { lastRouted } from '../../shared/audit/store.ts';
import { waitsUntil } from '../../shared/lead/lead.ts';
import { read } from '../../shared/lead/store.ts';
import { readReps } from '../../shared/org/store.ts';
import { iso } from '../../shared/platform/clock.ts';
import { commit, reconsider } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';
import { takerWithRoom } from '../../shared/routing/room/room.ts';
import { forgetFull, fullNow } from '../../shared/routing/room/store.ts';
import { waitingInTurn } from './in-turn.ts';
import { letGoOn } from './steps.ts';

/** Milliseconds for which the list of those that wait may lag. */
const LAG = 60_000;

/**
 * Lets leads go on that wait for a shift since somebody had no room who has now: as many as there is room for, the best grade first,
 * of one grade those that wait longest. Without anybody who had no room, one read. It can be stopped anywhere and run again.
 */
export async function giveRoom(table: Table, now: () => Date, time: () => boolean): Promise<void> {
  const full = await fullNow(table);
  if (!full) return;
  const reps = await readReps(table, full.repIds);
  const room = new Map(
    full.repIds.flatMap((repId): [string, number][] => {
      const { capacity, openLeads } = reps.get(repId) ?? { capacity: 1, openLeads: 0 };
      return openLeads < capacity ? [[repId, capacity - openLeads]] : [];
    }),
  );
  if (room.size === 0) return;
  const { leads, all } = await waitingInTurn(table, time);
  if (!all) return;
  for (const { leadId } of leads) {
    if (room.size === 0 || !time()) return;
    const repId = await tryFor(table, leadId, [...room.keys()], now);
    if (repId === undefined) continue;
    const left = (room.get(repId) ?? 0) - 1;
    if (left > 0) room.set(repId, left);
    else room.delete(repId);
  }
  if (now().getTime() - Date.parse(full.at) > LAG) await forgetFull(table, [...room.keys()], full);
}

/** Lets one lead go on if one of the reps had no room when it was tried last and can take it now: who; undefined if it waits on. */
const tryFor = (table: Table, leadId: string, reps: string[], now: () => Date): Promise<string | undefined> =>
  reconsider(async () => {
    const [lead, tried] = await Promise.all([read(table, leadId), lastRouted(table, leadId)]);
    if (!lead || waitsUntil(lead) === undefined || !tried?.inputs) return undefined;
    const repId = takerWithRoom({ ...tried.inputs, at: iso(now()) }, reps);
    if (repId !== undefined) await commit(table, await letGoOn(table, lead, now(), 'rep-has-room'));
    return repId;
  });
