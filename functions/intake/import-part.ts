import type { ImportRow } from '../../shared/intake/import-file.ts';
import { type PartDone, partDone, readPart } from '../../shared/intake/imports/store.ts';
import { keepAside } from '../../shared/intake/quarantine/store.ts';
import type { StepContext } from '../../shared/platform/queue-step.ts';
import { newId } from '../../shared/platform/random.ts';
import type { Table } from '../../shared/platform/table.ts';
import type { Delivery } from './delivery.ts';
import type { Taken } from './sources/source.ts';
import { keptOf, takeIn } from './take-in.ts';

/** Rows taken in at the same time. */
const SIDE_BY_SIDE = 4;

const placeOf = (importId: string, { line }: Pick<ImportRow, 'line'>): string => `${importId}:${line}`;

async function takeRow(table: Table, importId: string, { line, fields, wrong }: ImportRow, at: Date): Promise<Taken> {
  const delivery: Delivery = {
    source: 'import',
    shown: 'key',
    headers: { 'content-type': 'application/json' },
    query: {},
    body: Buffer.from(JSON.stringify(fields)),
    row: placeOf(importId, { line }),
    at,
    leadId: newId(at),
  };
  if (wrong === undefined) {
    const [taken] = (await takeIn(table, delivery)).taken;
    return taken ?? { kind: 'noted' };
  }
  return {
    kind: 'quarantined',
    reason: wrong,
    quarantineId: await keepAside(table, keptOf(delivery), { reason: wrong }, at),
  };
}

/** A row's receipt; of rows with the same id all have that of the first, and its place. */
type Receipt = { status?: string; row?: string };

const isKnown = ({ status, row }: Receipt, taken: ImportRow | undefined, importId: string): boolean =>
  status === 'duplicate' || (row !== undefined && taken !== undefined && row !== placeOf(importId, taken));

/** Takes in some rows of an imported file, and notes what became of them. Can be repeated: a row is taken in once. */
export async function takePart(importId: string, part: number, at: Date, { table, now }: StepContext): Promise<void> {
  const rows = await readPart(table, importId, part);
  if (!rows) return;
  const done: PartDone = { done: rows.length, received: 0, duplicate: 0, quarantined: 0, problems: [] };
  for (let from = 0; from < rows.length; from += SIDE_BY_SIDE) {
    const some = rows.slice(from, from + SIDE_BY_SIDE);
    const taken = await Promise.all(some.map((row) => takeRow(table, importId, row, at)));
    for (const [index, each] of taken.entries()) {
      if (each.kind === 'quarantined') {
        done.quarantined += 1;
        const { quarantineId, reason } = each;
        done.problems.push({ line: some[index]?.line ?? 0, quarantineId, reason });
      } else if (each.kind === 'lead') {
        done[isKnown(each.receipt as Receipt, some[index], importId) ? 'duplicate' : 'received'] += 1;
      }
    }
  }
  await partDone(table, importId, part, done, now());
}
