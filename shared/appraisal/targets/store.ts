import { absent, type Change, put } from '../../platform/commit.ts';
import { query, type Table } from '../../platform/table.ts';
import type { TargetSheet } from '../target.ts';

/** A period's targets of one measure, as they were set last. */
export interface KeptTargets {
  version: number;
  sheet: TargetSheet;
  by: string;
  at: string;
}

const partition = (period: string): string => `TARGETS#${period}`;

/** The targets of a period, by measure. */
export async function targetsOf(table: Table, period: string): Promise<KeptTargets[]> {
  const items = await query(table, { pk: partition(period) });
  return items.map(({ kept }) => kept as KeptTargets);
}

/** Sets a period's targets of a measure, if nobody did meanwhile. */
export const saveTargets = (period: string, kept: KeptTargets): Change =>
  put(
    'targets',
    { pk: partition(period), sk: kept.sheet.measure, version: kept.version, kept },
    kept.version === 1 ? absent : { expression: 'version = :before', values: { ':before': kept.version - 1 } },
  );
