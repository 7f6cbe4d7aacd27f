import { iso } from '../../platform/clock.ts';
import { type Change, put } from '../../platform/commit.ts';
import { getMany, type Table } from '../../platform/table.ts';

const keyOf = (contactKey: string) => ({ pk: `CONTACT#${contactKey}`, sk: 'TRUSTED' });

/** Notes that somebody looked at this sender and let them pass. */
export const trust = (contactKey: string, leadId: string, at: Date): Change =>
  put('trusted sender', { ...keyOf(contactKey), leadId, at: iso(at) });

/** Whether one of these contact keys was let pass by hand. */
export const isTrusted = async (table: Table, contactKeys: readonly string[]): Promise<boolean> =>
  (await getMany(table, contactKeys.map(keyOf))).length > 0;
