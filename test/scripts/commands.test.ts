import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { startTableServer } from '../../scripts/local/table.ts';

/** Runs a command. */
function run(script: string, args: string[], env: Record<string, string> = {}): { code: number | null; said: string } {
  const { status, stderr } = spawnSync(process.execPath, [`scripts/${script}.ts`, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { code: status, said: stderr };
}

it('an option that a command does not know is named, without a stack', () => {
  const { code, said } = run('replay', ['--form', '2026-11-01']);
  expect({ code, lines: said.trim().split('\n').length }).toEqual({ code: 2, lines: 2 });
  expect(said).toContain("'--form'");
});

it('replay refuses a day that is in no calendar', () => {
  const { code, said } = run('replay', ['--from', '2026-02-28', '--to', '2026-02-30']);
  expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining('--from and --to are days') });
});

it('reset deletes what a start wrote, and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-reset-'));
  const theirs = join(folder, 'thesis.txt');
  writeFileSync(theirs, 'years of work');
  expect(run('reset', [], { DATA_DIR: folder })).toMatchObject({ code: 1, said: expect.stringContaining('nothing') });
  expect(existsSync(theirs)).toBe(true);
  writeFileSync(join(folder, 'table.db'), '');
  expect(run('reset', [], { DATA_DIR: folder }).code).toBe(0);
  expect(readdirSync(folder)).toEqual(['thesis.txt']);
  rmSync(theirs);
  writeFileSync(join(folder, 'table.db'), '');
  expect(run('reset', [], { DATA_DIR: folder }).code).toBe(0);
  expect(existsSync(folder)).toBe(false);
});

it('on data that a runtime is at work on, no other starts, and nothing is reset', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-twice-'));
  const first = await startTableServer(folder, '');
  await expect(startTableServer(folder, '')).rejects.toThrow(`process ${process.pid} runs on ${folder} already`);
  expect(run('reset', [], { DATA_DIR: folder })).toMatchObject({ code: 1, said: expect.stringContaining('already') });
  expect((await first.client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  await first.stop();
  expect(run('reset', [], { DATA_DIR: folder }).code).toBe(0);
});
