import { readImport, UnreadableFile } from '../../../shared/intake/import-file.ts';
import { isRecord } from '../../../shared/intake/json.ts';
import { answersOf } from '../../../shared/intake/mapping.ts';
import { contactKeys } from '../../../shared/lead/contact.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import { leadOf } from '../items.ts';
import { bodyJson, typeOf } from '../posted.ts';
import { mustShowKey } from '../proof.ts';
import { receiptOf, type Source } from './source.ts';

const KINDS: readonly [RegExp, 'csv' | 'jsonl'][] = [
  [/^(text\/(csv|tab-separated-values)|application\/csv)\b/, 'csv'],
  [/^application\/(x-ndjson|ndjson|jsonl|x-jsonlines|jsonlines|json)\b|^text\/x?-?jsonl\b/, 'jsonl'],
];

/** More are dropped into the bucket. */
const MOST = 8000;

/** Files of leads, CSV or JSON lines, as they are exported from anywhere. */
export const importFile: Source = {
  name: 'import',
  verify: (call, secret) => mustShowKey(call, secret, 'import'),
  parse: (sent, reading) => {
    if (sent.row !== undefined) {
      const row = bodyJson(sent);
      const { key: id, ...lead } = leadOf('import', answersOf(isRecord(row) ? row : {}), reading);
      // Files of anybody's number different people alike: an id is one of the person who stands beside it.
      const key = id === undefined ? sent.row : [id, ...contactKeys(lead.form.contact)].join(' ');
      return [{ ...lead, key }];
    }
    const kind = KINDS.find(([type]) => type.test(typeOf(sent)))?.[1];
    if (!kind)
      throw new Problem(415, 'send text/csv or application/x-ndjson', [
        { path: 'content-type', message: 'neither CSV nor JSON lines' },
      ]);
    try {
      const file = readImport(sent.body, kind);
      if (file.rows.length > MOST)
        throw new Problem(413, `at most ${MOST} rows: drop larger files into imports/inbox/`, [
          { path: 'body', message: `more than ${MOST} rows` },
        ]);
      return [{ kind: 'file', file }];
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      throw new Problem(400, `the file cannot be read: ${error.message}`, [
        { path: error.path, message: error.message },
      ]);
    }
  },
  answer: receiptOf,
};
