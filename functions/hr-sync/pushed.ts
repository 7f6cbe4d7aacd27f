import { type Mapping, readCsv, UnreadableRoster } from '../../shared/org/csv.ts';
import type { Push } from '../../shared/org/push/push.ts';
import { rosterPush } from '../../shared/org/roster.ts';
import { readJson } from '../../shared/platform/json.ts';
import { Problem, parseOrRefuse } from '../../shared/platform/problem.ts';

/** A roster as it came: a file, and what is said of it beside it. */
export interface Roster {
  bytes: Uint8Array;
  csv: boolean;
  mode?: string | undefined;
  asOf?: string | undefined;
}

const MOST = 50_000;

/**
 * The rows of a roster: JSON, or a CSV file of which `mode` and `asOf` are said beside it.
 * @throws Problem 400 naming what cannot be read
 */
export function readRoster({ bytes, csv, mode, asOf }: Roster, mapping: Mapping): Push {
  if (!csv) {
    const push = parseOrRefuse(rosterPush, jsonOf(bytes));
    const rows = push.mode === 'full' ? push.employees.map(whole) : push.employees;
    return { ...push, employees: rows };
  }
  const said = parseOrRefuse(rosterPush, { mode, ...(asOf === undefined ? {} : { asOf }), employees: [] });
  try {
    const rows = readCsv(bytes, mapping);
    if (rows.length > MOST) throw new UnreadableRoster('body', `more than ${MOST} rows`);
    return {
      mode: said.mode,
      asOf: said.asOf,
      employees: rows.map(({ row }) => row),
      lines: rows.map(({ line }) => line),
    };
  } catch (error) {
    if (!(error instanceof UnreadableRoster)) throw error;
    throw new Problem(400, `the file cannot be read: ${error.message}`, [{ path: error.path, message: error.message }]);
  }
}

/**
 * A row of a whole roster, which has all the dates that HR knows: one that it leaves out is taken back. The day on which somebody left
 * is no plan any more. A file that has no column for a date says nothing of it.
 */
function whole(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  const left = 'status' in row && row.status === 'left';
  return { ...(left ? {} : { leftAt: null }), leaveFrom: null, leaveUntil: null, ...row };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return readJson(new TextDecoder('utf-8').decode(bytes));
  } catch {
    throw new Problem(400, 'the body is not JSON', [{ path: 'body', message: 'not JSON, or half of it' }]);
  }
}
