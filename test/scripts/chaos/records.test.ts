import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, it } from 'vitest';
import { readRecords } from '../../../scripts/chaos/records.ts';
import { bareTable, ensureTable, startTableServer } from '../../../scripts/local/table.ts';

it('what a runtime left behind is read as it was written, bytes and an attribute named B as well', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-records-'));
  try {
    const server = await startTableServer(dataDir, '');
    await ensureTable(server.client, bareTable('leads'));
    const item = {
      pk: 'LEAD#1',
      sk: 'LEAD',
      packed: new Uint8Array([0, 255, 7]),
      B: 'YWJj',
      score: { B: 3.5, of: [true, null] },
    };
    await server.client.send(new PutItemCommand({ TableName: 'leads', Item: marshall(item) }));
    await server.stop();
    const message = { at: '2026-11-23T03:25:07.000Z', channel: 'sms', to: '+8613800138000', kind: 'lead-assigned' };
    writeFileSync(join(dataDir, 'outbox.jsonl'), `${JSON.stringify(message)}\n`);

    const { items, messages } = await readRecords(dataDir);

    expect(items.map(({ packed, ...rest }) => ({ ...rest, packed: Uint8Array.from(packed as Uint8Array) }))).toEqual([
      item,
    ]);
    expect(messages).toEqual([message]);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
