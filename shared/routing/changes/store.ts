import type { Versions } from '../../audit/record.ts';
import { current } from '../../config/store.ts';
import { commitOne, put } from '../../platform/commit.ts';
import { get, type Table } from '../../platform/table.ts';

/** The versions that say who may take a lead. */
const kinds = ['routing', 'territories', 'roster'] as const;

/**
 * By which versions the leads that wait for a shift were looked through last; `settled`: once more since, for those that were decided
 * by earlier ones while that was done.
 */
export interface LookedThrough {
  versions: Versions;
  settled: boolean;
}

const key = { pk: 'CONFIG', sk: 'WAITING' };

/** When the waiting leads were looked through last; undefined when they never were. */
export async function lookedThrough(from: Table): Promise<LookedThrough | undefined> {
  return (await get(from, key))?.looked as LookedThrough | undefined;
}

/** Notes that they were. */
export const noteLookedThrough = (table: Table, looked: LookedThrough): Promise<void> =>
  commitOne(table, put('waiting', { ...key, looked }));

/** Whether something that says who may take a lead is of another version there. */
export const differ = (one: Versions, other: Versions): boolean => kinds.some((kind) => one[kind] !== other[kind]);

/** Whether the leads that wait for a shift are to be looked through by the versions in force, for the first time or once more. */
export async function isUnsettled(from: Table): Promise<boolean> {
  const [looked, versions] = await Promise.all([lookedThrough(from), current(from)]);
  return !looked?.settled || differ(looked.versions, versions);
}
