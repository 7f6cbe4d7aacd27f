import { readCsv, UnreadableRoster } from '../../shared/org/csv.ts';
import type { Push } from '../../shared/org/push/push.ts';
import { rosterPush } from '../../shared/org/roster.ts';
import { type Call, jsonBody } from '../../shared/platform/http-step.ts';
import { Problem, parseOrRefuse } from '../../shared/platform/problem.ts';

/**
 * The rows that HR pushes: JSON, or a CSV file with `mode` and `asOf` in the address.
 * @throws Problem 400 naming what cannot be read
 */
export function pushed(call: Call): Push {
  if (!/^text\/csv\b/i.test(call.headers['content-type'] ?? '')) return parseOrRefuse(rosterPush, jsonBody(call));
  const { mode, asOf } = call.query;
  const said = parseOrRefuse(rosterPush, { mode, ...(asOf === undefined ? {} : { asOf }), employees: [] });
  try {
    const rows = readCsv(call.body);
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
