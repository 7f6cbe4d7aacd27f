import { announce } from '../../events/contract.ts';
import { RosterMissing } from '../../events/roster-missing.ts';
import { readLastRoster } from '../../shared/org/push/log/store.ts';
import { reportMissing } from '../../shared/org/push/missing/store.ts';
import type { Secret } from '../../shared/platform/secrets.ts';
import type { Table } from '../../shared/platform/table.ts';

/** A roster of the evening before counts as this night's. */
const NIGHT = 12 * 3600 * 1000;

/** Alerts the admins, once a night, when no whole roster came; unless rosters never come here. */
export async function alertIfMissing(table: Table, secret: Secret, at: Date): Promise<void> {
  const last = await readLastRoster();
  const expected = last !== undefined || Boolean(secret.hrRosterUrl);
  if (!expected || (last && at.getTime() - Date.parse(last.at) < NIGHT)) return;
  await reportMissing(table, announce(RosterMissing, last ? { last: last.at } : {}), at);
}
