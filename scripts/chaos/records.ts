import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/** An item of the table, as it lies there. */
export type Item = { pk: string; sk: string } & Record<string, unknown>;

/** Somebody of the roster. */
export interface Rep {
  repId: string;
  status: string;
  openLeads?: number;
  capacity?: number;
}

/** A message of the outbox. */
export interface Message {
  at: string;
  channel: string;
  to: string;
  kind: string;
  leadId?: string;
  messageId?: string;
}

/** One change of somebody's item, as it was committed. */
export interface RepChange {
  before: Rep;
  after: Rep;
}

/** All that a runtime left behind. */
export interface Records {
  items: Item[];
  messages: Message[];
  /** From the table's stream, in the order of the commits. */
  repChanges: RepChange[];
}

/** A promise that was not kept, by its number among the invariants of the design. */
export interface Violation {
  invariant: number;
  leadId: string;
  what: string;
}

/** The changes of reps in the stream of the embedded table, whose file nobody has open. */
function repChangesIn(file: string): RepChange[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database
      .prepare(
        `SELECT old_image, new_image FROM _stream_records
         WHERE json_extract(keys_json, '$.sk.S') = 'REP' AND event_name = 'MODIFY'
         ORDER BY CAST(sequence_number AS INTEGER)`,
      )
      .all();
    const rep = (image: unknown) => unmarshall(JSON.parse(String(image))) as unknown as Rep;
    return rows.map((row) => ({ before: rep(row.old_image), after: rep(row.new_image) }));
  } finally {
    database.close();
  }
}

/** On the wire, and in the file, bytes are in base64. */
const bytes = (type: string, value: unknown): unknown =>
  type === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value;

/** The items in the file of the embedded table, which nobody has open: to ask its server for all of them takes many times as long. */
function itemsIn(file: string): Item[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const names = database.prepare('SELECT table_name FROM _tables').all();
    return names.flatMap(({ table_name }) => {
      const rows = database.prepare(`SELECT item_json FROM "${String(table_name)}"`).iterate();
      return Array.from(rows, ({ item_json }) => unmarshall(JSON.parse(String(item_json), bytes)) as Item);
    });
  } finally {
    database.close();
  }
}

/** Reads the table and the outbox of a data folder that no runtime uses any more. */
export async function readRecords(dataDir: string): Promise<Records> {
  const file = join(dataDir, 'table.db');
  const text = await readFile(join(dataDir, 'outbox.jsonl'), 'utf8').catch(() => '');
  const messages = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Message);
  return { items: itemsIn(file), messages, repChanges: repChangesIn(file) };
}
