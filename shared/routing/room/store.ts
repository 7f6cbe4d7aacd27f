import { iso } from '../../platform/clock.ts';
import { type Change, commitOne, isRefused, update } from '../../platform/commit.ts';
import { get, type Table } from '../../platform/table.ts';
import type { RoutingInputs } from '../inputs.ts';
import { fullAmong } from './room.ts';

/** Reps who had no room when a lead began to wait for somebody's shift. */
export interface Full {
  repIds: string[];
  /** The last lead that began to wait so, and when (ISO 8601). */
  leadId: string;
  at: string;
}

/** Where they stand. */
export const fullKey = { pk: 'CONFIG', sk: 'FULL' };

/** Notes who had no room when a lead began to wait for a shift: it may go on as soon as one of them has. */
export function noteFull(leadId: string, inputs: RoutingInputs, at: Date): Change[] {
  const full = fullAmong(inputs);
  if (full.length === 0) return [];
  const names = { '#reps': 'repIds', '#lead': 'leadId', '#at': 'at' };
  const values = { ':full': new Set(full), ':lead': leadId, ':at': iso(at) };
  return [
    update('reps without room', fullKey, {
      expression: 'ADD #reps :full SET #lead = :lead, #at = :at',
      names,
      values,
    }),
  ];
}

/** Who had no room when leads began to wait, as far as they were not forgotten since; undefined when there is nobody. */
export async function fullNow(from: Table): Promise<Full | undefined> {
  const item = await get(from, fullKey);
  const repIds = [...((item?.repIds as Set<string> | undefined) ?? [])];
  return item && repIds.length > 0 ? { repIds, leadId: String(item.leadId), at: String(item.at) } : undefined;
}

/** Forgets reps for whom no lead waits; all stay when another lead began to wait since `seen` was read. */
export async function forgetFull(to: Table, repIds: readonly string[], seen: Full): Promise<void> {
  if (repIds.length === 0) return;
  const forgotten = update('reps without room', fullKey, {
    expression: 'DELETE #reps :gone',
    onlyIf: '#lead = :lead AND #at = :at',
    names: { '#reps': 'repIds', '#lead': 'leadId', '#at': 'at' },
    values: { ':gone': new Set(repIds), ':lead': seen.leadId, ':at': seen.at },
  });
  await commitOne(to, forgotten).catch((error: unknown) => {
    if (!isRefused(error)) throw error;
  });
}
