import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { startTableServer } from '../local/table.ts';

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

/** Somebody of the roster. */
export interface Rep {
  repId: string;
  status: string;
  openLeads?: number;
  capacity?: number;
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

/** Reads the table and the outbox of a data folder that no runtime uses any more. */
export async function readRecords(dataDir: string): Promise<Records> {
  const repChanges = repChangesIn(join(dataDir, 'table.db'));
  const server = await startTableServer(dataDir);
  try {
    const { TableNames: [TableName] = [] } = await server.client.send(new ListTablesCommand({}));
    const items: Item[] = [];
    let from: Record<string, never> | undefined;
    do {
      const page = await server.client.send(new ScanCommand({ TableName, ExclusiveStartKey: from }));
      items.push(...(page.Items ?? []).map((item) => unmarshall(item) as Item));
      from = page.LastEvaluatedKey as typeof from;
    } while (from);
    const text = await readFile(join(dataDir, 'outbox.jsonl'), 'utf8').catch(() => '');
    const messages = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Message);
    return { items, messages, repChanges };
  } finally {
    await server.stop();
  }
}
