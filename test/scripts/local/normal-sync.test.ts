import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { inNormalSync } from '../../../scripts/local/normal-sync.ts';

const NORMAL = 1;
const FULL = 2;

test('a database that writes ahead does not wait for the disk at each write, as long as it is opened within', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-sync-'));
  const opened = (name: string): unknown => {
    const database = new DatabaseSync(join(dataDir, name));
    database.exec('PRAGMA journal_mode = WAL');
    const said = database.prepare('PRAGMA synchronous').get()?.synchronous;
    database.close();
    return said;
  };
  expect(await inNormalSync(async () => opened('within'))).toBe(NORMAL);
  expect(opened('after')).toBe(FULL);
  rmSync(dataDir, { recursive: true, force: true });
});
