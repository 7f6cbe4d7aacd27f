import { randomBytes } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { handler } from '../../../functions/imports/handler.ts';
import { importIdOf, readPart } from '../../../shared/intake/imports/store.ts';
import { listObjects, removeObject, writeObject } from '../../../shared/platform/objects.ts';
import { query } from '../../../shared/platform/table.ts';
import { context } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const run = () => handler({ schedule: 'imports', scheduledTime: '2026-11-02T02:00:00.000Z' }, context as Context);
const drop = (name: string, text: string) => writeObject(`imports/inbox/${name}`, Buffer.from(text));
const keys = async () => (await listObjects('imports/')).map(({ key }) => key);
const said = (bytes: number) => randomBytes(bytes).toString('base64');

describe('a file of leads that was dropped into the bucket', () => {
  it('is taken whole, however long its rows are: in more parts', async () => {
    const rows = Array.from({ length: 450 }, (_, n) => `1380013${String(n).padStart(4, '0')},${said(4000)}`);
    const text = `手机,备注\n${rows.join('\n')}\n`;
    await drop('long.csv', text);
    await run();
    expect(await keys()).toEqual(['imports/done/long.csv', 'imports/done/long.csv.report.json']);
    const importId = importIdOf(Buffer.from(text));
    const [head] = await query(table(), { pk: `IMPORT#${importId}`, begins: 'IMPORT' });
    const parts = Array.from({ length: Number(head?.parts) }, (_, n) => readPart(table(), importId, n + 1));
    const stored = (await Promise.all(parts)).flatMap((part) => part ?? []);
    expect(stored.map(({ line }) => line)).toEqual(rows.map((_, n) => n + 2));
  });

  it('has a line of JSON that is too long put aside by itself', async () => {
    const text = `{"手机":"13900139001"}\n${JSON.stringify({ 手机: '13900139002', 备注: said(400_000) })}\n`;
    await drop('one.jsonl', text);
    await run();
    const [first, second] = (await readPart(table(), importIdOf(Buffer.from(text)), 1)) ?? [];
    expect(first?.wrong).toBeUndefined();
    expect(second).toMatchObject({ line: 2, wrong: 'line 2 is too long' });
  });

  it('keeps no other back when it cannot be taken', async () => {
    await drop('a.csv', '手机\n13900139003\n');
    await drop('b.csv', '手机\n13900139004\n');
    const { client } = table();
    client.middlewareStack.add(
      (next) => (args) => {
        if (JSON.stringify(args.input).includes('a.csv')) throw new Error('the table refuses it');
        return next(args);
      },
      { step: 'initialize', name: 'refuses' },
    );
    await expect(run()).rejects.toThrow('refuses it');
    client.middlewareStack.remove('refuses');
    expect(await keys()).toEqual(expect.arrayContaining(['imports/inbox/a.csv', 'imports/done/b.csv']));
    await removeObject('imports/inbox/a.csv');
  });
});
