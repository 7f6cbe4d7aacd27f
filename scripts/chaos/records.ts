import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { startTableServer } from '../local/table.ts';

/** An item of the table, as it lies there. */
export type Item = { pk: string; sk: string } & Record<string, unknown>;

/** A message of the outbox. */
export interface Message {
  at: string;
  channel: string;
  to: string;
  kind: string;
  leadId?: string;
  messageId?: string;
}

/** All that a runtime left behind. */
export interface Records {
  items: Item[];
  messages: Message[];
}

/** Reads the table and the outbox of a data folder that no runtime uses any more. */
export async function readRecords(dataDir: string): Promise<Records> {
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
    return { items, messages };
  } finally {
    await server.stop();
  }
}
